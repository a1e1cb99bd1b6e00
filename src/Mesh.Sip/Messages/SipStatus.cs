using System.Diagnostics.CodeAnalysis;

namespace Mesh.Sip.Messages;

/// <summary>A response's status code, 100 to 699 (RFC 3261 section 21). Converts to and from the number.</summary>
public readonly struct SipStatus(int code) : IEquatable<SipStatus>, IComparable<SipStatus>
{
    public int Code { get; } = code;

    /// <summary>The phrase of the RFC that defines the code; for one nobody defined, the phrase of its class.</summary>
    public string ReasonPhrase => ReasonPhrases.Of(Code);

    public bool IsProvisional => Code < 200;
    public bool IsSuccess => Code is >= 200 and < 300;
    public bool IsRedirect => Code is >= 300 and < 400;
    public bool IsFailure => Code >= 300;
    public bool IsFinal => Code >= 200;

    public static SipStatus Trying => new(100);
    public static SipStatus Ringing => new(180);
    public static SipStatus SessionProgress => new(183);
    public static SipStatus Ok => new(200);
    public static SipStatus Accepted => new(202);
    public static SipStatus MovedTemporarily => new(302);
    public static SipStatus BadRequest => new(400);
    public static SipStatus Unauthorized => new(401);
    public static SipStatus Forbidden => new(403);
    public static SipStatus NotFound => new(404);
    public static SipStatus MethodNotAllowed => new(405);
    public static SipStatus NotAcceptable => new(406);
    public static SipStatus ProxyAuthenticationRequired => new(407);
    public static SipStatus RequestTimeout => new(408);
    public static SipStatus UnsupportedMediaType => new(415);
    public static SipStatus UnsupportedUriScheme => new(416);
    public static SipStatus BadExtension => new(420);
    public static SipStatus SessionIntervalTooSmall => new(422);
    public static SipStatus IntervalTooBrief => new(423);
    public static SipStatus TemporarilyUnavailable => new(480);
    public static SipStatus CallDoesNotExist => new(481);
    public static SipStatus LoopDetected => new(482);
    public static SipStatus TooManyHops => new(483);
    public static SipStatus BusyHere => new(486);
    public static SipStatus RequestTerminated => new(487);
    public static SipStatus NotAcceptableHere => new(488);
    public static SipStatus RequestPending => new(491);
    public static SipStatus ServerInternalError => new(500);
    public static SipStatus NotImplemented => new(501);
    public static SipStatus ServiceUnavailable => new(503);
    public static SipStatus VersionNotSupported => new(505);
    public static SipStatus MessageTooLarge => new(513);
    public static SipStatus BusyEverywhere => new(600);
    public static SipStatus Decline => new(603);

    public static implicit operator SipStatus(int code) => new(code);

    public static implicit operator int(SipStatus status) => status.Code;

    public bool Equals(SipStatus other) => Code == other.Code;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is SipStatus status && Equals(status);

    public override int GetHashCode() => Code;

    public int CompareTo(SipStatus other) => Code.CompareTo(other.Code);

    public override string ToString() => $"{Code} {ReasonPhrase}";
}
