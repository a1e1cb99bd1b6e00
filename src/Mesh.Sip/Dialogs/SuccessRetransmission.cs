using Mesh.Io;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>Sends the 2xx to an INVITE again until its ACK comes: T1, doubled up to T2, for 64 T1 in all, whatever the transport (RFC 3261 13.3.1.4).</summary>
internal sealed class SuccessRetransmission : IDeadlineOwner
{
    private readonly SipEndpoint endpoint;
    private readonly ISuccessUser user;
    private Deadline? again;
    private byte[]? packed;
    private SipFlow flow;
    private int interval;
    private long giveUpAtMs;

    public SuccessRetransmission(SipEndpoint endpoint, ISuccessUser user)
    {
        this.endpoint = endpoint;
        this.user = user;
    }

    /// <summary>A 2xx was sent and not acknowledged yet.</summary>
    public bool IsWaiting => packed is not null;

    /// <summary>CSeq of the INVITE it answers.</summary>
    public uint Sequence { get; private set; }

    /// <summary>Begins after the first sending.</summary>
    public void Start(byte[] success, in SipFlow replyFlow, uint sequence)
    {
        packed = success;
        flow = replyFlow;
        Sequence = sequence;
        interval = endpoint.Timers.T1;
        giveUpAtMs = endpoint.Loop.Clock.NowMs + endpoint.Timers.H;
        endpoint.Loop.Deadlines.Arm(again ??= new Deadline(this), interval);
    }

    /// <summary>The ACK of that number came: true the first time.</summary>
    public bool Acknowledge(uint sequence)
    {
        if (packed is null || sequence != Sequence) return false;
        Stop();
        return true;
    }

    public void Stop()
    {
        packed = null;
        if (again is not null) endpoint.Loop.Deadlines.Disarm(again);
    }

    public void OnDeadline(Deadline deadline)
    {
        if (packed is null) return;
        if (endpoint.Loop.Clock.NowMs >= giveUpAtMs)
        {
            Stop();
            user.OnNeverAcknowledged();
            return;
        }
        endpoint.Metrics.Retransmissions++;
        endpoint.Transmit(packed, flow, null);
        interval = endpoint.Timers.BackOff(interval);
        endpoint.Loop.Deadlines.Arm(deadline, Math.Min(interval, giveUpAtMs - endpoint.Loop.Clock.NowMs));
    }
}

/// <summary>Told when no ACK came in 64 T1.</summary>
internal interface ISuccessUser
{
    void OnNeverAcknowledged();
}
