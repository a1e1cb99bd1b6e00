using Mesh.Io;

namespace Mesh.Iax2;

/// <summary>
/// Looks on at every full frame an endpoint sends, retransmissions too, and at those it receives that may belong to a call, on its loop and in clear. Must not throw, wait, or keep the
/// octets it is shown.
/// </summary>
public interface IFullFrameTap
{
    void OnReceived(ReadOnlySpan<byte> frame, NetAddress from);

    /// <param name="atMicros">When, on the loop's clock: before the far end can have had it.</param>
    void OnSent(ReadOnlySpan<byte> frame, NetAddress to, long atMicros);
}
