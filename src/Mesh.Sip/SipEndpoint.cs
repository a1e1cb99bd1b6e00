using Mesh.Io;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;
using Mesh.Sip.Wire;

namespace Mesh.Sip;

/// <summary>
/// A SIP user agent on one loop: its transports, transactions and dialogs. Everything is called on that loop. A message from outside can do no more than be refused or counted.
/// <code>
/// var endpoint = new SipEndpoint(loop, core);
/// endpoint.Add(new UdpTransport(loop, NetAddress.Parse("127.0.0.1:5060")));
/// endpoint.Invite(new InviteOrder(SipUri.Parse("sip:301@127.0.0.2")) { From = ..., Body = ... }, handler);
/// </code>
/// </summary>
public sealed class SipEndpoint : ISipReceiver
{
    private readonly List<ISipTransport> transports = [];
    private readonly IncomingRequests requests;

    public SipEndpoint(Loop loop, ISipUserAgentCore core, SipEndpointOptions? options = null, IHostResolver? hosts = null)
    {
        Loop = loop;
        Options = options ?? new SipEndpointOptions();
        Transactions = new TransactionTable(loop);
        Compose = new SipComposer(Options);
        Targets = new TargetResolver(this, hosts);
        requests = new IncomingRequests(this, core);
        Capabilities = new HeaderLines().Add(HeaderName.Allow, RequestChecks.AllowText(Options)).Add(HeaderName.Supported, string.Join(", ", Options.Supported))
            .Add(HeaderName.Accept, string.Join(", ", Options.AcceptedBodies));
        DialogHeaders = new HeaderLines().Add(HeaderName.Allow, RequestChecks.AllowText(Options)).Add(HeaderName.Supported, string.Join(", ", Options.Supported.Where(s => s is "timer" or "100rel" or "replaces")));
    }

    public Loop Loop { get; }

    public SipEndpointOptions Options { get; }

    public SipMetrics Metrics { get; } = new();

    public TransactionTable Transactions { get; }

    public DialogTable Dialogs { get; } = new();

    public TargetResolver Targets { get; }

    public IReadOnlyList<ISipTransport> Transports => transports;

    /// <summary>Allow, Supported and Accept: the answer to OPTIONS.</summary>
    public HeaderLines Capabilities { get; }

    /// <summary>Allow alone, for a 405.</summary>
    public HeaderLines AllowLine => requests.AllowLine;

    internal HeaderLines DialogHeaders { get; }

    internal SipComposer Compose { get; }

    internal TimerSettings Timers => Options.Timers;

    internal bool IsFull => Transactions.Count >= Options.MaxTransactions || Loop.Inbox.Count >= Loop.Inbox.Capacity;

    public void Add(ISipTransport transport)
    {
        transport.Receiver = this;
        transports.Add(transport);
    }

    /// <summary>Calls somebody. The handler is told on the loop, never from within this call.</summary>
    public OutgoingInvite Invite(InviteOrder order, IOutgoingInviteHandler handler)
    {
        Metrics.InvitesSent++;
        var invite = new OutgoingInvite(this, order, handler);
        invite.Start();
        return invite;
    }

    /// <summary>Sends a request outside any dialog (OPTIONS, MESSAGE). The handler hears its final response, never from within this call.</summary>
    public OutgoingRequest Request(SipMethod method, RequestOrder order, IOutgoingRequestHandler handler)
    {
        var request = new OutgoingRequest(this, new StandaloneRequests(this, order), handler, order.Credentials);
        request.Send(method, order.Headers, order.Body);
        return request;
    }

    /// <summary>Forgets everything at once, without a word on the wire: the process ends.</summary>
    public void Abandon()
    {
        Dialogs.AbandonAll();
        Transactions.AbandonAll();
    }

    public void OnDatagram(ReadOnlySpan<byte> datagram, in SipFlow flow)
    {
        if (SipParser.TryParse(datagram, SipFraming.Datagram, Options.Parser, out var message, out var error)) Take(message, datagram, flow);
        else OnUnreadable(error, flow);
    }

