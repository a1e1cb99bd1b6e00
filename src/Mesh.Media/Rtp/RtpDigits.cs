using Mesh.Io;

namespace Mesh.Media.Rtp;

/// <summary>The received digits of one port: reads the packets, and ends a press whose end was lost when nothing more of it comes. Made at the first digit; belongs to the port's loop.</summary>
internal sealed class RtpDigits : IDeadlineOwner
{
    private readonly RtpPort port;
    private readonly TelephoneEventReceiver receiver = new();
    private readonly Deadline silence;

    public RtpDigits(RtpPort port)
    {
        this.port = port;
        silence = new Deadline(this);
    }

    public void Take(ReadOnlySpan<byte> payload, uint timestamp)
    {
        if (!TelephoneEvent.TryRead(payload, out var packet)) { port.Counters.Discarded++; return; }
        receiver.Take(packet, timestamp, port.Sink);
        if (receiver.IsHeld) port.Loop.Deadlines.Arm(silence, port.Options.DigitSilenceMs);
        else port.Loop.Deadlines.Disarm(silence);
    }

    public void OnDeadline(Deadline deadline) => receiver.Expire(port.Sink);
}
