using Mesh.Host.Demo.Phones;
using Mesh.Media;

namespace Mesh.Simulation.Tests.BadNetwork;

/// <summary>What RTP tells one phone: for each packet its place by sequence number, and whether its stamp is that of the place.</summary>
internal sealed class RtpLog(IAudioSink inner) : IAudioSink
{
    private long highest = -1;
    private uint highestStamp;

    /// <summary>Packets, each counted once.</summary>
    public int Heard { get; private set; }

    /// <summary>Places from the first packet to the last: those nothing came for were lost.</summary>
    public long Places => highest + 1;

    /// <summary>Packets that came after a later one.</summary>
    public int Late { get; private set; }

    /// <summary>Packets whose stamp is not that of their place, 160 samples each.</summary>
    public int Misplaced { get; private set; }

    public static RtpLog Of(PhoneCall call)
    {
        var port = call.Audio!.Port;
        var log = new RtpLog(port.Sink!);
        port.Sink = log;
        return log;
    }

    public void OnAudio(in AudioFrame frame)
    {
        Heard++;
        if (highest < 0) (highest, highestStamp) = (0, frame.Timestamp);
        else
        {
            if ((int)(frame.Timestamp - highestStamp) != frame.SequenceStep * AudioCodecs.FrameOctets) Misplaced++;
            if (frame.SequenceStep > 0) (highest, highestStamp) = (highest + frame.SequenceStep, frame.Timestamp);
            else Late++;
        }
        inner.OnAudio(frame);
    }

    public void OnDigit(DigitEvent digit) => inner.OnDigit(digit);

    public override string ToString() => $"{Heard} packets at {Places} places, {Late} late, {Misplaced} misplaced";
}
