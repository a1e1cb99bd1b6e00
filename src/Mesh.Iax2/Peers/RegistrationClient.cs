using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Peers;

/// <summary>Keeps a registration of ours at another server: the shell of <see cref="Registration"/>. One loop's.</summary>
public sealed class RegistrationClient : IDeadlineOwner
{
    // Growing, so that a server that comes back is found soon and one that stays away is not pestered.
    private static readonly int[] RetrySeconds = [5, 10, 20, 40, 60];

    private readonly IaxEndpoint endpoint;
    private readonly Deadline next;
    private RegistrationExchange? exchange;
    private int failures;

    internal RegistrationClient(IaxEndpoint endpoint, RegistrationClientOptions options)
    {
        this.endpoint = endpoint;
        Options = options;
        next = new Deadline(this);
    }

    public RegistrationClientOptions Options { get; }

    public RegistrationState State { get; private set; }

    /// <summary>Seconds the server granted; 0 before.</summary>
    public int GrantedSeconds { get; private set; }

    /// <summary>Our address as the server sees it.</summary>
    public NetAddress? ApparentAddress { get; private set; }

    /// <summary>Messages waiting there: old in the high octet, new in the low.</summary>
    public ushort? MessageCount { get; private set; }

    /// <summary>What the server said when it refused last; null before.</summary>
    public string? RefusalText { get; private set; }

    /// <summary><see cref="MessageCount"/> as numbers; null while the server tells none.</summary>
    public MessagesWaiting? Messages => MessageCount is { } octets ? MessagesWaiting.FromOctets(octets) : null;

    /// <summary>What the server's clock said when it granted last; some say nonsense.</summary>
    public DateTimeOffset? ServerTime { get; private set; }

    /// <summary>Registers now, and keeps it so.</summary>
    public void Start() => Step(RegistrationInput.Due, Elements.None);

    /// <summary>Takes the registration back.</summary>
    public void Stop() => Step(RegistrationInput.HostStops, Elements.None);

    void IDeadlineOwner.OnDeadline(Deadline deadline) => Step(RegistrationInput.Due, Elements.None);

    internal void Step(RegistrationInput input, Elements elements)
    {
        (State, var actions) = Registration.Step(State, input);
        if (actions.HasFlag(RegistrationActions.Close)) Close();
        if (actions.HasFlag(RegistrationActions.SendRequest)) Open(IaxCommand.RegReq);
        if (actions.HasFlag(RegistrationActions.SendRelease)) Open(IaxCommand.RegRel);
        if (actions.HasFlag(RegistrationActions.ResendWithToken)) exchange?.ResendWithToken(elements.CallToken!);
        if (actions.HasFlag(RegistrationActions.SendAnswer)) exchange?.SendAnswer(elements);
        if (input == RegistrationInput.Refused) RefusalText = elements.Cause;
        if (actions.HasFlag(RegistrationActions.StopTimers)) endpoint.Loop.Deadlines.Disarm(next);
        if (actions.HasFlag(RegistrationActions.ArmRefresh)) Take(elements);
        if (actions.HasFlag(RegistrationActions.ArmRetry)) ArmIn(RetrySeconds[Math.Min(failures++, RetrySeconds.Length - 1)] * 1000L);
        if (actions.HasFlag(RegistrationActions.ArmRefusedRetry)) ArmIn(Options.RefusedRetrySeconds * 1000L);
        if (actions.HasFlag(RegistrationActions.Tell)) endpoint.Core.OnRegistration(this);
    }

    private void Take(Elements granted)
    {
        failures = 0;
        GrantedSeconds = granted.Refresh ?? 60;
        ApparentAddress = granted.ApparentAddress;
        MessageCount = granted.MessageCount;
        ServerTime = granted.DateTime;
        ArmIn(GrantedSeconds * 1000L * 5 / 6);
    }

    private void Open(IaxCommand command)
    {
        Close();
        exchange = new RegistrationExchange(endpoint, this, command);
        if (exchange.TryTakeNumber()) exchange.Start();
        else Step(RegistrationInput.Exhausted, Elements.None);
    }

    private void Close()
    {
        exchange?.Finish();
        exchange = null;
    }

    private void ArmIn(long ms) => endpoint.Loop.Deadlines.Arm(next, ms);
}
