using Mesh.Sip.Messages;

namespace Mesh.Sip.Wire;

/// <summary>Why a message could not be read and what to do about it.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Offset">Where, in octets from the start of what was handed in (of its unfolded form, when lines were folded).</param>
/// <param name="Request">The request as far as it could be read, when it can be answered; null means drop: a response, an ACK, or nothing to send an answer to.</param>
public readonly record struct SipParseError(SipFault Fault, int Offset, UnreadableRequest? Request)
{
    /// <summary>The status the fault is answered with; meaningful when <see cref="Request"/> is not null.</summary>
    public SipStatus Status => Fault switch
    {
        SipFault.VersionNotSupported => SipStatus.VersionNotSupported,
        SipFault.UriTooLong => 414,
        SipFault.HeadersTooLarge or SipFault.TooManyHeaders => SipStatus.MessageTooLarge,
        SipFault.BodyTooLarge => 413,
        _ => SipStatus.BadRequest,
    };

    /// <summary>A phrase for the answer's first line: says what was wrong where the code alone would not.</summary>
    public string ReasonPhrase => Fault switch
    {
        SipFault.VersionNotSupported or SipFault.UriTooLong or SipFault.HeadersTooLarge or SipFault.TooManyHeaders or SipFault.BodyTooLarge => Status.ReasonPhrase,
        SipFault.BadStartLine => "Bad Request Line",
        SipFault.BadRequestUri => "Bad Request-URI",
        SipFault.BareLineEnd => "Bad Line End",
        SipFault.NoEndOfHeaders => "Headers Do Not End",
        SipFault.RepeatedHeader => "Repeated Header",
        SipFault.MissingFrom or SipFault.BadFrom => "Bad From",
        SipFault.MissingTo or SipFault.BadTo => "Bad To",
        SipFault.MissingCallId or SipFault.BadCallId => "Bad Call-ID",
        SipFault.MissingCSeq or SipFault.BadCSeq => "Bad CSeq",
        SipFault.MethodMismatch => "CSeq Method Mismatch",
        SipFault.BadMaxForwards => "Bad Max-Forwards",
        SipFault.BadContact => "Bad Contact",
        SipFault.BadContentLength or SipFault.MissingContentLength or SipFault.BodyCutShort => "Bad Content-Length",
        _ => Status.ReasonPhrase,
    };
}
