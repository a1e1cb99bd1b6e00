using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>
/// A call coming in, not answered yet: ring, answer or refuse it. Only an answered call can be hung up, so <see cref="Accept"/> returns the thing that can.
/// After the caller gave up every member does nothing.
/// </summary>
public sealed class IncomingInvite : IServerTransactionUser, IDialogOwner, IDeadlineOwner, IReliableUser
{
    private readonly SipEndpoint endpoint;
    private readonly ServerTransaction transaction;
    private readonly Deadline refresh;
    private readonly ReliableProvisionals? reliable;
    private (SipStatus Status, SipBody Body, HeaderLines? Headers)? ringing;
    private InviteSession? session;
    private byte[]? deferred;
    private bool isOver;

    internal IncomingInvite(ServerTransaction transaction)
    {
        endpoint = transaction.Endpoint;
        this.transaction = transaction;
        Request = transaction.Request;
        CallId = Request.CallId;
        refresh = new Deadline(this);
        if (Request.Lists(HeaderName.Require, "100rel"u8)) reliable = new ReliableProvisionals(endpoint, transaction, this);
        transaction.User = this;
        endpoint.Dialogs.Set(transaction.LocalTag, this);
    }

    public SipEndpoint Endpoint => endpoint;

    public SipRequest Request { get; }

    /// <summary>How the request came, and how the dialog's requests will go.</summary>
    public SipFlow Flow => transaction.Flow;

    public SipText CallId { get; }

    /// <summary>The caller's offer; empty when it wants ours.</summary>
    public SipBody Offer => Request.ToBody();

    public IIncomingInviteHandler? Handler { get; set; }

    /// <summary>False once answered, refused or given up.</summary>
    public bool IsOpen => !isOver && session is null;

    /// <summary>180 Ringing.</summary>
    public void Ring(HeaderLines? headers = null) => Progress(SipStatus.Ringing, default, headers);

    /// <summary>A provisional response above 100; with a body, early media. Sent reliably when the caller requires it (RFC 3262), and repeated every minute.</summary>
    public void Progress(SipStatus status, SipBody body = default, HeaderLines? headers = null)
    {
        if (!IsOpen || status.Code is <= 100 or >= 200) return;
        var all = Contact(new HeaderLines()).Add(headers);
        if (reliable is not null) { reliable.Send(status, all, body); return; }
        ringing = (status, body, all);
        endpoint.Loop.Deadlines.Arm(refresh, endpoint.Options.ProvisionalRefreshMs);
        transaction.Respond(status, all, body);
    }

    /// <summary>Answers with 200. Null when the caller is gone already.</summary>
    public InviteSession? Accept(SipBody body, ISessionHandler handler, HeaderLines? headers = null)
    {
        if (!IsOpen) return null;
        Rest();
        var terms = SessionTerms.OfRequest(Request, endpoint.Options.MinSessionSeconds);
        var all = Contact(new HeaderLines()).Add(endpoint.DialogHeaders);
        terms.AddTo(all);
        byte[] packed = endpoint.Compose.Response(Request, SipStatus.Ok, null, transaction.LocalTag, all.Add(headers), body);
        session = new InviteSession(endpoint, Dialog.OfServer(endpoint, Request, transaction.LocalTag, Flow), null) { Handler = handler, Reliable = reliable };
        session.Established(Request, body, terms);
        endpoint.Dialogs.Set(transaction.LocalTag, session);
        endpoint.Metrics.SessionsEstablished++;
        // A reliable response that held our answer must be acknowledged before the 2xx (RFC 3262 section 3).
        if (reliable is { IsWaiting: true }) { deferred = packed; session.Unsent = this; }
        else SendSuccess(packed);
        return session;
    }

    /// <summary>Refuses with 300-699; <paramref name="headers"/> may say why (Reason, Retry-After) or where else (Contact).</summary>
    public void Reject(SipStatus status, HeaderLines? headers = null, string? phrase = null)
    {
        if (!IsOpen || !status.IsFailure) return;
        End();
        transaction.Respond(status, headers, default, phrase);
    }

