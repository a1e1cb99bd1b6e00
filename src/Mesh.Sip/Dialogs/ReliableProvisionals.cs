using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;

namespace Mesh.Sip.Dialogs;

/// <summary>Provisional responses sent reliably (RFC 3262 section 3): one outstanding at a time, sent again with doubling intervals until its PRACK, for 64 T1 at most.</summary>
internal sealed class ReliableProvisionals : IDeadlineOwner
{
    private readonly SipEndpoint endpoint;
    private readonly ServerTransaction transaction;
    private readonly IReliableUser user;
    private readonly Deadline again;
    private readonly Queue<(SipStatus Status, HeaderLines Headers, SipBody Body)> waiting = new();
    private readonly SipRequest invite;
    private byte[]? outstanding;
    private SipStatus status;
    private uint sequence;
    private int interval;
    private long giveUpAtMs;

    public ReliableProvisionals(SipEndpoint endpoint, ServerTransaction transaction, IReliableUser user)
    {
        this.endpoint = endpoint;
        this.transaction = transaction;
        this.user = user;
        invite = transaction.Request;
        again = new Deadline(this);
        // 1 to 2^31 - 1, and room to count up (section 3).
        sequence = (uint)endpoint.Loop.Chance.NextInt32(1 << 30);
    }

    public bool IsWaiting => outstanding is not null;

    public void Send(SipStatus provisional, HeaderLines headers, SipBody body)
    {
        if (outstanding is not null) { waiting.Enqueue((provisional, headers, body)); return; }
        status = provisional;
        headers.Add(HeaderName.Require, "100rel").Add(HeaderName.RSeq, ++sequence);
        outstanding = endpoint.Compose.Response(invite, provisional, null, transaction.LocalTag, headers, body);
        interval = endpoint.Timers.T1;
        giveUpAtMs = endpoint.Loop.Clock.NowMs + 64L * endpoint.Timers.T1;
        endpoint.Loop.Deadlines.Arm(again, interval);
        transaction.Send(provisional, outstanding);
    }

    public void OnPrack(ServerTransaction prack)
    {
        if (outstanding is null || !Acknowledges(prack.Request)) { prack.Respond(SipStatus.CallDoesNotExist); return; }
        prack.Respond(SipStatus.Ok);
        outstanding = null;
        endpoint.Loop.Deadlines.Disarm(again);
        if (waiting.TryDequeue(out var next)) Send(next.Status, next.Headers, next.Body);
        else user.OnAllAcknowledged();
    }

    public void Stop()
    {
        outstanding = null;
        waiting.Clear();
        endpoint.Loop.Deadlines.Disarm(again);
    }

    public void OnDeadline(Deadline deadline)
    {
        if (outstanding is null) return;
        if (endpoint.Loop.Clock.NowMs >= giveUpAtMs)
        {
            Stop();
            user.OnNeverAcknowledged();
            return;
        }
        interval *= 2;
        endpoint.Metrics.Retransmissions++;
        endpoint.Loop.Deadlines.Arm(again, Math.Max(1, Math.Min(interval, giveUpAtMs - endpoint.Loop.Clock.NowMs)));
        transaction.Send(status, outstanding);
    }

    private bool Acknowledges(SipRequest prack) =>
        prack.TryGet<RAck>(HeaderName.RAck, out var rack) && rack.RSeq == sequence && rack.CSeq == invite.CSeq;
}

/// <summary>Told how the reliable responses fare.</summary>
internal interface IReliableUser
{
    void OnAllAcknowledged();

    void OnNeverAcknowledged();
}
