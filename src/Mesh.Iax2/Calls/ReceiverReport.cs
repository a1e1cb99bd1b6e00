using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Calls;

/// <summary>What we tell the peer in PONG about its voice (RFC 5456 section 8.6.36 on). IAX2 numbers no voice frame, so losses are not known here: a jitter buffer would know.</summary>
public struct ReceiverReport
{
    private uint lastTimestamp;
    private long lastArrivalMs, jitterTimes16;

    /// <summary>Voice frames received.</summary>
    public uint Packets { get; private set; }

    /// <summary>Voice frames whose stamp was older than the one before.</summary>
    public uint OutOfOrder { get; private set; }

    /// <summary>Smoothed as RFC 3550 section 6.4.1 has it, in milliseconds.</summary>
    public readonly uint JitterMs => (uint)(jitterTimes16 / 16);

    public void Arrived(uint timestamp, long nowMs)
    {
        int step = (int)(timestamp - lastTimestamp);
        if (Packets++ > 0)
        {
            if (step < 0) OutOfOrder++;
            long deviation = Math.Abs(nowMs - lastArrivalMs - step);
            if (deviation < 10_000) jitterTimes16 += deviation - (jitterTimes16 + 8) / 16;
        }
        lastTimestamp = timestamp;
        lastArrivalMs = nowMs;
    }

    public readonly void Write(ref ElementWriter elements)
    {
        elements.AddUInt32(ElementId.ReceivedJitter, JitterMs);
        elements.AddUInt32(ElementId.ReceivedLoss, 0);
        elements.AddUInt32(ElementId.ReceivedPackets, Math.Max(1, Packets));
        elements.AddUInt16(ElementId.ReceivedDelay, 40);
        elements.AddUInt32(ElementId.ReceivedDropped, 0);
        elements.AddUInt32(ElementId.ReceivedOutOfOrder, OutOfOrder);
    }
}
