using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>
/// An answered call: its confirmed dialog, changes of the session both ways, the session timer, and the BYE that ends it. Made by <see cref="IncomingInvite.Accept"/> or handed to
/// <see cref="IOutgoingInviteHandler.OnAnswered"/>; nothing unanswered can be hung up.
/// </summary>
public sealed class InviteSession : IDialogOwner, IServerTransactionUser, ISuccessUser, ISessionTimerUser
{
    private readonly SipEndpoint endpoint;
    private readonly SipAccount? account;
    private readonly SessionTimer timer;
    private SuccessRetransmission? success;
    private SessionChange? incoming;
    private OutgoingChange? outgoing;
    private SentAck? ack;
    private uint ackSequence;
    private HeaderLines? ackAuthorization;
    private HeaderLines? byeHeaders;
    private bool byeIsDue, remoteTakesUpdate;
    private SipBody localBody;

    internal InviteSession(SipEndpoint endpoint, Dialog dialog, SipAccount? account)
    {
        this.endpoint = endpoint;
        this.account = account;
        Dialog = dialog;
        timer = new SessionTimer(endpoint.Loop, this);
    }

    /// <summary>The call a further branch of a forked INVITE brings when everything else of that is over.</summary>
    internal static InviteSession OfLateAnswer(SipEndpoint endpoint, SipResponse response, in SipFlow flow) => new(endpoint, Dialog.OfResponse(endpoint, response, flow), null);

    public Dialog Dialog { get; }

    public SipEndpoint Endpoint => endpoint;

    /// <summary>Hears of the call; null hears nothing and refuses changes.</summary>
    public ISessionHandler? Handler { get; set; }

    public bool IsEnded { get; private set; }

    SipText IDialogOwner.CallId => Dialog.Id.CallId;

    internal ReliableProvisionals? Reliable { get; init; }

    /// <summary>The transaction of the INVITE we answered: it lingers longer than the call may last, and lets it go at its end.</summary>
    internal ServerTransaction? Taken { get; set; }

    /// <summary>The INVITE we sent, which lingers too.</summary>
    internal OutgoingInvite? Placed { get; set; }

    /// <summary>The INVITE whose 2xx still waits for a PRACK.</summary>
    internal IncomingInvite? Unsent { get; set; }

    /// <summary>Hangs up. <paramref name="reason"/> is a Reason value (RFC 3326). Idempotent; the handler hears nothing more. A called side waits for the ACK first (15.1.1).</summary>
    public void SendBye(string? reason = null)
    {
        if (IsEnded || byeIsDue) return;
        Handler = null;
        byeHeaders = reason is null ? null : new HeaderLines().Add(HeaderName.Reason, reason);
        if (Unsent is { } invite) { invite.Withdraw(); End(); }
        else if (AwaitsAck && !Dialog.IsCaller) byeIsDue = true;
        else Bye();
    }

    /// <summary>Sends a re-INVITE with an offer. False when the call is over or a change is under way already: then try later. The outcome is told to the handler.</summary>
    public bool TryReinvite(SipBody offer)
    {
        if (IsEnded || outgoing is not null || incoming is not null || AwaitsAck) return false;
        localBody = offer;
        Begin(new OutgoingChange(this, SipMethod.Invite, offer, isRefresh: false));
        return true;
    }

    /// <summary>Sends any other request within the dialog: INFO, REFER, NOTIFY, MESSAGE. False when the call is over.</summary>
    public bool TrySend(SipMethod method, SipBody body = default, HeaderLines? headers = null, IOutgoingRequestHandler? handler = null)
    {
        if (IsEnded) return false;
        new OutgoingRequest(endpoint, Dialog, handler, account).Send(method, headers, body);
        return true;
    }

    /// <summary>Acknowledges the 2xx of an INVITE that held no offer, with the answer to the one it brought (13.2.2.4).</summary>
    public void SendAck(SipBody answer)
    {
        if (ack is null && Dialog.IsCaller) Acknowledge(ackSequence, answer);
    }

    public void OnAck(SipRequest request)
    {
        if (success?.Acknowledge(request.CSeq.Number) != true) return;
        Taken?.Retire();
        Taken = null;
        if (byeIsDue) Bye(); else Handler?.OnAcked(this, request.ToBody());
    }

