using Mesh.Io;

namespace Mesh.Sip.Transport;

/// <summary>The way a message came by, and by which its answer and later requests of the dialog go back: a transport, the far address and, for streams, the connection.</summary>
/// <param name="Remote">The far end's address as seen in the packet or connection.</param>
/// <param name="Connection">Null for datagrams, and for a stream target that is not connected yet.</param>
public readonly record struct SipFlow(ISipTransport Transport, NetAddress Remote, StreamConnection? Connection = null)
{
    public bool IsNone => Transport is null;

    public bool IsReliable => Transport.Protocol.IsReliable();

    public bool TrySend(ReadOnlyMemory<byte> message, ISendObserver? observer = null) => Transport.TrySend(message, this, observer);

    public override string ToString() => IsNone ? "none" : $"{Transport.Protocol.ViaName()} {Remote}";
}
