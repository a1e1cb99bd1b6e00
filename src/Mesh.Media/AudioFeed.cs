namespace Mesh.Media;

/// <summary>
/// One source's way into a port: a direction of a bridge, a sound being played. Rebases the source's timestamps onto the port's, sets the marker on the first
/// packet after a change, and is silent unless it is the feed its port listens to. Its packets come from one thread at a time, that of the source's loop;
/// <see cref="Open"/> and <see cref="Close"/> may come from any.
/// </summary>
public sealed class AudioFeed(IAudioPort into) : IAudioSink
{
    /// <summary>A jump of the source's clock beyond this many samples (1 s) is a new clock, not a pause inside one.</summary>
    private const int MaxJump = 8000;

    private readonly AudioInlet inlet = into.Inlet ?? new AudioInlet(into.Loop.Clock, 0);
    private uint offset, lastSource;
    private volatile bool fresh = true;
    private long packets, refused;

    public IAudioPort Into { get; } = into;

    /// <summary>Packets handed to the port.</summary>
    public long Packets => Volatile.Read(ref packets);

    /// <summary>Packets dropped because the port listens to another feed.</summary>
    public long Refused => Volatile.Read(ref refused);

    public bool IsOpen => ReferenceEquals(inlet.Current, this);

    /// <summary>The port listens to this feed from now on and to no other.</summary>
    public void Open()
    {
        fresh = true;
        inlet.Take(this);
    }

    /// <summary>Nothing more enters; does not disturb a feed that was opened since.</summary>
    public void Close() => inlet.Release(this);

    public void OnAudio(in AudioFrame frame)
    {
        if (!IsOpen) { refused++; return; }
        bool first = fresh || unchecked((int)(frame.Timestamp - lastSource)) is > MaxJump or < -MaxJump;
        if (first)
        {
            fresh = false;
            offset = inlet.Resume() - frame.Timestamp;
        }
        lastSource = frame.Timestamp;
        uint timestamp = frame.Timestamp + offset;
        inlet.Sent(timestamp + (uint)frame.Length);
        packets++;
        Into.OnAudio(new AudioFrame(frame.Buffer, frame.Offset, frame.Length, frame.Codec, timestamp, frame.Marker || first, first ? 1 : frame.SequenceStep));
    }

    public void OnDigit(DigitEvent digit)
    {
        if (IsOpen) Into.OnDigit(digit);
    }
}
