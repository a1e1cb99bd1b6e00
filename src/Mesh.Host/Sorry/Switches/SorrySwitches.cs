using Mesh.Host.Admin;
using Mesh.Host.Journal;

namespace Mesh.Host.Sorry.Switches;

/// <summary>The one place of the switches: orders go to the shared journal, what it says is in force at once, whichever site it was said at.</summary>
public sealed class SorrySwitches : IMetricSource, IDisposable
{
    private readonly ISharedJournal journal;
    private readonly TimeProvider time;
    private readonly string site;
    private readonly IDisposable observing;
    private readonly Lock folding = new();
    private volatile SorryBoard board = SorryBoard.Empty;
    private long refused;

    /// <param name="site">Whose own automatic switches are in force here.</param>
    public SorrySwitches(ISharedJournal journal, TimeProvider time, SorryLimits? limits = null, string site = "")
    {
        this.site = site;
        this.journal = journal;
        this.time = time;
        Limits = limits ?? new SorryLimits();
        observing = journal.Observe(entry => { if (entry.Kind == SorryOrder.Kind) Project(); });
        Project();
    }

    public SorryLimits Limits { get; }

    /// <summary>Called after each change, from any thread; must not wait.</summary>
    public event Action? Changed;

    /// <summary>What else an order for the telephone must pass, its target in its one spelling: null, or why it is refused.</summary>
    public Func<string, SorryOrder, CancellationToken, Task<string?>> Telephone { get; set; } = static (_, _, _) => Task.FromResult<string?>(null);

    /// <summary>What is in force; whoever answers takes it once per request or transaction. From any thread.</summary>
    public SorryBoard Board => board;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>See <see cref="SorryCheck.Warnings"/>.</summary>
    public IReadOnlyList<string> Warnings => SorryCheck.Warnings(board, Now, Limits);

    /// <summary>Gives an order. Returns null when it is in force and on disk, else why it was refused.</summary>
    public async Task<string?> OrderAsync(string target, SorryOrder order, string who, string why, CancellationToken cancelled = default)
    {
        string? kept = SorryTarget.Parse(target);
        string? fault = kept is null ? "the target is a host name, *.DOMAIN, a telephone number like +442079460123, a trunk or *" : SorryCheck.Fault(board, kept, order, who, why, Now, Limits);
        if (fault is null && order.Answers.Any(a => a.Channel() == SorryChannel.Phone)) fault = await Telephone(kept!, order, cancelled);
        if (fault is not null)
        {
            Interlocked.Increment(ref refused);
            return fault;
        }
        await journal.AppendAsync(SorryOrder.Kind, kept!, who, why, order.Write(), cancelled);
        Project();
        return null;
    }

    public void Write(MetricWriter writer)
    {
        var now = Now;
        var inForce = board.InForceHere.Where(n => n.InForce(now)).ToList();
        foreach (var channel in Enum.GetValues<SorryChannel>())
            writer.Gauge("mesh_sorry_switches", "Sorry switches in force.", inForce.Count(n => n.Channel == channel), ("channel", channel.ToString().ToLowerInvariant()));
        writer.Gauge("mesh_sorry_warnings", "Domains whose mail has been told to wait for so long that it is about to go back.", Warnings.Count);
        writer.Counter("mesh_sorry_orders_refused_total", "Orders refused.", Volatile.Read(ref refused));
        writer.Gauge("mesh_sorry_entries_unreadable", "Entries of the journal that this version does not understand.", board.Unreadable);
    }

    public void Dispose() => observing.Dispose();

    // Entries of other sites may sort before ours, so all are read again; two at once must not leave the older reading in force.
    private void Project()
    {
        lock (folding) board = SorryBoard.From(journal.Read(SorryOrder.Kind), site);
        Changed?.Invoke();
    }
}
