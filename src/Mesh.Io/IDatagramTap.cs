namespace Mesh.Io;

/// <summary>Sees every datagram of a socket as it is on the wire, on the thread that sends or receives it. Must not keep what it is shown.</summary>
public interface IDatagramTap
{
    void OnSent(ReadOnlySpan<byte> payload, NetAddress to);

    void OnReceived(ReadOnlySpan<byte> payload, NetAddress from);
}
