namespace Mesh.Sip.Messages;

/// <summary>One header line as received.</summary>
/// <param name="Id">Which header it is, if a known one.</param>
/// <param name="Name">Its name as the sender spelled it.</param>
/// <param name="Value">Its value, lines joined, no white space around it.</param>
public readonly record struct SipHeader(HeaderId Id, SipText Name, SipText Value);
