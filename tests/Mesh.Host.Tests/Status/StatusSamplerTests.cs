using Mesh.Host.Status.Sampling;
using Mesh.Host.Storage;
using Mesh.Host.Tests.Storage;
using Mesh.Io.Simulation;

namespace Mesh.Host.Tests.Status;

public sealed class StatusSamplerTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly StatusSamplerOptions Coarse = new() { Period = TimeSpan.FromMinutes(5), Late = TimeSpan.FromMinutes(12), Silent = TimeSpan.FromMinutes(30), StoreEvery = TimeSpan.FromMinutes(5) };
    private readonly SimulatedWorld world = new(1, Start);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-status-");

    private DateOnly Today => DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime);

    public void Dispose()
    {
        world.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Ninety_days_are_counted_to_the_minute()
    {
        var site = new Site();
        using var sampler = Begin(site, new ServiceHistory([]));
        for (int day = 0; day < 95; day++)
        {
            world.RunFor(TimeSpan.FromHours(3));
            site.Manchester = day % 30 == 20 ? ServiceState.Down : day % 30 == 25 ? ServiceState.Degraded : ServiceState.Up;
            world.RunFor(TimeSpan.FromHours(2));
            site.Manchester = ServiceState.Up;
            world.RunFor(TimeSpan.FromHours(19));
        }
        var manchester = sampler.Current.Services.Single(s => s.Id == "site-manchester");
        Assert.Equal(ServiceHistory.Days, manchester.Days.Count);
        // The 95 days end at a midnight: the last of the ninety is the 95th, day 94 from 0.
        int first = 95 - 90 + (manchester.Days[^1].Known > TimeSpan.FromMinutes(10) ? 0 : 1);
        for (int i = 0; i < 89; i++)
        {
            int day = first + i;
            var expected = day % 30 == 20 ? ServiceState.Down : day % 30 == 25 ? ServiceState.Degraded : ServiceState.Up;
            Assert.Equal((day, expected), (day, manchester.Days[i].State));
            Assert.InRange(manchester.Days[i].Known.TotalMinutes, 1435, 1440);
            if (expected == ServiceState.Down) Assert.InRange(manchester.Days[i].Down.TotalMinutes, 115, 125);
        }
        Assert.InRange(manchester.Uptime!.Value, 1 - (3.05 * 2 / (90 * 24)), 1 - (2.8 * 2 / (90 * 24)));
    }

    [Fact]
    public void A_restart_goes_on_where_it_was_and_the_time_between_is_nobodys()
    {
        var site = new Site();
        using (var store = Open())
        using (var sampler = Begin(site, new ServiceHistory(store.Loaded), store.Storage))
        {
            world.RunFor(TimeSpan.FromHours(9));
            site.Manchester = ServiceState.Down;
            world.RunFor(TimeSpan.FromHours(1));
        }
        world.RunFor(TimeSpan.FromHours(4));
        site.Manchester = ServiceState.Up;
        using (var store = Open())
        using (var sampler = Begin(site, new ServiceHistory(store.Loaded), store.Storage))
        {
            world.RunFor(TimeSpan.FromHours(2));
            var day = sampler.Current.Services.Single(s => s.Id == "site-manchester").Days[^1];
            Assert.InRange(day.Down.TotalMinutes, 55, 65);
            Assert.InRange(day.Up.TotalMinutes, 11 * 60 - 10, 11 * 60 + 5);
            Assert.Equal(ServiceState.Down, day.State);
        }
        world.RunFor(TimeSpan.FromDays(95));
        using (var store = Open()) Assert.Empty(store.Loaded);
    }

    [Fact]
    public void A_loop_that_does_not_answer_is_late_and_then_down_and_never_waited_for()
    {
        var site = new Site();
        using var sampler = Begin(site, new ServiceHistory([]));
        world.RunFor(TimeSpan.FromHours(1));
        Assert.Equal([ServiceState.Up, ServiceState.Up], States(sampler));
        var last = sampler.Current.At;
        site.Answers = false;
        world.RunFor(TimeSpan.FromMinutes(16));
        Assert.Equal([ServiceState.Degraded, ServiceState.Up], States(sampler));
        world.RunFor(TimeSpan.FromMinutes(20));
        Assert.Equal([ServiceState.Down, ServiceState.Unknown], States(sampler));
        Assert.InRange((sampler.Current.At - last)!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        site.Answers = true;
        world.RunFor(TimeSpan.FromMinutes(11));
        Assert.Equal([ServiceState.Up, ServiceState.Up], States(sampler));
    }

    [Fact]
    public void A_site_that_never_answered_says_nothing()
    {
        using var sampler = Begin(new Site { Answers = false }, new ServiceHistory([]));
        world.RunFor(TimeSpan.FromHours(1));
        Assert.Null(sampler.Current.At);
        Assert.Empty(sampler.Current.Services);
    }

    [Fact]
    public void Days_that_could_not_be_stored_are_stored_later()
    {
        bool works = false;
        var stored = new List<ServiceDay>();
        using var sampler = new StatusSampler(new Site(), new ServiceHistory([]), world.Clock, Coarse, days => { if (works) stored.AddRange(days); return works; });
        sampler.Start();
        world.RunFor(TimeSpan.FromHours(25));
        works = true;
        world.RunFor(TimeSpan.FromMinutes(6));
        Assert.Contains(stored, d => d.Day == Today.AddDays(-1) && d.Up.TotalHours > 23.5);
    }

    private static IEnumerable<ServiceState> States(StatusSampler sampler) => sampler.Current.Services.Select(s => s.State);

    private StatusSampler Begin(Site site, ServiceHistory history, IStorage? storage = null)
    {
        var sampler = new StatusSampler(site, history, world.Clock, Coarse, days => storage?.TryPost(new StoreDays(days)) ?? true);
        sampler.Start();
        return sampler;
    }

    private Store Open()
    {
        var database = SiteDatabase.Open(Path.Combine(folder.FullName, "mesh.db"));
        var loaded = database.Status.Load(world.Clock.GetUtcNow());
        var loop = TestLoop.Start();
        return new Store(new StorageThread(database, loop), loaded, loop);
    }

    private sealed record Store(StorageThread Storage, IReadOnlyList<ServiceDay> Loaded, Mesh.Io.Loop Loop) : IDisposable
    {
        public void Dispose()
        {
            Storage.Dispose();
            Loop.Dispose();
        }
    }

    private sealed class Site : IStatusReadings
    {
        public ServiceState Manchester { get; set; } = ServiceState.Up;

        public bool Answers { get; set; } = true;

        public bool TryAsk(Action<IReadOnlyList<ServiceReading>> answer)
        {
            if (Answers) answer(StatusScenes.Readings(Manchester));
            return true;
        }
    }
}
