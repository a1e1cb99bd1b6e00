using Mesh.Sip.Messages;

namespace Mesh.Sip.Wire;

/// <summary>One thing read from a stream.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">The message, when it is one.</param>
/// <param name="Error">What is wrong, when it is refused or broken.</param>
public readonly record struct SipFrame(SipFrameKind Kind, SipMessage? Message = null, SipParseError Error = default);
