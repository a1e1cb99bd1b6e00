using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>
/// A call going out, not answered yet. Forked responses make several early dialogs; the first 2xx wins, every further one is acknowledged and ended at once (13.2.2.4). One challenge and
/// one "interval too small" are answered; the next address is tried when one is dead. It can only be cancelled: hanging up is for the session an answer brings.
/// </summary>
public sealed class OutgoingInvite : IClientTransactionUser, IDialogOwner, ITargetUser, IDeadlineOwner
{
    private readonly SipEndpoint endpoint;
    private readonly SipAccount? credentials;
    private readonly ulong localTag;
    private IOutgoingInviteHandler? handler;
    // Gone with the last request made of them: an answered INVITE lingers for 64 T1, and only a second answer wants anything of it then.
    private InviteOrder? order;
    private StandaloneRequests? source;
    private Deadline? limit;
    private EarlyDialog? forks;
    private IReadOnlyList<SipFlow> targets = [];
    private int target, challenges, forkCount;
    private ClientTransaction? transaction;
    private RequestHead? head;
    private HeaderLines? authorization;
    private string? cancelReason;
    private InviteSession? session;
    private SentAck? acknowledged;
    private int sessionSeconds, minSessionSeconds;
    private bool isCancelled, isCancelSent, isHeard, isOver, isAnswered;

    internal OutgoingInvite(SipEndpoint endpoint, InviteOrder order, IOutgoingInviteHandler handler)
    {
        this.endpoint = endpoint;
        this.order = order;
        this.handler = handler;
        credentials = order.Credentials;
        source = new StandaloneRequests(endpoint, order);
        localTag = source.LocalTag;
        CallId = source.CallId;
        sessionSeconds = order.SessionSeconds;
        limit = new Deadline(this);
    }

    public SipText CallId { get; }

    /// <summary>True once answered, failed, or cancelled and done with.</summary>
    public bool IsOver => isOver;

    /// <summary>
    /// Gives the call up; <paramref name="reason"/> is a Reason value (RFC 3326), for example <see cref="Reason.AnsweredElsewhere"/>. Idempotent; the handler hears nothing more. The CANCEL waits for
    /// a first provisional response (9.1); an answer that crosses it is ended with BYE.
    /// </summary>
    public void Cancel(string? reason = null)
    {
        if (isOver || isCancelled) return;
        isCancelled = true;
        handler = null;
        cancelReason = reason;
        if (transaction is null) Over();
        else if (isHeard) SendCancel();
    }

    internal void Start()
    {
        endpoint.Dialogs.Set(localTag, this);
        if (source!.Flow.IsNone) { endpoint.Targets.Resolve(source.NextHop, this); return; }
        targets = [source.Flow];
        Send();
    }

    void ITargetUser.OnTargets(IReadOnlyList<SipFlow> found)
    {
        if (isOver) return;
        targets = found;
        if (targets.Count == 0) Fail(SipStatus.ServiceUnavailable, null); else Send();
    }

    void IClientTransactionUser.OnResponse(ClientTransaction from, SipResponse response)
    {
        if (from.Method != SipMethod.Invite) return;
        var status = response.Status;
        if (status.IsProvisional) OnProvisional(from, response);
        else if (status.IsSuccess) OnSuccess(response);
        else if (from == transaction && !isOver) OnFailure(response);
    }

    void IClientTransactionUser.OnNoResponse(ClientTransaction from, SipStatus status)
    {
        if (from != transaction || isOver) return;
        if (!isCancelled && ++target < targets.Count) Send();
        else Fail(status, null);
    }

    public void OnDeadline(Deadline deadline)
    {
        if (isOver) return;
        // Timer C: ringing for ever. After a CANCEL: the far end sent no final response in 64 T1 (9.1), so it is taken to be gone.
        if (isCancelSent)
        {
            transaction?.Abandon();
            Over();
            return;
        }
        var user = handler;
        Cancel();
        user?.OnFailed(this, SipStatus.RequestTimeout, null);
    }

    void IDialogOwner.OnRequest(ServerTransaction request) =>
        request.Respond(request.Request.Method.Id is SipMethodId.Update or SipMethodId.Info && !isCancelled && request.Request.Body.IsEmpty ? SipStatus.Ok : SipStatus.CallDoesNotExist);

    void IDialogOwner.OnAck(SipRequest ack) => endpoint.Metrics.StrayAcks++;

    void IDialogOwner.OnStraySuccess(SipResponse response) => OnSuccess(response);

    void IDialogOwner.Abandon() => StopLimit();

    /// <summary>The answered call is over: of it only its ACK may still be wanted.</summary>
    internal void OnSessionEnded(SentAck? sent)
    {
        (session, acknowledged) = (null, sent);
        // Other branches have been heard of, or their ACK would take an answer to a challenge: then there is more to remember.
        if (sent is not null && forkCount == 1 && authorization is null) transaction?.Retire(sent);
    }

    private void Send()
    {
        var flow = targets[target];
        var order = this.order!;
        source!.Flow = flow;
        isHeard = false;
        head = source.Next(SipMethod.Invite);
        var headers = new HeaderLines().Add(HeaderName.Contact, OwnContact.Of(flow, order.ContactUser is { } user ? SipText.From(UriEscape.EncodeUser(user)) : default)).Add(endpoint.DialogHeaders);
        if (order.RequireReliable) headers.Add(HeaderName.Require, "100rel");
        if (sessionSeconds > 0) headers.Add(HeaderName.SessionExpires, sessionSeconds);
        if (minSessionSeconds > 0) headers.Add(HeaderName.MinSE, minSessionSeconds);
        transaction = endpoint.Begin(head, headers.Add(order.Headers).Add(authorization), order.Body, flow, this);
    }

