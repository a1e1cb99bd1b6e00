using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>One value of Reason (RFC 3326): <c>SIP;cause=200;text="Call completed elsewhere"</c>, <c>Q.850;cause=16</c>.</summary>
public readonly struct Reason : IHeaderValue<Reason>
{
    /// <summary>What a leg is told that lost to another: no missed call (RFC 3326 section 2).</summary>
    public const string AnsweredElsewhere = "SIP;cause=200;text=\"Call completed elsewhere\"";

    private readonly SipText text;

    private Reason(SipText text, SipText protocol, SipParameters parameters)
    {
        this.text = text;
        Protocol = protocol;
        Parameters = parameters;
    }

    /// <summary><c>SIP</c>, <c>Q.850</c>, or another token.</summary>
    public SipText Protocol { get; }

    public SipParameters Parameters { get; }

    public bool IsSip => Protocol.IsIgnoringCase("SIP"u8);

    public bool IsQ850 => Protocol.IsIgnoringCase("Q.850"u8);

    public int? Cause => Grammar.TryNumber(Parameters["cause"u8].Span, 999, out uint cause) ? (int)cause : null;

    /// <summary>What the sender says to people; empty when it says nothing.</summary>
    public string Phrase => QuotedString.Decode(Parameters["text"u8].Span);

    public static bool TryParse(SipText text, out Reason reason)
    {
        bool read = ParameterizedToken.TryRead(text, Octet.Token, out var protocol, out var parameters);
        reason = read ? new Reason(text, protocol, parameters) : default;
        return read;
    }

    public override string ToString() => text.ToString();
}
