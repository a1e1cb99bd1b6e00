using Mesh.Io;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Transactions;

/// <summary>
/// One request sent and what was answered: the shell around <see cref="ClientInvite"/> or <see cref="ClientNonInvite"/>. Keeps the packed request while it may be sent again.
/// Its branch is <see cref="Id"/>, so that a response finds it without comparing text. Endpoint's loop only.
/// </summary>
public sealed class ClientTransaction : IDeadlineOwner, ISendObserver
{
    private const int Again = 0, End = 1;
    private readonly SipEndpoint endpoint;
    private readonly Deadline end;
    private IClientTransactionUser? user;
    private Deadline? again;
    private byte[]? packed;
    private RequestHead? head;
    private (byte[] Packed, SipFlow Flow)? fallback;
    private int interval;

    internal ClientTransaction(SipEndpoint endpoint, RequestHead head, ulong id, byte[] packed, in SipFlow flow, IClientTransactionUser user)
    {
        this.endpoint = endpoint;
        this.head = head;
        this.packed = packed;
        this.user = user;
        Id = id;
        Flow = flow;
        Method = head.Method;
        State = IsInvite ? TransactionState.Calling : TransactionState.Trying;
        again = new Deadline(this, Again);
        end = new Deadline(this, End);
    }

    /// <summary>What the branch holds after the magic cookie; a CANCEL has its INVITE's with the lowest bit set.</summary>
    public ulong Id { get; }

    public SipMethod Method { get; }

    public SipFlow Flow { get; private set; }

    public TransactionState State { get; private set; }

    internal bool IsInvite => Method == SipMethod.Invite;

    /// <summary>True while no final response came.</summary>
    internal bool IsOpen => State is TransactionState.Calling or TransactionState.Trying or TransactionState.Proceeding;

    /// <summary>Neighbours among the transactions to the same address that have heard nothing yet.</summary>
    internal ClientTransaction? NextUnheard, PreviousUnheard;

    internal bool IsUnheard { get; set; }

    /// <summary>Tries <paramref name="otherFlow"/> first and what it was made with when that fails.</summary>
    internal void GoFirst(byte[] otherPacked, in SipFlow otherFlow)
    {
        fallback = (packed!, Flow);
        (packed, Flow) = (otherPacked, otherFlow);
    }

    /// <summary>Sends for the first time. A failure is told to the user later, never from within.</summary>
    internal void Start()
    {
        var timers = endpoint.Timers;
        if (!Flow.IsReliable) Arm(again!, interval = timers.T1);
        Arm(end, IsInvite ? timers.B : timers.F);
        if (!endpoint.Transmit(packed!, Flow, this)) endpoint.Loop.Post(static t => ((ClientTransaction)t!).OnSendFailed(), this);
    }

    internal void OnResponse(SipResponse response)
    {
        var status = response.Status;
        Step(status.IsProvisional ? ClientInput.Provisional : status.IsSuccess ? ClientInput.Success : ClientInput.Failure, response);
    }

    public void OnSendFailed()
    {
        if (fallback is not { } other || State is not (TransactionState.Calling or TransactionState.Trying)) { Step(ClientInput.TransportError); return; }
        fallback = null;
        endpoint.Metrics.SwitchedBack++;
        endpoint.Transactions.Heard(this);
        (packed, Flow) = other;
        Start();
    }

    public void OnDeadline(Deadline deadline) => Step((deadline.Tag, State) switch
    {
        (Again, _) => IsInvite ? ClientInput.TimerA : ClientInput.TimerE,
        (_, TransactionState.Completed) => IsInvite ? ClientInput.TimerD : ClientInput.TimerK,
        (_, TransactionState.Accepted) => ClientInput.TimerM,
        _ => IsInvite ? ClientInput.TimerB : ClientInput.TimerF,
    });

    /// <summary>Drops the transaction without a word: the endpoint closes, or nobody waits for the answer any more.</summary>
    internal void Abandon() => Finish();

    private void Step(ClientInput input, SipResponse? response = null)
    {
        bool wasOpen = IsOpen;
        var (next, actions) = IsInvite ? ClientInvite.Step(State, input) : ClientNonInvite.Step(State, input);
        State = next;
        if (actions == ClientActions.Nothing && next != TransactionState.Terminated) return;
        bool sent = true;
        if (response is not null) endpoint.Transactions.Heard(this);
        if ((actions & ClientActions.StopTimers) != 0) StopTimers();
        if ((actions & ClientActions.Retransmit) != 0) sent = Repeat(IsInvite ? interval * 2 : endpoint.Timers.BackOff(interval));
        if ((actions & ClientActions.RetransmitSlowly) != 0) sent = Repeat(endpoint.Timers.T2);
        if ((actions & ClientActions.Ack) != 0) sent = Acknowledge(response!);
        if ((actions & ClientActions.StartD) != 0) Linger(endpoint.Timers.D(Flow.IsReliable));
        if ((actions & ClientActions.StartK) != 0) Linger(endpoint.Timers.K(Flow.IsReliable));
        if ((actions & ClientActions.StartM) != 0) Linger(endpoint.Timers.M);
        if (next == TransactionState.Terminated) Finish();
        if ((actions & ClientActions.PassUp) != 0) user?.OnResponse(this, response!);
        if ((actions & ClientActions.TimedOut) != 0) { endpoint.Metrics.RequestsTimedOut++; user?.OnNoResponse(this, SipStatus.RequestTimeout); }
        if ((actions & ClientActions.Failed) != 0 && wasOpen) { endpoint.Metrics.RequestsUnsent++; user?.OnNoResponse(this, SipStatus.ServiceUnavailable); }
        // What lingers keeps nothing alive that it no longer tells.
        if (!IsInvite && !IsOpen) user = null;
        if (!sent && next != TransactionState.Terminated) Step(ClientInput.TransportError);
    }

    private bool Repeat(int next)
    {
        Arm(again!, interval = next);
        endpoint.Metrics.Retransmissions++;
        return endpoint.Transmit(packed!, Flow, this);
    }

    /// <summary>The ACK for a non-2xx: same branch, the response's To (17.1.1.3). Kept packed for the response's repetitions.</summary>
    private bool Acknowledge(SipResponse response)
    {
        if (head is not null) packed = endpoint.Compose.FailureAck(head, Id, Flow, response);
        head = null;
        return endpoint.Transmit(packed!, Flow, null);
    }

    private void Linger(int ms)
    {
        if (!IsInvite || State == TransactionState.Accepted) packed = null;
        StopTimers();
        again = null;
        head = null;
        if (ms <= 0) Finish();
        else if (IsInvite) endpoint.Loop.Deadlines.ArmLoosely(end, ms);
        else endpoint.Transactions.Retire(this, new LastRequest(Method, Flow, null), ms);
    }

    /// <summary>The call it brought is over: of an INVITE that was answered only <paramref name="ack"/> can be wanted again.</summary>
    internal void Retire(SentAck ack)
    {
        if (State != TransactionState.Accepted) return;
        StopTimers();
        user = null;
        endpoint.Transactions.Retire(this, new LastRequest(Method, Flow, ack), endpoint.Timers.M);
    }

    private void Finish()
    {
        State = TransactionState.Terminated;
        StopTimers();
        packed = null;
        head = null;
        endpoint.Transactions.Remove(this);
    }

    private void Arm(Deadline deadline, int ms) => endpoint.Loop.Deadlines.Arm(deadline, ms);

    private void StopTimers()
    {
        if (again is not null) endpoint.Loop.Deadlines.Disarm(again);
        endpoint.Loop.Deadlines.Disarm(end);
    }
}
