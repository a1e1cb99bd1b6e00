using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using Mesh.Media;
using Mesh.Media.Codecs;
using Mesh.Media.Sounds;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Conform;

/// <summary>How voice is sent.</summary>
public enum TalkForm
{
    /// <summary>A full frame first, then mini frames.</summary>
    Minis,
    /// <summary>A full frame first, then trunk frames without time stamps.</summary>
    Trunk,
    /// <summary>A full frame first, then trunk frames with time stamps.</summary>
    TrunkWithTimestamps,
}

/// <summary>A tone spoken into a call every 20 ms until disposed, and an ear for what comes back of it.</summary>
public sealed class Talk : IDeadlineOwner, IAsyncDisposable
{
    public const int FrameMs = 20;
    private const double ToneHz = 1000;

    private readonly RowContext row;
    private readonly RawDialog call;
    private readonly RawWire wire;
    private readonly TalkForm form;
    private readonly VoiceFormat format;
    private readonly byte[] tone;
    private readonly Deadline beat;
    private readonly long beganMs;
    private uint timestamp;
    private int sent;
    private ushort strangersEntry;
    private bool isOver;

    private Talk(RowContext row, RawWire wire, RawDialog call, TalkForm form)
    {
        (this.row, this.wire, this.call, this.form) = (row, wire, call, form);
        format = row.Target.Format;
        tone = new Sound(ToneGenerator.Sine(ToneHz, FrameMs)).Encoded(Codecs.Law(format)).ToArray();
        beat = new Deadline(this);
        beganMs = row.Loop.Clock.NowMs;
        timestamp = (call.ElapsedMs + FrameMs) / FrameMs * FrameMs;
    }

    /// <summary>Time stamp of the next frame.</summary>
    public uint Timestamp => timestamp;

    /// <summary>Frames sent.</summary>
    public int Sent => sent;

    /// <summary>The octets of each frame.</summary>
    public ReadOnlySpan<byte> Tone => tone;

    /// <summary>In trunk frames, an entry of this call number goes before ours; 0 for none.</summary>
    public ushort StrangersEntry { set => strangersEntry = value; }

    public static Talk Begin(RowContext row, RawDialog call, TalkForm form = TalkForm.Minis, RawWire? wire = null)
    {
        var talk = new Talk(row, wire ?? row.Wire, call, form);
        talk.OnDeadline(talk.beat);
        return talk;
    }

    /// <summary>True once so many frames with the tone came back.</summary>
    public async Task<bool> Heard(int frames, int withinMs = 0)
    {
        for (int i = 0; i < frames; i++)
            if (await call.Inbox.Next(IsTone, withinMs > 0 ? withinMs : 2_000) is null) return false;
        return true;
    }

    /// <summary>What came so far does not count any more.</summary>
    public void Forget() => call.Inbox.Forget();

    public void OnDeadline(Deadline deadline)
    {
        if (isOver) return;
        if (sent == 0) SubclassCodedVoice();
        else if (form == TalkForm.Minis) call.SendMini(tone, (ushort)timestamp);
        else SendTrunk();
        sent++;
        timestamp += FrameMs;
        row.Loop.Deadlines.Arm(beat, Math.Max(1, beganMs + sent * FrameMs - row.Loop.Clock.NowMs));
    }

    /// <summary>One more full frame, in the format given.</summary>
    public void SendFull(VoiceFormat other)
    {
        SubclassCoding.TryEncode((long)other, out byte subclass);
        call.Send(FrameType.Voice, subclass, tone, new Deviation { Timestamp = timestamp });
    }

    public ValueTask DisposeAsync()
    {
        isOver = true;
        row.Loop.Deadlines.Disarm(beat);
        return ValueTask.CompletedTask;
    }

    /// <summary>Voice that holds our tone, in whichever law it came.</summary>
    public static bool IsTone(SeenFrame frame)
    {
        if (frame.IsSent || !(frame.Is(FrameType.Voice) || frame.Kind == DatagramKind.Mini) || frame.Payload.Length < 80) return false;
        Span<short> linear = stackalloc short[Math.Min(frame.Payload.Length, 480)];
        foreach (var law in (ReadOnlySpan<AudioCodec>)[AudioCodec.Pcmu, AudioCodec.Pcma])
        {
            G711.Decode(law, frame.Payload.AsSpan(0, linear.Length), linear);
            if (Goertzel.Amplitude(linear, ToneHz).Magnitude > 1500) return true;
        }
        return false;
    }

    private void SubclassCodedVoice()
    {
        SubclassCoding.TryEncode((long)format, out byte subclass);
        call.Send(FrameType.Voice, subclass, tone, new Deviation { Timestamp = timestamp });
    }

    private void SendTrunk()
    {
        var writer = new TrunkWriter(new byte[1240], form == TalkForm.TrunkWithTimestamps, timestamp);
        if (strangersEntry != 0) writer.TryAdd(strangersEntry, (ushort)timestamp, tone);
        writer.TryAdd(call.LocalNumber, (ushort)timestamp, tone);
        wire.Send(writer.Written);
    }
}
