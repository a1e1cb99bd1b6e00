using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Transactions;

/// <summary>
/// One request received and what was answered: the shell around <see cref="ServerInvite"/> or <see cref="ServerNonInvite"/>. Keeps its last response packed for retransmission and lets
/// the request go with the final response. Endpoint's loop only.
/// </summary>
public sealed class ServerTransaction : IDeadlineOwner, ISendObserver
{
    private const int Again = 0, End = 1;
    private readonly SipEndpoint endpoint;
    private readonly Deadline end;
    private Deadline? again;
    private SipRequest? request;
    private byte[]? last;
    private ulong tag;
    private int interval;

    internal ServerTransaction(SipEndpoint endpoint, SipRequest request, in SipFlow flow, in SipFlow replyFlow, ulong key, ulong mergeKey)
    {
        this.endpoint = endpoint;
        this.request = request;
        IsInvite = request.Method == SipMethod.Invite;
        State = IsInvite ? TransactionState.Proceeding : TransactionState.Trying;
        Flow = flow;
        ReplyFlow = replyFlow;
        Key = key;
        MergeKey = mergeKey;
        end = new Deadline(this, End);
    }

    public SipEndpoint Endpoint => endpoint;

    public TransactionState State { get; private set; }

    public bool IsInvite { get; }

    /// <summary>The request, until its final response is sent; after that an error of the caller.</summary>
    public SipRequest Request => request ?? throw new InvalidOperationException("the request is gone: it was answered");

    /// <summary>How the request came.</summary>
    public SipFlow Flow { get; }

    /// <summary>True until a final response is sent.</summary>
    public bool IsOpen => State is TransactionState.Trying or TransactionState.Proceeding;

    /// <summary>The tag our responses put into To when the request has none (8.2.6.2): the same in all of them.</summary>
    public ulong LocalTag => tag != 0 ? tag : tag = endpoint.NewTag();

    internal SipFlow ReplyFlow { get; }

    internal ulong Key { get; }

    /// <summary>Identifies the request whatever path it took (8.2.2.2); 0 inside a dialog.</summary>
    internal ulong MergeKey { get; }

    internal IServerTransactionUser? User { get; set; }

    /// <summary>Answers. A response after the final one is dropped, but for the 2xx its user sends again.</summary>
    public void Respond(SipStatus status, HeaderLines? headers = null, SipBody body = default, string? reasonPhrase = null)
    {
        if (IsOpen) Send(status, endpoint.Compose.Response(Request, status, reasonPhrase, LocalTag, headers, body));
    }

    /// <summary>Sends a response already packed, of class <paramref name="status"/>.</summary>
    internal void Send(SipStatus status, byte[] packed)
    {
        var input = status.IsProvisional ? ServerInput.SendProvisional : status.IsSuccess ? ServerInput.SendSuccess : ServerInput.SendFailure;
        var state = State;
        Step(input, packed);
        if (status.IsFinal && state != State) request = null;
    }

    /// <summary>Begins to wait for the user: a request nobody answers does not stay for ever.</summary>
    internal void Start() => Start(end, IsInvite ? endpoint.Options.MaxSetupMs : endpoint.Timers.F);

    /// <summary>Sends 100 Trying unless something is answered within <paramref name="afterMs"/> (17.2.1: 200 ms at most).</summary>
    internal void TryingAfter(int afterMs)
    {
        if (last is null && IsOpen) Start(again ??= new Deadline(this, Again), afterMs);
    }

    internal void OnRequestAgain()
    {
        endpoint.Metrics.RequestsAbsorbed++;
        Step(ServerInput.Request);
    }

    internal void OnAck(SipRequest ack)
    {
        if (State == TransactionState.Accepted) User?.OnAck(this, ack);
        Step(ServerInput.Ack);
    }

    public void OnSendFailed() => Step(ServerInput.TransportError);

