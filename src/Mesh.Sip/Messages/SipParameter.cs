namespace Mesh.Sip.Messages;

/// <summary>One parameter; <see cref="Value"/> is not present for a bare name, and has its quotes if it was quoted.</summary>
public readonly record struct SipParameter(SipText Name, SipText Value);
