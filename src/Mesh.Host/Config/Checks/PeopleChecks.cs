using Mesh.Host.Config.Scalars;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Config.Checks;

/// <summary>People have phones that exist; a device over IAX2 has a name no system has.</summary>
public static class PeopleChecks
{
    private static bool IsOn(ConfigMap phone, string key) => phone.Find(key)?.Value is ConfigScalar scalar && Words.Switch.TryRead(scalar.Text, out bool on) && on;

    public static void Check(ConfigMap mesh, ConfigProblems problems)
    {
        var phones = mesh.Find("phones")?.Value as ConfigMap;
        string[] accounts = [.. phones?.Entries.Select(e => e.Key) ?? []];
        foreach (var person in (mesh.Find("people")?.Value as ConfigMap)?.Entries ?? [])
        {
            var own = new HashSet<string>(StringComparer.Ordinal);
            foreach (var phone in SectionView.Items(person.Value is ConfigMap p ? p.Find("phones")?.Value : null))
            {
                if (!accounts.Contains(phone.Text, StringComparer.Ordinal))
                    problems.Error(phone.Source, $"people.{person.Key}: no phone is called '{phone.Text}'", NearestWord.Hint(phone.Text, accounts));
                else if (!own.Add(phone.Text)) problems.Error(phone.Source, $"people.{person.Key}: '{phone.Text}' is here twice");
            }
        }
        foreach (var phone in phones?.Entries ?? [])
        {
            if (phone.Value is not ConfigMap map) continue;
            if (!IsOn(map, "iax2"))
            {
                if (IsOn(map, "jitter_buffer")) problems.Warn(phone.KeySource, $"phones.{phone.Key}: jitter_buffer is for devices over IAX2", "RTP goes on as it comes: the phone at the other end has a buffer of its own");
                continue;
            }
            foreach (var kind in (string[])["sites", "peers"])
                if (mesh.At(kind, phone.Key) is { } other)
                    problems.Error(phone.KeySource, $"the IAX2 phone '{phone.Key}' is called like one of the {kind}", $"IAX2/{phone.Key} would mean both; the other is at line {other.Source.Line}");
        }
    }
}
