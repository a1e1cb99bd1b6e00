using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;
using Mesh.Sip.Wire;

namespace Mesh.Sip;

/// <summary>
/// What happens to a request: matched to its transaction (17.2.3), else to its dialog (12.2.2), else checked (8.2) and handed to the user. Refusals that need no memory are sent without a
/// transaction: the same request gets the same answer, tag and all (8.2.7).
/// </summary>
internal sealed class IncomingRequests(SipEndpoint endpoint, ISipUserAgentCore core)
{
    private readonly RequestChecks checks = new(endpoint.Options);
    private readonly HeaderLines retryAfter = new HeaderLines().Add(HeaderName.RetryAfter, endpoint.Options.RetryAfterSeconds);

    public HeaderLines AllowLine => checks.AllowLine;

    public void OnRequest(SipRequest request, in SipFlow flow)
    {
        endpoint.Metrics.RequestsReceived++;
        var method = request.Method.Id;
        ulong key = TransactionKey.Server(request, method);
        var known = endpoint.Transactions.FindServer(key);
        if (known is null && endpoint.Transactions.Lingering.TryFindServer(key, out var last)) OnLate(method, last);
        else if (method == SipMethodId.Ack) OnAck(request, known);
        else if (known is not null) known.OnRequestAgain();
        else if (method == SipMethodId.Cancel) OnCancel(request, flow);
        else if (checks.RefusalOfMethod(method) is { } refusal)
        {
            endpoint.Metrics.RefusedByChecks++;
            Refuse(request, flow, refusal.Status, refusal.Headers);
        }
        else if (request.To.Tag.IsPresent) OnInDialog(request, flow, key);
        else OnOutOfDialog(request, flow, key);
    }

    /// <summary>Answers what could not be read, if it can be answered at all.</summary>
    public void OnUnreadable(in SipParseError error, in SipFlow flow)
    {
        endpoint.Metrics.Unreadable++;
        if (error.Request is not { } request) return;
        endpoint.Metrics.UnreadableAnswered++;
        request.ReceivedFrom = flow.Remote;
        byte[] answer = endpoint.Compose.Response(request, error.Status, error.ReasonPhrase, StatelessTag(request.TopVia, request.Header(HeaderName.CallId)));
        endpoint.Transmit(answer, ResponseRouting.Of(request.TopVia, flow), null);
    }

    private void OnLate(SipMethodId method, in LastResponse last)
    {
        if (method == SipMethodId.Ack) return;
        endpoint.Metrics.RequestsAbsorbed++;
        if (last.Packed is not { } packed) return;
        endpoint.Metrics.Retransmissions++;
        endpoint.Transmit(packed, last.Flow, null);
    }

    private void OnAck(SipRequest ack, ServerTransaction? known)
    {
        if (known is { IsInvite: true }) known.OnAck(ack);
        else if (endpoint.Dialogs.Find(ack.To.Tag, ack.CallId) is { } dialog) dialog.OnAck(ack);
        else endpoint.Metrics.StrayAcks++;
    }

    /// <summary>9.2: answered 200 whenever the INVITE is known; has an effect only while that has no final response.</summary>
    private void OnCancel(SipRequest cancel, in SipFlow flow)
    {
        ulong key = TransactionKey.Server(cancel, SipMethodId.Invite);
        if (endpoint.Transactions.FindServer(key) is not { } invite)
        {
            if (endpoint.Transactions.Lingering.TryFindServer(key, out var last))
            {
                Answer(cancel, flow, SipStatus.Ok, last.Tag != 0 ? last.Tag : StatelessTag(cancel.TopVia, cancel.CallId), null);
                return;
            }
            endpoint.Metrics.UnknownDialogs++;
            Refuse(cancel, flow, SipStatus.CallDoesNotExist, null);
            return;
        }
        Answer(cancel, flow, SipStatus.Ok, invite.LocalTag, null);
        if (invite.IsOpen) invite.User?.OnCancel(invite, cancel);
    }

    private void OnInDialog(SipRequest request, in SipFlow flow, ulong key)
    {
        if (endpoint.Dialogs.Find(request.To.Tag, request.CallId) is not { } dialog)
        {
            endpoint.Metrics.UnknownDialogs++;
            Refuse(request, flow, SipStatus.CallDoesNotExist, null);
            return;
        }
        dialog.OnRequest(Open(request, flow, key, 0));
    }

    private void OnOutOfDialog(SipRequest request, in SipFlow flow, ulong key)
    {
        ulong merge = TransactionKey.Merged(request);
        var method = request.Method.Id;
        if (endpoint.Transactions.IsMerged(merge))
        {
            endpoint.Metrics.MergedRequests++;
            Refuse(request, flow, SipStatus.LoopDetected, null);
        }
        else if (checks.Refusal(request) is { } refusal)
        {
            if (refusal.Status == SipStatus.TooManyHops) endpoint.Metrics.TooManyHops++; else endpoint.Metrics.RefusedByChecks++;
            Refuse(request, flow, refusal.Status, refusal.Headers);
        }
        else if (method is SipMethodId.Bye or SipMethodId.Prack or SipMethodId.Update or SipMethodId.Info or SipMethodId.Notify)
        {
            endpoint.Metrics.UnknownDialogs++;
            Refuse(request, flow, SipStatus.CallDoesNotExist, null);
        }
        else if (endpoint.IsFull && !(method == SipMethodId.Invite && core.IsEmergency(request)))
        {
            endpoint.Metrics.OverLimit++;
            Refuse(request, flow, SipStatus.ServiceUnavailable, retryAfter);
        }
        else HandOver(Open(request, flow, key, merge), method);
    }

    private void HandOver(ServerTransaction transaction, SipMethodId method)
    {
        try
        {
            switch (method)
            {
                case SipMethodId.Invite:
                    endpoint.Metrics.InvitesReceived++;
                    transaction.TryingAfter(endpoint.Options.TryingAfterMs);
                    core.OnInvite(new IncomingInvite(transaction));
                    break;
                case SipMethodId.Register: core.OnRegister(transaction); break;
                case SipMethodId.Options: core.OnOptions(transaction); break;
                default: core.OnOther(transaction); break;
            }
        }
        catch
        {
            // The loop counts and reports it; the caller must not be left waiting.
            transaction.Respond(SipStatus.ServerInternalError);
            throw;
        }
    }

    private ServerTransaction Open(SipRequest request, in SipFlow flow, ulong key, ulong merge)
    {
        var transaction = new ServerTransaction(endpoint, request, flow, ResponseRouting.Of(request.TopVia, flow), key, merge);
        endpoint.Transactions.Add(transaction);
        transaction.Start();
        return transaction;
    }

    private void Refuse(SipRequest request, in SipFlow flow, SipStatus status, HeaderLines? headers) =>
        Answer(request, flow, status, StatelessTag(request.TopVia, request.CallId), headers);

    private void Answer(SipRequest request, in SipFlow flow, SipStatus status, ulong tag, HeaderLines? headers) =>
        endpoint.Transmit(endpoint.Compose.Response(request, status, null, tag, headers, default), ResponseRouting.Of(request.TopVia, flow), null);

    private static ulong StatelessTag(in Via top, SipText callId) => OctetHash.Of(callId.Span, OctetHash.Of(top.Branch.Span)) | 1;
}