    void IServerTransactionUser.OnCancel(ServerTransaction _, SipRequest cancel) => GiveUp(SipStatus.RequestTerminated, cancel.Header(HeaderName.Reason));

    void IServerTransactionUser.OnUnanswered(ServerTransaction _) => GiveUp(SipStatus.RequestTimeout, default);

    void IServerTransactionUser.OnAck(ServerTransaction _, SipRequest ack) => session?.OnAck(ack);

    void IServerTransactionUser.OnTerminated(ServerTransaction _) => End();

    void IDialogOwner.OnRequest(ServerTransaction request)
    {
        switch (request.Request.Method.Id)
        {
            case SipMethodId.Prack when reliable is not null: reliable.OnPrack(request); break;
            case SipMethodId.Bye:
                var reason = request.Request.Header(HeaderName.Reason);
                request.Respond(SipStatus.Ok);
                GiveUp(SipStatus.RequestTerminated, reason);
                break;
            // A second INVITE before the first has its final response (14.2); an UPDATE while the offer is open (RFC 3311 section 5.2).
            case SipMethodId.Invite or SipMethodId.Update: request.Respond(SipStatus.ServerInternalError, new HeaderLines().Add(HeaderName.RetryAfter, endpoint.Loop.Chance.NextInt32(11))); break;
            case SipMethodId.Info or SipMethodId.Options: request.Respond(SipStatus.Ok); break;
            default: request.Respond(SipStatus.CallDoesNotExist); break;
        }
    }

    void IDialogOwner.OnAck(SipRequest ack) => endpoint.Metrics.StrayAcks++;

    void IDialogOwner.OnStraySuccess(SipResponse response) => endpoint.Metrics.StrayResponses++;

    void IDialogOwner.Abandon() => Rest();

    void IReliableUser.OnAllAcknowledged()
    {
        if (deferred is not { } packed) return;
        deferred = null;
        SendSuccess(packed);
    }

    void IReliableUser.OnNeverAcknowledged()
    {
        GiveUp(504, default);
    }

    public void OnDeadline(Deadline deadline)
    {
        if (!IsOpen || ringing is not { } last) return;
        endpoint.Loop.Deadlines.Arm(refresh, endpoint.Options.ProvisionalRefreshMs);
        transaction.Respond(last.Status, last.Headers, last.Body);
    }

    /// <summary>The answered call is ended before its 2xx could be sent.</summary>
    internal void Withdraw()
    {
        deferred = null;
        reliable?.Stop();
        transaction.Respond(SipStatus.TemporarilyUnavailable);
    }

    private void SendSuccess(byte[] packed)
    {
        uint sequence = Request.CSeq.Number;
        session!.Unsent = null;
        transaction.User = session;
        session.Taken = transaction;
        transaction.Send(SipStatus.Ok, packed);
        session.AwaitAck(packed, transaction.ReplyFlow, sequence);
    }

    private void GiveUp(SipStatus status, SipText reason)
    {
        if (isOver) return;
        if (session is not null)
        {
            // Answered, but the 2xx waits for a PRACK: the caller sees a cancelled call, the user an ended one.
            deferred = null;
            transaction.Respond(status);
            session.Lose(SessionEnd.FarEnd, reason);
            return;
        }
        End();
        transaction.Respond(status);
        Handler?.OnCancelled(this, reason);
    }

    private void End()
    {
        isOver = true;
        Rest();
        reliable?.Stop();
        endpoint.Dialogs.Remove(transaction.LocalTag, this);
    }

    private void Rest()
    {
        endpoint.Loop.Deadlines.Disarm(refresh);
        ringing = null;
    }

    private HeaderLines Contact(HeaderLines headers) => headers.Add(HeaderName.Contact, OwnContact.Of(Flow, Request.RequestUri.User));
}