    public void OnMessage(SipMessage message, in SipFlow flow) => Take(message, message.Raw.Span, flow);

    private void Take(SipMessage message, ReadOnlySpan<byte> octets, in SipFlow flow)
    {
        Options.Tap?.OnReceived(message, octets, flow);
        message.ReceivedFrom = flow.Remote;
        if (message is SipRequest request) requests.OnRequest(request, flow);
        else OnResponse((SipResponse)message);
    }

    public void OnUnreadable(in SipParseError error, in SipFlow flow) => requests.OnUnreadable(error, flow);

    public void OnUnreachable(ISipTransport transport, NetAddress remote) => Transactions.Unreachable(remote);

    internal ulong NewTag() => Loop.Chance.NextUInt64() | 1;

    /// <summary>The transport for a protocol: the first added one of the remote's address family.</summary>
    internal ISipTransport? TransportFor(TransportProtocol protocol, NetAddress remote)
    {
        foreach (var transport in transports)
            if (transport.Protocol == protocol && transport.Local.IsIPv4 == remote.IsIPv4) return transport;
        return null;
    }

    internal bool Transmit(ReadOnlyMemory<byte> message, in SipFlow flow, ISendObserver? observer)
    {
        long at = Options.Tap is null ? 0 : Loop.Clock.NowMicros;
        bool sent = flow.TrySend(message, observer);
        if (sent) Metrics.MessagesSent++; else Metrics.SendRefused++;
        if (sent) Options.Tap?.OnSent(message.Span, flow, at);
        return sent;
    }

    /// <summary>Begins a client transaction; a request too large for a datagram goes over a stream where there is one, and comes back if that fails (18.1.1).</summary>
    internal ClientTransaction Begin(RequestHead head, HeaderLines? headers, SipBody body, in SipFlow flow, IClientTransactionUser user, ulong branch = 0)
    {
        if (branch == 0) branch = Math.Max(2, Loop.Chance.NextUInt64() & ~TransactionKey.CancelBit);
        // A CANCEL has its INVITE's branch on the wire and a number of its own in our table.
        ulong shown = branch & ~TransactionKey.CancelBit;
        byte[] packed = Compose.Request(head, shown, flow, headers, body);
        var transaction = new ClientTransaction(this, head, branch, packed, flow, user);
        if (packed.Length > Options.MaxDatagramBytes && !flow.IsReliable && TransportFor(TransportProtocol.Tcp, flow.Remote) is StreamTransport { CanConnect: true } stream)
        {
            Metrics.SwitchedToStream++;
            var other = new SipFlow(stream, flow.Remote);
            transaction.GoFirst(Compose.Request(head, shown, other, headers, body), other);
        }
        Transactions.Add(transaction);
        transaction.Start();
        return transaction;
    }

    private void OnResponse(SipResponse response)
    {
        Metrics.ResponsesReceived++;
        ulong id = TransactionKey.Client(response);
        if (Transactions.FindClient(id) is { } transaction && transaction.Method == response.CSeq.Method) transaction.OnResponse(response);
        else if (Transactions.Lingering.TryFindClient(id, out var last) && last.Method == response.CSeq.Method) OnLate(id, last, response);
        else if (response.Status.IsSuccess && response.CSeq.Method == SipMethod.Invite && Dialogs.Find(response.From.Tag, response.CallId) is { } dialog) dialog.OnStraySuccess(response);
        else Metrics.StrayResponses++;
    }

    /// <summary>A response to a request that is done with: it gets its ACK again, and a further branch that answers only now is ended (13.2.2.4).</summary>
    private void OnLate(ulong id, in LastRequest last, SipResponse response)
    {
        if (last.Ack is not { } ack || !response.Status.IsSuccess || ack.TrySendAgain(this, response)) return;
        Metrics.SuperfluousAnswers++;
        var late = InviteSession.OfLateAnswer(this, response, last.Flow);
        if (ack.Count < Options.MaxForks) Transactions.Lingering.Replace(id, last with { Ack = late.EndAtOnce(response, Reason.AnsweredElsewhere, null) with { Earlier = ack } });
    }
}
