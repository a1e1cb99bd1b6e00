namespace Mesh.Media;

/// <summary>A key press crossing a bridge. Begin and end are separate so that a long press stays long.</summary>
/// <param name="Digit">'0'-'9', '*', '#', 'A'-'D'.</param>
/// <param name="IsEnd">False at the press, true at the release.</param>
/// <param name="DurationMs">At the release: how long it was held; 0 if unknown.</param>
public readonly record struct DigitEvent(char Digit, bool IsEnd, int DurationMs);

/// <summary>Takes audio and digits: the far port of a bridge, a recorder, a tone detector.</summary>
public interface IAudioSink
{
    /// <summary>Takes one packet on the thread of the loop it arrived on. Must not allocate, lock or wait.</summary>
    void OnAudio(in AudioFrame frame);

    void OnDigit(DigitEvent digit);
}

/// <summary>
/// Where one leg's audio enters and leaves: an RTP port, or the voice of an IAX2 call.
/// As a sink it sends to the leg's far end, transcoding when the frame's codec is not <see cref="SendCodec"/>. What it receives goes to the <see cref="Sink"/>.
/// The direction is owned by the loop its packets arrive on: setting <see cref="Sink"/> is one volatile write, the packet in flight finishes on the old one.
/// </summary>
public interface IAudioPort : IAudioSink
{
    /// <summary>Where received audio goes; null discards it.</summary>
    IAudioSink? Sink { get; set; }

    AudioCodec SendCodec { get; }

    AudioPortCounters Counters { get; }

    /// <summary>
    /// Which source the port listens to now, and the time its audio has reached. Bridges and playouts enter through an <see cref="AudioFeed"/>, which asks here;
    /// a port without one is fed by whoever calls it.
    /// </summary>
    AudioInlet? Inlet => null;

    /// <summary>The loop that ticks sounds played into this port.</summary>
    Mesh.Io.Loop Loop { get; }
}

/// <summary>What one port saw; plain fields written by the owning loop, read by anybody.</summary>
public sealed class AudioPortCounters
{
    public long PacketsReceived, OctetsReceived, PacketsSent, OctetsSent, Discarded, Late;
    /// <summary>Milliseconds of the loop's clock; 0 before the first packet.</summary>
    public long FirstReceivedMs, LastReceivedMs;
    /// <summary>Interarrival jitter in microseconds, RFC 3550 section 6.4.1.</summary>
    public long JitterMicros;
}
