using Mesh.Dialplan.Calls;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Legs;

/// <summary>Whose phone it is that calls: the phone itself has no say in who it claims to be.</summary>
public sealed class PhoneOwners(MeshConfig mesh)
{
    private readonly Dictionary<string, PersonConfig> personOf = mesh.People.Values.SelectMany(p => p.Phones.Select(a => (Account: a, Person: p)))
        .GroupBy(x => x.Account).ToDictionary(g => g.Key, g => g.First().Person, StringComparer.Ordinal);

    /// <summary>What is shown of a call from that account; only whether it is shown is the caller's choice.</summary>
    public CallerId CallerOf(string account, bool isWithheld) => isWithheld ? new CallerId("", "", true)
        : personOf.TryGetValue(account, out var person) ? new CallerId(person.Number, person.Name, false) : new CallerId(account, "", false);
}
