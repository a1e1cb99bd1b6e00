using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2;

/// <summary>Takes the voice of one call on the endpoint's loop. Must not allocate, lock or wait.</summary>
public interface IIaxVoiceSink
{
    /// <summary>
    /// One voice frame, still in the loop's buffer: <paramref name="length"/> octets at <paramref name="offset"/> of <see cref="Datagram.Buffer"/>, with at least
    /// <see cref="Datagram.Headroom"/> octets before it that may be overwritten.
    /// </summary>
    /// <param name="timestampMs">The peer's clock, unwrapped to 32 bits; it goes on when the middle leaves the call and another clock begins.</param>
    void OnVoice(IaxCall call, in Datagram datagram, int offset, int length, VoiceFormat format, uint timestampMs);
}
