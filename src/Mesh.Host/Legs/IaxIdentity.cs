using Mesh.Dialplan.Calls;
using Mesh.Iax2.Calls;

namespace Mesh.Host.Legs;

/// <summary>Who calls, as IAX2 says it: CALLINGPRES is the octet of Q.951, DNID the number dialled first, RDNIS the one that sent the call on (RFC 5456 section 8.6).</summary>
public static class IaxIdentity
{
    private const byte Allowed = 0x00, Restricted = 0x20, NotAvailable = 0x43, PresentationBits = 0x60;

    public static byte PresentationOf(CallerId caller) => caller.Withheld ? Restricted : caller.Number.Length == 0 ? NotAvailable : Allowed;

    /// <summary>Characters of a name or number that are worth sending: all elements of a NEW share 970 octets, and the hop header comes first.</summary>
    private const int Longest = 64;

    public static string Short(string text) => text.Length <= Longest ? text : text[..Longest];

    /// <summary>Null for what nobody said.</summary>
    public static string? Said(string text) => text.Length == 0 ? null : Short(text);

    /// <summary>What a peer or another site says of its caller.</summary>
    public static CallerId Of(IncomingIaxCall call)
    {
        int presentation = call.CallingPresentation & PresentationBits;
        var caller = presentation == Restricted ? new CallerId("", "", true)
            : new CallerId(presentation == Allowed ? call.CallingNumber ?? "" : "", call.CallingName ?? "", false);
        return WithPast(caller, call);
    }

    /// <summary>A device of ours: who it belongs to is known, not said.</summary>
    public static CallerId OfPhone(IncomingIaxCall call, PhoneOwners owners) =>
        WithPast(owners.CallerOf(call.PeerName, (call.CallingPresentation & PresentationBits) == Restricted), call);

    private static CallerId WithPast(CallerId caller, IncomingIaxCall call) =>
        caller with { Dialled = call.Dnid is { Length: > 0 } first ? first : call.CalledNumber, DivertedBy = call.Rdnis ?? "" };
}
