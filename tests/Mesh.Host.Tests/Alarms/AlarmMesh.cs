using System.Text.Json;
using Mesh.Host.Alarms;
using Mesh.Host.Config.Model;
using Mesh.Host.Incidents;
using Mesh.Host.Journal;
using Mesh.Host.Sorry.Automatic;
using Mesh.Host.Sorry.Switches;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Tests.Alarms;

/// <summary>
/// Sites that look for what is amiss, in time that is moved by hand: whom each reaches is the test's to say, and journals pass between those who reach each other. The journals merge by the
/// real rules.
/// </summary>
internal sealed class AlarmMesh : IAsyncDisposable
{
    private readonly HashSet<(string, string)> cut = [];

    public AlarmMesh(IReadOnlyList<SorryAutomaticConfig> automatic, params string[] sites)
    {
        foreach (string site in sites) Sites[site] = new Member(this, site, [.. sites.Where(s => s != site)], automatic);
        Run(TimeSpan.FromSeconds(30));
    }

    public MovedTime Time { get; } = new();

    public Dictionary<string, Member> Sites { get; } = [];

    public Member this[string site] => Sites[site];

    /// <summary>Nothing passes between the two groups.</summary>
    public void Cut(string[] some, string[] others)
    {
        foreach (string a in some) foreach (string b in others) { cut.Add((a, b)); cut.Add((b, a)); }
    }

    public void Heal() => cut.Clear();

    public void Run(TimeSpan duration)
    {
        for (var step = TimeSpan.FromMilliseconds(250); duration > TimeSpan.Zero; duration -= step)
        {
            Time.Move(step);
            foreach (var site in Sites.Values.Where(s => s.Runs)) site.Look();
            foreach (var (name, site) in Sites)
                foreach (string other in Sites.Keys)
                    if (Reaches(name, other)) site.Journal.Take(Sites[other].Journal);
        }
    }

    public bool Reaches(string site, string other) => site != other && Sites[site].Runs && Sites[other].Runs && !cut.Contains((site, other));

    public async ValueTask DisposeAsync()
    {
        foreach (var site in Sites.Values) await site.Watch.DisposeAsync();
    }

    internal sealed class Member
    {
        private readonly AlarmMesh mesh;
        private readonly string name;
        private readonly IReadOnlyList<string> others;
        private readonly SiteRoster roster;

        public Member(AlarmMesh mesh, string name, IReadOnlyList<string> others, IReadOnlyList<SorryAutomaticConfig> automatic)
        {
            (this.mesh, this.name, this.others) = (mesh, name, others);
            Journal = new Copy(name, mesh.Time);
            Switches = new SorrySwitches(Journal, mesh.Time, site: name);
            var options = new AlarmOptions();
            roster = new SiteRoster(name, others, options);
            var drafts = new AlarmDrafts(Journal, name, options);
            roster.IsSeen = key => drafts.SeenBy(key).Count > 0;
            Watch = new AlarmWatch(options, mesh.Time, () => [.. roster.Facts(), .. More], drafts,
                new AutomaticSorry(Journal, () => Switches.Board, name, automatic, roster, drafts, options), static e => throw new InvalidOperationException("a look failed", e));
            Desk = new IncidentDesk(Journal, mesh.Time, new Mesh.Io.CryptoChance());
        }

        public bool Runs { get; set; } = true;

        public Copy Journal { get; }

        public SorrySwitches Switches { get; }

        public AlarmWatch Watch { get; }

        public IncidentDesk Desk { get; }

        public List<AlarmFact> More { get; } = [];

        /// <summary>The drafts this site shows.</summary>
        public IEnumerable<Incident> Drafts => Desk.All.Where(i => i.State == IncidentState.Draft);

        public string? Answer(string host) => Switches.Board.Find(SorryChannel.Http, host, mesh.Time.GetUtcNow())?.Message;

        public void Look()
        {
            foreach (string other in others)
            {
                roster.Set(other, mesh.Reaches(name, other) ? ServiceState.Up : ServiceState.Down);
                roster.SetJournal(other, mesh.Reaches(name, other) ? null : "no answer");
            }
            var looking = Watch.LookAsync();
            Assert.True(looking.IsCompleted);
            looking.GetAwaiter().GetResult();
        }
    }

    /// <summary>One site's copy of the journal.</summary>
    internal sealed class Copy(string site, TimeProvider time) : ISharedJournal
    {
        private readonly List<Action<JournalEntry>> observers = [];

        public JournalState State { get; private set; } = JournalState.Empty;

        public Task<JournalEntry> AppendAsync(string kind, string subject, string who, string why, JsonElement body, CancellationToken cancelled = default)
        {
            var entry = new JournalEntry(site, State.Last(site) + 1, State.NextAt(site, time.GetUtcNow(), TimeSpan.FromMinutes(10)), kind, subject, who, why, body);
            Keep(State.Merge([entry]));
            return Task.FromResult(entry);
        }

        public void Take(Copy other) => Keep(State.Merge(other.State.MissingFrom(State.Have, new JournalLimits())));

        public IReadOnlyList<JournalEntry> Read(string kind) => State.Read(kind);

        public IDisposable Observe(Action<JournalEntry> onEntry)
        {
            observers.Add(onEntry);
            return new Ended();
        }

        private void Keep(JournalMerge merge)
        {
            Assert.Empty(merge.Refused);
            State = merge.State;
            foreach (var entry in merge.New) foreach (var observer in observers) observer(entry);
        }

        private sealed class Ended : IDisposable
        {
            public void Dispose() { }
        }
    }

    /// <summary>Time that is moved by hand; its timers never fire.</summary>
    internal sealed class MovedTime : TimeProvider
    {
        private DateTimeOffset now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now.Ticks;

        public override DateTimeOffset GetUtcNow() => now;

        public void Move(TimeSpan by) => now += by;
    }
}
