using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>Diversion (RFC 5806): who sent the call on, why, and how often it had been sent on by then.</summary>
public readonly struct Diversion : IHeaderValue<Diversion>
{
    private Diversion(NameAddress address) => Address = address;

    public NameAddress Address { get; }

    /// <summary><c>no-answer</c>, <c>user-busy</c>, <c>unconditional</c>, ...; not present when not written.</summary>
    public SipText Reason => Address.Parameters["reason"u8];

    /// <summary>How many diversions this entry stands for: 1 when not written.</summary>
    public int Counter => Grammar.TryNumber(Address.Parameters["counter"u8].Span, 1000, out uint times) ? (int)times : 1;

    public static bool TryParse(SipText text, out Diversion value)
    {
        bool read = NameAddress.TryParse(text, out var address);
        value = new Diversion(address);
        return read;
    }

    public override string ToString() => Address.ToString();
}
