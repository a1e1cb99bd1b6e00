using Mesh.Host.Config.Model;
using Mesh.Host.Storage;
using Mesh.Io;

namespace Mesh.Host.Registrar;

/// <summary>
/// The registrar's shell: applies what <see cref="RegistrationRules"/> decide to the table and the store, and answers once the store has it on disk. Signalling loop only.
/// </summary>
public sealed class PhoneRegistrar : IDeadlineOwner
{
    private const int PurgeEveryMs = 1000, PurgeAtOnce = 1000;
    private readonly IStorage storage;
    private readonly RegistrarConfig limits;
    private readonly Loop loop;
    private readonly Func<long> nextRow;
    private readonly Deadline purge;
    private readonly List<Binding> gone = [];

    public PhoneRegistrar(BindingTable table, IStorage storage, RegistrarConfig limits, Loop loop)
    {
        Table = table;
        this.storage = storage;
        this.limits = limits;
        this.loop = loop;
        nextRow = table.NextRow;
        purge = new Deadline(this);
    }

    public BindingTable Table { get; }

    public RegistrarCounters Counters { get; } = new();

    /// <summary>Begins to purge what lapses. On the loop.</summary>
    public void Start() => loop.Deadlines.Arm(purge, PurgeEveryMs);

    public void Stop() => loop.Deadlines.Disarm(purge);

    public void Register(RegistrationRequest request, IRegistrationOwner owner)
    {
        long now = loop.Clock.NowMs;
        var current = Table.Of(request.Account, now);
        var decision = RegistrationRules.Decide(current, request, limits, now, nextRow);
        if (decision.Status != 200 || decision.Changes.Count == 0)
        {
            if (decision.Status != 200) Counters.Refused(decision.Status);
            owner.OnRegistrationAnswer(new RegistrationAnswer(decision.Status, decision.MinExpires, decision.Status == 200 ? current : []));
            return;
        }
        if (Table.Count + Added(decision.Changes, current) > limits.Contacts || !storage.TryPost(new StoreRegistration(this, request.Account, decision.Changes, owner, Wall)))
        {
            Counters.Refused(503);
            owner.OnRegistrationAnswer(new RegistrationAnswer(503, 0, []));
            return;
        }
        // The table runs ahead of the disk by what is not yet acknowledged, so that the next request sees this one.
        foreach (var change in decision.Changes)
        {
            if (change.Kind == BindingChangeKind.Remove) Table.Remove(change.Binding);
            else Table.Put(change.Binding);
        }
    }

    /// <summary>Registers an IAX2 device, which is at one place: <paramref name="refreshSeconds"/> 0 releases it.</summary>
    public void RegisterDevice(string account, NetAddress from, uint refreshSeconds, IRegistrationOwner owner) => Register(new RegistrationRequest
    {
        Account = account,
        AddressOfRecord = account,
        Technology = BindingTechnology.Iax2,
        Contacts = refreshSeconds == 0 ? [] : [new ContactRequest($"iax2:{account}@{from}", refreshSeconds)],
        HasStar = refreshSeconds == 0,
        Expires = refreshSeconds,
        Received = from,
        OnePlace = true,
    }, owner);

    /// <summary>Forgets what was registered over a connection that is gone (RFC 5626 section 5.3 speaks of flows): nothing can reach it.</summary>
    public void OnFlowClosed(string account, long flowId)
    {
        var lost = Table.Of(account, loop.Clock.NowMs).Where(b => b.FlowId == flowId && flowId != 0).ToList();
        if (lost.Count == 0) return;
        foreach (var b in lost) Table.Remove(b);
        Forget(lost);
    }

    public void OnDeadline(Deadline deadline)
    {
        gone.Clear();
        Table.Purge(loop.Clock.NowMs, PurgeAtOnce, gone);
        if (gone.Count > 0)
        {
            Counters.Lapsed += gone.Count;
            Forget(gone);
        }
        loop.Deadlines.Arm(deadline, gone.Count == PurgeAtOnce ? 1 : PurgeEveryMs);
    }

    internal void OnStored(string account, IRegistrationOwner owner, bool stored)
    {
        if (stored) Counters.Accepted++;
        else Counters.Refused(500);
        owner.OnRegistrationAnswer(stored ? new RegistrationAnswer(200, 0, Table.Of(account, loop.Clock.NowMs)) : new RegistrationAnswer(500, 0, []));
    }

    // When the store is full the rows stay and lapse by themselves at the next start.
    private void Forget(IEnumerable<Binding> bindings) =>
        storage.TryPost(new StoreRegistration(this, "", [.. bindings.Select(b => new BindingChange(BindingChangeKind.Remove, b))], null, Wall));

    private static int Added(IReadOnlyList<BindingChange> changes, IReadOnlyList<Binding> current)
    {
        int added = 0;
        foreach (var change in changes)
            added += change.Kind == BindingChangeKind.Remove ? -1 : change.Kind == BindingChangeKind.Put && !current.Any(b => b.Row == change.Binding.Row) ? 1 : 0;
        return added;
    }

    /// <summary>What to add to a time of the loop's clock to get Unix milliseconds.</summary>
    private long Wall => loop.Clock.UtcNow.ToUnixTimeMilliseconds() - loop.Clock.NowMs;
}
