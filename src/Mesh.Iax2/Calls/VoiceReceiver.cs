using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Calls;

/// <summary>The way in for voice: full frames say the format, mini and trunk frames follow in it. Nothing is allocated.</summary>
/// <param name="former">The way in of the same call before its middle left: the stamps handed on go on from there, although the peer's clock begins again.</param>
internal sealed class VoiceReceiver(IaxCall call, MediaClock clock, VoiceReceiver? former = null)
{
    /// <summary>A trunk's clock further off than this from the call's is laid anew.</summary>
    private const int TrunkTolerance = 500;

    private const int FrameMs = 20;

    private VoiceFormat format;
    private long lastArrivalMs;
    private uint lastTimestamp, trunkOffset, offset;
    private bool trunkKnown;
    private int implausible;
    private ReceiverReport report;
    private RecentVoice recent;

    public ref ReceiverReport Report => ref report;

    /// <summary>The format of the last full VOICE frame.</summary>
    public VoiceFormat Format => format;

    /// <summary>False when the frame's format is nothing we know.</summary>
    public bool OnFull(in FullFrame frame, in Datagram datagram)
    {
        if (!frame.Format.IsOneAudioFormat()) return false;
        format = frame.Format;
        Deliver(frame.Timestamp, datagram, Datagram.Headroom + FullFrame.HeaderLength, frame.Payload.Length);
        return true;
    }

    public void OnMini(ushort timestamp, in Datagram datagram, int offset, int length)
    {
        if (format == VoiceFormat.None && !TakesAgreed()) return;
        uint whole = clock.Whole16(timestamp);
        if (!IsBelievable(whole, datagram.ReceivedAtMicros / 1000)) { call.Counters.Drop(DropReason.VoiceImplausible); return; }
        clock.Heard(whole);
        Deliver(whole, datagram, offset, length);
    }

    /// <summary>A single stamp far off is somebody else's frame: it must not move the call's clock. Several in a row are a source that jumped.</summary>
    private bool IsBelievable(uint timestamp, long nowMs)
    {
        // After a silence there is nothing to be torn.
        if (report.Packets == 0 || nowMs - lastArrivalMs >= call.Limits.MaxVoiceJumpMs) return true;
        int off = (int)(timestamp - lastTimestamp) - (int)(nowMs - lastArrivalMs);
        if (Math.Abs(off) <= call.Limits.MaxVoiceJumpMs || ++implausible >= call.Limits.VoiceJumpFrames) implausible = 0;
        return implausible == 0;
    }

    public void OnTrunked(in TrunkEntry entry, uint trunkTimestamp, in Datagram datagram)
    {
        int offset = Datagram.Headroom + entry.Offset;
        if (entry.Timestamp != 0) { OnMini(entry.Timestamp, datagram, offset, entry.Length); return; }
        if (format == VoiceFormat.None && !TakesAgreed()) return;

        // The trunk has one clock for all its calls: keep its spacing, on this call's clock.
        uint expected = lastTimestamp + (uint)(datagram.ReceivedAtMicros / 1000 - lastArrivalMs);
        uint timestamp = trunkTimestamp + trunkOffset;
        if (!trunkKnown || Math.Abs((int)(timestamp - expected)) > TrunkTolerance)
        {
            trunkKnown = true;
            trunkOffset = expected - trunkTimestamp;
            timestamp = expected;
        }
        clock.Heard(timestamp);
        Deliver(timestamp, datagram, offset, entry.Length);
    }

    /// <summary>The full frame that says the format is missing, so it is asked for. One of our own sites speaks what was agreed: nothing need be lost meanwhile.</summary>
    private bool TakesAgreed()
    {
        call.VoiceBeforeFormat();
        if (call.Peer is { Options.IsSite: true } && call.Format != VoiceFormat.None) return true;
        call.Counters.Drop(DropReason.VoiceBeforeFormat);
        return false;
    }

    /// <summary>The first stamp of a new clock: it stands for the moment it came in, at the frames' distance from the last of the old one.</summary>
    private void GoOnFrom(VoiceReceiver before, uint timestamp)
    {
        long frames = Math.Max(1, (lastArrivalMs - before.lastArrivalMs + FrameMs / 2) / FrameMs);
        offset = before.lastTimestamp + before.offset + (uint)(frames * FrameMs) - timestamp;
        former = null;
    }

    private void Deliver(uint timestamp, in Datagram datagram, int at, int length)
    {
        if (recent.IsRepeated(timestamp, datagram.Buffer.Slice(at, length))) { call.Counters.Drop(DropReason.Duplicate); return; }
        lastTimestamp = timestamp;
        lastArrivalMs = datagram.ReceivedAtMicros / 1000;
        report.Arrived(timestamp, lastArrivalMs);
        if (former is { format: not VoiceFormat.None } before) GoOnFrom(before, timestamp);
        if (call.VoiceSink is { } sink) sink.OnVoice(call, datagram, at, length, format != VoiceFormat.None ? format : call.Format, timestamp + offset);
        else call.Counters.Drop(DropReason.VoiceUnheard);
    }
}