    public void OnDeadline(Deadline deadline)
    {
        if (IsOpen && deadline.Tag == Again) { Respond(SipStatus.Trying); return; }
        if (IsOpen) { Unanswered(); return; }
        Step(deadline.Tag == Again ? ServerInput.TimerG : State switch
        {
            TransactionState.Completed => IsInvite ? ServerInput.TimerH : ServerInput.TimerJ,
            TransactionState.Confirmed => ServerInput.TimerI,
            _ => ServerInput.TimerL,
        });
    }

    /// <summary>Drops the transaction without a word: the endpoint closes.</summary>
    internal void Abandon() => Finish();

    private void Step(ServerInput input, byte[]? packed = null)
    {
        var (next, actions) = IsInvite ? ServerInvite.Step(State, input) : ServerNonInvite.Step(State, input);
        State = next;
        if (actions == ServerActions.Nothing && next != TransactionState.Terminated) return;
        bool sent = true;
        if ((actions & ServerActions.StopTimers) != 0) { StopAgain(); Stop(end); }
        if ((actions & ServerActions.Send) != 0)
        {
            StopAgain();
            sent = Transmit(last = packed!);
        }
        if ((actions & ServerActions.Retransmit) != 0) sent = Repeat();
        if ((actions & ServerActions.BackOffG) != 0) Start(again!, interval = endpoint.Timers.BackOff(interval));
        if ((actions & ServerActions.StartGH) != 0) StartGH();
        if ((actions & ServerActions.StartI) != 0) Linger(endpoint.Timers.I(ReplyFlow.IsReliable));
        if ((actions & ServerActions.StartJ) != 0) Linger(endpoint.Timers.J(ReplyFlow.IsReliable));
        if ((actions & ServerActions.StartL) != 0) { last = null; again = null; Linger(endpoint.Timers.L); }
        if ((actions & ServerActions.TimedOut) != 0) endpoint.Metrics.AcksMissing++;
        if ((actions & ServerActions.Failed) != 0) endpoint.Metrics.ResponsesUnsent++;
        if (next == TransactionState.Terminated) Finish();
        else if (!sent) Step(ServerInput.TransportError);
    }

    private bool Repeat()
    {
        if (last is null) return true;
        endpoint.Metrics.Retransmissions++;
        return Transmit(last);
    }

    private bool Transmit(byte[] message) => endpoint.Transmit(message, ReplyFlow, this);

    /// <summary>The user never answered. A non-INVITE client has given up by itself (RFC 4320: no 408 then); an INVITE is refused.</summary>
    private void Unanswered()
    {
        if (!IsInvite) { Finish(); return; }
        User?.OnUnanswered(this);
        Respond(SipStatus.RequestTimeout);
    }

    private void StartGH()
    {
        if (!ReplyFlow.IsReliable) Start(again ??= new Deadline(this, Again), interval = endpoint.Timers.T1);
        Start(end, endpoint.Timers.H);
    }

    /// <summary>Waits for the last timer of the figure; none means that the transaction is over now.</summary>
    private void Linger(int ms)
    {
        if (State == TransactionState.Confirmed) last = null;
        if (ms <= 0) Finish();
        else if (State == TransactionState.Accepted) endpoint.Loop.Deadlines.ArmLoosely(end, ms);
        else Retire(ms);
    }

    /// <summary>Its call needs no more of it: the ACK for the 2xx has come.</summary>
    internal void Retire()
    {
        if (State == TransactionState.Accepted) Retire(endpoint.Timers.L);
    }

    private void Retire(int ms)
    {
        StopAgain();
        Stop(end);
        endpoint.Transactions.Retire(this, new LastResponse(last, ReplyFlow, tag, MergeKey), ms);
        var user = User;
        User = null;
        user?.OnTerminated(this);
    }

    private void Finish()
    {
        State = TransactionState.Terminated;
        StopAgain();
        Stop(end);
        last = null;
        request = null;
        endpoint.Transactions.Remove(this);
        var user = User;
        User = null;
        user?.OnTerminated(this);
    }

    private void Start(Deadline deadline, int ms) => endpoint.Loop.Deadlines.Arm(deadline, ms);

    private void StopAgain()
    {
        if (again is not null) Stop(again);
    }

    private void Stop(Deadline deadline) => endpoint.Loop.Deadlines.Disarm(deadline);
}
