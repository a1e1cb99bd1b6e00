namespace Mesh.Sip.Wire;

/// <summary>What carried the message, which decides what Content-Length means (RFC 3261 section 18.3).</summary>
public enum SipFraming
{
    /// <summary>The datagram ends the body; a Content-Length may say that it ends earlier.</summary>
    Datagram,
    /// <summary>Only Content-Length ends the body, so it must be there.</summary>
    Stream,
}