    private void OnProvisional(ClientTransaction from, SipResponse response)
    {
        if (from != transaction || isOver) return;
        isHeard = true;
        if (isCancelled) { SendCancel(); return; }
        endpoint.Loop.Deadlines.Arm(limit!, endpoint.Timers.C);
        if (response.To.Tag.IsPresent && response.Status.Code > 100)
        {
            if (Fork(response.To.Tag) is not { } fork || !TakeReliable(fork, response)) return;
        }
        handler?.OnProvisional(this, response);
    }

    private EarlyDialog? Fork(SipText tag)
    {
        for (var known = forks; known is not null; known = known.Next)
            if (known.Tag == tag) return known;
        if (forkCount >= endpoint.Options.MaxForks) return null;
        forkCount++;
        return forks = new EarlyDialog(tag.Own()) { Next = forks };
    }

    /// <summary>Acknowledges a reliable response (RFC 3262 section 4); false for one seen before or out of order.</summary>
    private bool TakeReliable(EarlyDialog fork, SipResponse response)
    {
        if (!response.Lists(HeaderName.Require, "100rel"u8) || !response.TryGet<RSeq>(HeaderName.RSeq, out var rseq)) return true;
        if (fork.Acknowledged != 0 && rseq.Number != fork.Acknowledged + 1) return false;
        fork.Acknowledged = rseq.Number;
        fork.Dialog ??= Dialog.OfClient(endpoint, head!, localTag, response, transaction!.Flow);
        var headers = new HeaderLines().Add(HeaderName.RAck, $"{rseq.Number} {response.CSeq}");
        new OutgoingRequest(endpoint, fork.Dialog, null, credentials).Send(SipMethod.Prack, headers, default);
        return true;
    }

    private void OnSuccess(SipResponse response)
    {
        if (session is not null ? session.OnSuccessAgain(response) : acknowledged is not null && acknowledged.TrySendAgain(endpoint, response)) return;
        var fork = Fork(response.To.Tag) ?? new EarlyDialog(response.To.Tag);
        if (fork.Superfluous is { } ended) { ended.OnSuccessAgain(response); return; }
        if (head is null || transaction is null) return;
        var dialog = fork.Dialog ?? Dialog.OfClient(endpoint, head, localTag, response, transaction.Flow);
        dialog.Refresh(response);
        var answered = new InviteSession(endpoint, dialog, credentials);
        if (isAnswered || isCancelled || isOver) EndAtOnce(fork, answered, response);
        else Win(answered, response);
    }

    private void Win(InviteSession answered, SipResponse response)
    {
        (session, isAnswered) = (answered, true);
        var user = handler;
        var offer = order!.Body;
        Over();
        answered.Placed = this;
        endpoint.Dialogs.Set(localTag, answered);
        endpoint.Metrics.SessionsEstablished++;
        answered.Established(response, offer, SessionTerms.OfResponse(response));
        answered.Answered(response.CSeq.Number, !offer.IsEmpty, authorization);
        user?.OnAnswered(this, answered, response);
    }

    /// <summary>A further answer, or one that crossed the CANCEL: acknowledged and ended.</summary>
    private void EndAtOnce(EarlyDialog fork, InviteSession answered, SipResponse response)
    {
        endpoint.Metrics.SuperfluousAnswers++;
        fork.Superfluous = answered;
        answered.EndAtOnce(response, isCancelled ? cancelReason : Reason.AnsweredElsewhere, authorization);
        if (!isAnswered) Over();
    }

    private void OnFailure(SipResponse response)
    {
        var status = response.Status;
        if (!isCancelled && challenges < 2 && credentials is { } account && ChallengeAnswer.To(response, account, SipMethod.Invite, head!.RequestUri, endpoint.Loop.Chance, authorization) is { } answer)
        {
            challenges++;
            authorization = answer;
            Send();
        }
        else if (!isCancelled && status == SipStatus.SessionIntervalTooSmall && minSessionSeconds == 0 && response.TryGet<DeltaSeconds>(HeaderName.MinSE, out var least) && least.Seconds > 0)
        {
            minSessionSeconds = (int)Math.Min(least.Seconds, 86_400);
            sessionSeconds = Math.Max(sessionSeconds, minSessionSeconds);
            Send();
        }
        else Fail(status, response);
    }

    private void Fail(SipStatus status, SipResponse? response)
    {
        var user = handler;
        Over();
        user?.OnFailed(this, status, response);
    }

    private void SendCancel()
    {
        if (isCancelSent || transaction is not { IsOpen: true } || head is null) return;
        isCancelSent = true;
        endpoint.Loop.Deadlines.Arm(limit!, 64L * endpoint.Timers.T1);
        var headers = cancelReason is null ? null : new HeaderLines().Add(HeaderName.Reason, cancelReason);
        endpoint.Begin(head with { Method = SipMethod.Cancel }, headers, default, transaction.Flow, this, transaction.Id | TransactionKey.CancelBit);
    }

    private void Over()
    {
        isOver = true;
        handler = null;
        order = null;
        source = null;
        targets = [];
        StopLimit();
        limit = null;
        endpoint.Dialogs.Remove(localTag, this);
    }

    private void StopLimit()
    {
        if (limit is not null) endpoint.Loop.Deadlines.Disarm(limit);
    }
}
