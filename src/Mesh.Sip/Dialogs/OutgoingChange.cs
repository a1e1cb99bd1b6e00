using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;

namespace Mesh.Sip.Dialogs;

/// <summary>A change of the session we ask for: a re-INVITE, or the refresh of a session timer. After 491 it tries again a little later (14.1); a challenge is answered once.</summary>
internal sealed class OutgoingChange : IClientTransactionUser, IDeadlineOwner
{
    private const int MaxRetries = 5;
    private readonly InviteSession session;
    private readonly SipEndpoint endpoint;
    private readonly SipMethod method;
    private readonly SipBody body;
    private readonly Deadline retry;
    private HeaderLines? authorization;
    private RequestHead? head;
    private int retries, challenges;
    private bool isOver;

    public OutgoingChange(InviteSession session, SipMethod method, SipBody body, bool isRefresh)
    {
        this.session = session;
        this.method = method;
        this.body = body;
        endpoint = session.Endpoint;
        IsRefresh = isRefresh;
        retry = new Deadline(this);
    }

    /// <summary>Only the session timer wants it; the user is not told.</summary>
    public bool IsRefresh { get; }

    /// <summary>A request is on the wire; false while it waits to try again.</summary>
    public bool IsPending { get; private set; }

    public void Send()
    {
        IsPending = true;
        var dialog = session.Dialog;
        head = dialog.Next(method);
        var headers = new HeaderLines().Add(HeaderName.Contact, OwnContact.Of(dialog.Flow, default)).Add(endpoint.DialogHeaders);
        if (session.Terms is { Seconds: > 0 } terms) headers.Add(HeaderName.SessionExpires, $"{terms.Seconds};refresher={(terms.WeRefresh ? "uac" : "uas")}");
        endpoint.Begin(head, headers.Add(authorization), body, dialog.Flow, this);
    }

    /// <summary>The call is over: no retry. A 2xx that still comes is acknowledged.</summary>
    public void Stop() => endpoint.Loop.Deadlines.Disarm(retry);

    public void OnDeadline(Deadline deadline)
    {
        if (session.IsEnded) return;
        if (session.IsChanging) RetryLater(); else Send();
    }

    public void OnResponse(ClientTransaction transaction, SipResponse response)
    {
        var status = response.Status;
        if (status.IsProvisional) return;
        if (status.IsSuccess && method == SipMethod.Invite) Acknowledge(response);
        if (isOver || response.CSeq.Number != head?.CSeq) return;
        IsPending = false;
        if (session.Account is { } account && !session.IsEnded && challenges < 2 && ChallengeAnswer.To(response, account, method, head.RequestUri, endpoint.Loop.Chance, authorization) is { } answer)
        {
            challenges++;
            authorization = answer;
            Send();
        }
        else if (status == SipStatus.RequestPending && retries++ < MaxRetries && !session.IsEnded) RetryLater();
        else
        {
            isOver = true;
            session.ChangeAnswered(this, status, response);
        }
    }

    public void OnNoResponse(ClientTransaction transaction, SipStatus status)
    {
        IsPending = false;
        isOver = true;
        session.ChangeAnswered(this, status, null);
    }

    private void Acknowledge(SipResponse response)
    {
        if (!session.OnSuccessAgain(response)) session.Acknowledge(response.CSeq.Number, default);
    }

    /// <summary>14.1: the side that owns the Call-ID waits 2.1 to 4 s, the other 0 to 2 s, so that they do not meet again.</summary>
    private void RetryLater()
    {
        int ms = session.Dialog.IsCaller ? 2_100 + 10 * endpoint.Loop.Chance.NextInt32(191) : 10 * endpoint.Loop.Chance.NextInt32(201);
        endpoint.Loop.Deadlines.Arm(retry, ms);
    }
}
