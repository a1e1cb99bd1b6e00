using Mesh.Host.Config.Scalars;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Config.Checks;

/// <summary>People have phones that exist; a device over IAX2 has a name no system has.</summary>
public static class PeopleChecks
{
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
            if (phone.Value is not ConfigMap map || map.Find("iax2")?.Value is not ConfigScalar iax2) continue;
            if (!Words.Switch.TryRead(iax2.Text, out bool on) || !on) continue;
            foreach (var kind in (string[])["sites", "peers"])
                if (mesh.At(kind, phone.Key) is { } other)
                    problems.Error(phone.KeySource, $"the IAX2 phone '{phone.Key}' is called like one of the {kind}", $"IAX2/{phone.Key} would mean both; the other is at line {other.Source.Line}");
        }
    }
}