    void IDialogOwner.OnRequest(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!Dialog.TryAdvance(request.CSeq.Number)) { transaction.Respond(SipStatus.ServerInternalError); return; }
        switch (request.Method.Id)
        {
            case SipMethodId.Bye: OnBye(transaction); break;
            case SipMethodId.Invite or SipMethodId.Update: OnChange(transaction); break;
            case SipMethodId.Prack when Reliable is not null: Reliable.OnPrack(transaction); break;
            case SipMethodId.Prack: transaction.Respond(SipStatus.CallDoesNotExist); break;
            case SipMethodId.Options: transaction.Respond(SipStatus.Ok, endpoint.Capabilities); break;
            default: OnOther(transaction); break;
        }
    }

    void IDialogOwner.OnStraySuccess(SipResponse response)
    {
        if (OnSuccessAgain(response)) endpoint.Metrics.StraySuccessesAcknowledged++; else endpoint.Metrics.StrayResponses++;
    }

    void IDialogOwner.Abandon() => StopAll();

    void IServerTransactionUser.OnCancel(ServerTransaction transaction, SipRequest cancel)
    {
        transaction.Respond(SipStatus.RequestTerminated);
        if (incoming?.Transaction == transaction) incoming = null;
    }

    void IServerTransactionUser.OnUnanswered(ServerTransaction transaction)
    {
        if (incoming?.Transaction == transaction) incoming = null;
    }

    void IServerTransactionUser.OnAck(ServerTransaction transaction, SipRequest request) => OnAck(request);

    void IServerTransactionUser.OnTerminated(ServerTransaction transaction) { }

    void ISuccessUser.OnNeverAcknowledged()
    {
        endpoint.Metrics.SessionsUnacknowledged++;
        Fail(SessionEnd.Unacknowledged);
    }

    void ISessionTimerUser.OnSessionExpired()
    {
        endpoint.Metrics.SessionsExpired++;
        Fail(SessionEnd.Expired);
    }

    void ISessionTimerUser.OnRefreshDue()
    {
        // A change under way refreshes the session itself.
        if (IsEnded || outgoing is not null || incoming is not null || AwaitsAck) return;
        bool update = remoteTakesUpdate || localBody.IsEmpty;
        Begin(new OutgoingChange(this, update ? SipMethod.Update : SipMethod.Invite, update ? default : localBody, isRefresh: true));
    }

    /// <summary>The 2xx is agreed: what the far end can, what we said, and the timer.</summary>
    internal void Established(SipMessage far, SipBody ours, SessionTerms terms)
    {
        remoteTakesUpdate = far.Lists(HeaderName.Allow, "UPDATE"u8);
        localBody = ours;
        timer.Start(terms);
    }

    internal void AwaitAck(byte[] packed, in SipFlow replyFlow, uint sequence) => (success ??= new SuccessRetransmission(endpoint, this)).Start(packed, replyFlow, sequence);

    /// <summary>The calling side got its 2xx; the ACK follows now or with <see cref="SendAck"/>. <paramref name="authorization"/> is the INVITE's (22.1).</summary>
    internal void Answered(uint sequence, bool ackNow, HeaderLines? authorization)
    {
        ackSequence = sequence;
        ackAuthorization = authorization;
        if (ackNow) Acknowledge(sequence, default);
    }

    /// <summary>Acknowledges an answer nobody wants any more, and ends its call. The ACK, for the answer's repetitions.</summary>
    internal SentAck EndAtOnce(SipResponse response, string? reason, HeaderLines? authorization)
    {
        Answered(response.CSeq.Number, ackNow: true, authorization);
        SendBye(reason);
        return ack!;
    }

    /// <summary>A 2xx already acknowledged came again; false when it is none.</summary>
    internal bool OnSuccessAgain(SipResponse response) => ack is not null && ack.TrySendAgain(endpoint, response);

    internal void Acknowledge(uint sequence, SipBody body)
    {
        ackSequence = sequence;
        byte[] packed = endpoint.Compose.Request(Dialog.Ack(sequence), endpoint.NewTag(), Dialog.Flow, ackAuthorization, body);
        ack = new SentAck(packed, Dialog.Flow, sequence, Dialog.Id.RemoteTag);
        endpoint.Transmit(packed, Dialog.Flow, null);
    }

    internal void AcceptChange(SessionChange change, SipBody body, HeaderLines? headers)
    {
        var request = change.Request;
        var transaction = change.Transaction;
        Dialog.Refresh(request);
        var terms = SessionTerms.OfRequest(request, endpoint.Options.MinSessionSeconds);
        var all = new HeaderLines().Add(HeaderName.Contact, OwnContact.Of(Dialog.Flow, request.RequestUri.User)).Add(endpoint.DialogHeaders);
        terms.AddTo(all);
        byte[] packed = endpoint.Compose.Response(request, SipStatus.Ok, null, 0, all.Add(headers), body);
        if (!body.IsEmpty) localBody = body;
        transaction.Send(SipStatus.Ok, packed);
        if (!change.IsUpdate) AwaitAck(packed, transaction.ReplyFlow, request.CSeq.Number);
        timer.Start(terms);
        ChangeIsOver(change);
    }

    internal void ChangeIsOver(SessionChange change)
    {
        if (incoming == change) incoming = null;
    }

    internal SessionTerms Terms => timer.Terms;

    /// <summary>A 2xx of ours has no ACK yet.</summary>
    private bool AwaitsAck => success is { IsWaiting: true };

    internal bool IsChanging => incoming is not null || AwaitsAck;

    internal SipAccount? Account => account;

    /// <summary>Our own change came to its end.</summary>
    internal void ChangeAnswered(OutgoingChange change, SipStatus status, SipResponse? response)
    {
        if (outgoing == change) outgoing = null;
        if (IsEnded) return;
        if (response is not null && status.IsSuccess)
        {
            Dialog.Refresh(response);
            timer.Start(SessionTerms.OfResponse(response));
        }
        // 12.2.1.2: the far end knows no such call, or is not there.
        if (status.Code is 408 or 481 || response is null) { Fail(SessionEnd.Lost); return; }
        if (!change.IsRefresh) Handler?.OnChangeAnswered(this, status, response.ToBody());
    }

    /// <summary>Over, with nothing to say on the wire.</summary>
    internal void Lose(SessionEnd why, SipText reason)
    {
        if (IsEnded) return;
        var handler = Handler;
        End();
        handler?.OnEnded(this, why, reason);
    }

    private void OnBye(ServerTransaction transaction)
    {
        var reason = transaction.Request.Header(HeaderName.Reason);
        transaction.Respond(SipStatus.Ok);
        Lose(SessionEnd.FarEnd, reason);
    }

    private void OnChange(ServerTransaction transaction)
    {
        var request = transaction.Request;
        bool isInvite = transaction.IsInvite;
        if (incoming is not null || (isInvite && AwaitsAck))
            transaction.Respond(SipStatus.ServerInternalError, new HeaderLines().Add(HeaderName.RetryAfter, endpoint.Loop.Chance.NextInt32(11)));
        else if (outgoing is { IsPending: true } && (isInvite || !request.Body.IsEmpty)) transaction.Respond(SipStatus.RequestPending);
        else if (SessionTerms.IsTooSmall(request, endpoint.Options.MinSessionSeconds))
            transaction.Respond(SipStatus.SessionIntervalTooSmall, new HeaderLines().Add(HeaderName.MinSE, endpoint.Options.MinSessionSeconds));
        else if (byeIsDue) transaction.Respond(SipStatus.RequestPending);
        else
        {
            transaction.User = this;
            var change = incoming = new SessionChange(this, transaction);
            if (!isInvite && request.Body.IsEmpty) change.Accept(default);
            else if (Handler is { } handler) handler.OnChange(this, change);
            else change.Reject(SipStatus.NotAcceptableHere);
            if (isInvite && change.IsOpen) transaction.Respond(SipStatus.Trying);
        }
    }

    private void OnOther(ServerTransaction transaction)
    {
        var status = Handler?.OnRequest(this, transaction.Request) ?? SipStatus.NotImplemented;
        transaction.Respond(status, status == SipStatus.MethodNotAllowed ? endpoint.AllowLine : null);
    }

    private void Begin(OutgoingChange change)
    {
        outgoing = change;
        change.Send();
    }

    /// <summary>Ends the call on the wire and tells the handler.</summary>
    private void Fail(SessionEnd why)
    {
        if (IsEnded) return;
        var handler = Handler;
        Bye();
        handler?.OnEnded(this, why, default);
    }

    private void Bye()
    {
        if (Dialog.IsCaller && ack is null) Acknowledge(ackSequence, default);
        End();
        new OutgoingRequest(endpoint, Dialog, null, account).Send(SipMethod.Bye, byeHeaders, default);
    }

    private void End()
    {
        IsEnded = true;
        byeIsDue = false;
        Handler = null;
        StopAll();
        endpoint.Dialogs.Remove(Dialog.Id.LocalTag, this);
        if (incoming is { IsOpen: true } open) open.Transaction.Respond(SipStatus.RequestTerminated);
        incoming = null;
        localBody = default;
        if (Taken is { } invite && invite.User == this) invite.User = null;
        Placed?.OnSessionEnded(ack);
        (Taken, Placed) = (null, null);
    }

    private void StopAll()
    {
        success?.Stop();
        timer.Stop();
        Reliable?.Stop();
        outgoing?.Stop();
    }
}
