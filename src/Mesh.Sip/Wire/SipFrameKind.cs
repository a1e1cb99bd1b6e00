namespace Mesh.Sip.Wire;

/// <summary>What <see cref="SipFramer"/> found at the front of a stream.</summary>
public enum SipFrameKind : byte
{
    /// <summary>Nothing whole yet: read more.</summary>
    Incomplete,
    Message,
    /// <summary>A keep-alive from the side that opened the connection: answer it with one CRLF (RFC 5626 section 4.4.1).</summary>
    Ping,
    /// <summary>The answer to our own keep-alive.</summary>
    Pong,
    /// <summary>A message with a fault whose end is known: answer it, and read on.</summary>
    Refused,
    /// <summary>A message whose end nobody can know, or one too large: answer it, and close.</summary>
    Broken,
}
