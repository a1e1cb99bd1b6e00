using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Calls;

/// <summary>
/// What we tell the peer in PONG about its voice (RFC 5456 section 8.6.36 on), measured as it arrives, whatever is done with it. IAX2 numbers no voice frame, so what was lost is read
/// from the stamps: a hole of some frames is a loss, a longer one a pause.
/// </summary>
public struct ReceiverReport
{
    /// <summary>A hole of more frames is a pause.</summary>
    private const int MostLost = 10;

    /// <summary>So many steps of one length in a row tell how long a frame is.</summary>
    private const int Sure = 3;

    private const int Smoothing = 500;

    /// <summary>What others say that have no buffer.</summary>
    private const int NoBufferMs = 40;

    private uint newest, lastTimestamp;
    private long lastArrivalMs, jitterTimes16;
    private int frameMs, lastStep, sameSteps;
    private double lossRatio;

    /// <summary>Voice frames received.</summary>
    public uint Packets { get; private set; }

    /// <summary>Voice frames whose stamp was older than one before.</summary>
    public uint OutOfOrder { get; private set; }

    /// <summary>Voice frames whose stamp had come before.</summary>
    public uint Duplicates { get; private set; }

    /// <summary>Voice frames that never came.</summary>
    public uint Lost { get; private set; }

    /// <summary>Of the latest five hundred or so.</summary>
    public readonly double LossPercent => lossRatio * 100;

    /// <summary>Smoothed as RFC 3550 section 6.4.1 has it, in milliseconds.</summary>
    public readonly uint JitterMs => (uint)(jitterTimes16 / 16);

    public void Arrived(uint timestamp, long nowMs)
    {
        if (Packets++ == 0) newest = timestamp;
        else
        {
            long deviation = Math.Abs(nowMs - lastArrivalMs - (int)(timestamp - lastTimestamp));
            if (deviation < 10_000) jitterTimes16 += deviation - (jitterTimes16 + 8) / 16;
            Step(timestamp);
        }
        lastTimestamp = timestamp;
        lastArrivalMs = nowMs;
    }

    /// <summary>Writes the elements; <paramref name="buffer"/> is what the voice goes through here, null when it goes on as it comes.</summary>
    public readonly void Write(ref ElementWriter elements, IVoiceBuffer? buffer = null)
    {
        elements.AddUInt32(ElementId.ReceivedJitter, JitterMs);
        elements.AddUInt32(ElementId.ReceivedLoss, (uint)Math.Round(LossPercent) << 24 | Math.Min(Lost, 0xFF_FFFF));
        elements.AddUInt32(ElementId.ReceivedPackets, Math.Max(1, Packets));
        elements.AddUInt16(ElementId.ReceivedDelay, (ushort)Math.Clamp(buffer?.DelayMs ?? NoBufferMs, 0, ushort.MaxValue));
        elements.AddUInt32(ElementId.ReceivedDropped, (uint)(buffer?.Dropped ?? 0));
        elements.AddUInt32(ElementId.ReceivedOutOfOrder, OutOfOrder);
    }

    private void Step(uint timestamp)
    {
        int step = (int)(timestamp - newest);
        if (step == 0) { Duplicates++; return; }
        if (step < 0)
        {
            OutOfOrder++;
            if (Lost > 0) Lost--;
            return;
        }
        newest = timestamp;
        int missing = frameMs == 0 ? 0 : (step + frameMs / 2) / frameMs - 1;
        if (missing is > 0 and <= MostLost)
        {
            Lost += (uint)missing;
            for (int i = 0; i < missing; i++) lossRatio += (1 - lossRatio) / Smoothing;
        }
        lossRatio -= lossRatio / Smoothing;
        sameSteps = step == lastStep ? sameSteps + 1 : 1;
        lastStep = step;
        if (sameSteps >= Sure) frameMs = step;
    }
}
