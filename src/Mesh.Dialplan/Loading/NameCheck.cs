using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading;

/// <summary>Whether the configuration knows what a plan names; the problem carries the nearest known name.</summary>
internal sealed class NameCheck(DialplanNames names)
{
    public DialplanProblem? Endpoint(Endpoint endpoint) => endpoint switch
    {
        PhoneEndpoint phone => Phone(phone.Account),
        IaxEndpoint iax => Iax(iax.Peer, iax.Number),
        TrunkEndpoint trunk => Unknown("trunk", trunk.Trunk, names.Trunks),
        PersonEndpoint person => Unknown("person", person.Number, names.People),
        _ => null,
    };

    public DialplanProblem? Sound(string sound) => Unknown("sound", sound, names.Sounds);

    public DialplanProblem? Mailbox(string number) => Unknown("person", number, names.People);

    private DialplanProblem? Phone(string account) => names.IaxPhones?.Contains(account) == true && names.Phones?.Contains(account) != true
        ? new($"'{account}' registers over IAX2, not SIP", $"Write Iax(\"{account}\"), or IAX2/{account}")
        : Unknown("phone", account, names.Phones);

    private DialplanProblem? Iax(string peer, string number)
    {
        bool isSystem = names.Sites?.Contains(peer) == true || names.Peers?.Contains(peer) == true;
        if (number.Length > 0)
            return isSystem || names.Sites is null || names.Peers is null ? null : Unknown("site or peer", peer, names.Sites.Union(names.Peers).ToHashSet());
        if (isSystem) return new($"'{peer}' is a system, and no number there is named", $"Write Iax(\"{peer}/301\"), or IAX2/{peer}/301");
        if (names.Phones?.Contains(peer) == true && names.IaxPhones?.Contains(peer) != true)
            return new($"'{peer}' is a SIP phone", $"Write Sip(\"{peer}\"), or SIP/{peer}");
        return Unknown("IAX2 device", peer, names.IaxPhones);
    }

    private static DialplanProblem? Unknown(string what, string name, IReadOnlySet<string>? known) =>
        known is null || known.Contains(name) ? null : new($"There is no {what} '{name}'", NearestName.Hint(name, known));
}
