namespace Mesh.Sip.Tests.Wire;

/// <summary>What the parser makes of a torture message.</summary>
public enum Rfc4475Parse
{
    /// <summary>Reads it.</summary>
    Reads,
    /// <summary>Refuses it as a request that is answered.</summary>
    Refuses,
    /// <summary>Refuses it as a response, which is dropped.</summary>
    Drops,
}

/// <summary>What a stream does after the message.</summary>
public enum Rfc4475Stream
{
    /// <summary>Stays open and takes the next message.</summary>
    StaysOpen,
    /// <summary>Nothing more can be framed: it is closed after the answer.</summary>
    Closes,
    /// <summary>More octets are waited for, until the connection's own timer ends it.</summary>
    Waits,
}

/// <summary>One of RFC 4475's 49 messages and what a registrar and B2BUA does with it.</summary>
/// <param name="Section">The section that gives it.</param>
/// <param name="Name">The RFC's short name.</param>
/// <param name="Octets">The message, octet for octet.</param>
/// <param name="Parse">What the parser makes of it, as a datagram.</param>
/// <param name="Statuses">The final statuses a listener over UDP may answer: empty for anything that is not a refusal of the message itself. Ignored for responses: nothing is sent.</param>
/// <param name="Stream">What a stream does.</param>
/// <param name="Why">What the message tries.</param>
public sealed record Rfc4475Row(string Section, string Name, byte[] Octets, Rfc4475Parse Parse, int[] Statuses, Rfc4475Stream Stream, string Why)
{
    public bool IsResponse => Octets.AsSpan().StartsWith("SIP/"u8);

    /// <summary>
    /// Whether a listener may answer so. A message that is right may get any final answer but 400 and 5xx of our own making (404, 405, 501 for a method unknown);
    /// to an unknown sender a challenge is right wherever the message itself is (RFC 3261 section 8.2 puts authentication first).
    /// </summary>
    public bool MayAnswer(int status, bool senderIsTrusted)
    {
        if (IsResponse) return false;
        if (Parse == Rfc4475Parse.Reads && !senderIsTrusted && status is 401 or 407) return true;
        return Statuses.Length > 0 ? Statuses.Contains(status) : status is >= 200 and not 400 and not 500;
    }

    public override string ToString() => $"{Section} {Name}";
}
