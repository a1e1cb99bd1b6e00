using Mesh.Iax2.Calls;
using Mesh.Io;

namespace Mesh.Iax2.Transfers;

/// <summary>Where a call went before its middle left, and the way its voice came in.</summary>
internal sealed record FormerPath(NetAddress Address, ushort Number, VoiceReceiver Voice);
