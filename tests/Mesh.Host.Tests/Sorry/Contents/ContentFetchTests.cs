using System.Diagnostics;
using System.Net;
using System.Text;
using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Config.Model;
using Mesh.Host.Sites;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Switches;
using Mesh.Host.Tests.Admin;
using Mesh.Io;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace Mesh.Host.Tests.Sorry.Contents;

/// <summary>Sites that fetch stored pages from each other over real admin listeners; the journal between them is carried by hand.</summary>
public sealed class ContentFetchTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const string Host = "www.example";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-fetch-");
    private readonly List<Place> places = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var place in places) await place.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_kept_at_one_site_comes_to_the_others_piece_by_piece_and_goes_again()
    {
        var (london, leeds) = (Make("london", 1), Make("leeds", 2));
        foreach (var place in places) await place.StartAsync(places);
        // Three pieces and a bit.
        var version = await KeepAsync(london, 3 * ContentPages.Piece + 7);
        long began = Stopwatch.GetTimestamp();
        Carry(london, leeds);
        await Until(() => leeds.Contents.Open(version.Id) is not null, "it has not come");
        output.WriteLine($"{version.Octets} octets came in {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");
        Assert.Equal(File.ReadAllBytes(london.Contents.Folder.PathOf(version.Id)), File.ReadAllBytes(leeds.Contents.Folder.PathOf(version.Id)));
        Assert.Equal((1, 1), (leeds.Counters.Fetched, london.Counters.Sent));
        Assert.Null(await london.Contents.DropAsync(london.Contents.Versions(Host)[0], "anna"));
        Carry(london, leeds);
        await Until(() => !leeds.Contents.Folder.Has(version.Id), "it has not gone");
        Assert.Empty(Directory.EnumerateFiles(leeds.Folder));
    }

    [Fact]
    public async Task A_site_that_has_it_too_stands_in_for_one_that_is_away_and_one_that_comes_back_is_asked_again()
    {
        var (london, leeds, york) = (Make("london", 1), Make("leeds", 2), Make("york", 3));
        await london.StartAsync(places);
        await leeds.StartAsync(places);
        var version = await KeepAsync(london, 1_000);
        Carry(london, leeds);
        await Until(() => leeds.Contents.Folder.Has(version.Id), "it has not come to leeds");
        await london.StopAsync();
        await york.StartAsync(places);
        Carry(london, york);
        await Until(() => york.Contents.Folder.Has(version.Id), "it has not come to york");

        await leeds.StopAsync();
        var second = await KeepAsync(leeds, 2_000);
        Carry(leeds, york);
        await Until(() => york.Metric("mesh_sorry_contents_fetch_failures_total") >= 2, "york does not try");
        Assert.Null(york.Contents.Open(second.Id));
        await leeds.StartAsync(places);
        await Until(() => york.Contents.Folder.Has(second.Id), "it has not come to york after leeds is back");
    }

    [Fact]
    public async Task What_is_not_what_its_id_says_is_thrown_away()
    {
        var (london, leeds) = (Make("london", 1), Make("leeds", 2));
        foreach (var place in places) await place.StartAsync(places);
        var version = await KeepAsync(london, 5_000);
        string file = london.Contents.Folder.PathOf(version.Id);
        byte[] good = File.ReadAllBytes(file), bad = [.. good];
        bad[^1] ^= 1;
        File.WriteAllBytes(file, bad);
        Carry(london, leeds);
        await Until(() => leeds.Counters.Damaged > 0, "nobody noticed");
        Assert.Empty(Directory.EnumerateFiles(leeds.Folder));
        File.WriteAllBytes(file, good);
        await Until(() => leeds.Contents.Open(version.Id) is not null, "the good one has not come");
    }

    [Fact]
    public async Task Nobody_without_the_mesh_key_is_sent_anything_and_nothing_but_versions_is()
    {
        var (london, leeds) = (Make("london", 1), Make("leeds", 2));
        await london.StartAsync(places);
        var version = await KeepAsync(london, 1_000);
        byte[] question = ContentPages.Question(version.Id, 0);
        using var wrongKey = Link(london, "leeds", "another-key-that-is-long-enough-for-anybody-01");
        Assert.Equal(PairFault.Refused, (await wrongKey.AskAsync(question, default)).Fault);
        using var stranger = new HttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync(london.Url + ContentPages.Path, new ByteArrayContent(question))).StatusCode);
        Assert.Equal((1, 1), (london.Counters.Of(PairRefusal.Forged), london.Counters.Of(PairRefusal.Unsigned)));

        using var right = Link(london, "leeds", Place.Key);
        Assert.Equal(File.ReadAllBytes(london.Contents.Folder.PathOf(version.Id)), (await right.AskAsync(question, default)).Body);
        Assert.Equal(PairFault.None, (await right.AskAsync(ContentPages.Question(version.Id, version.Octets), default)).Fault);
        foreach (byte[] odd in (byte[][])[[], Encoding.ASCII.GetBytes(version.Id), ContentPages.Question(version.Id, -1), ContentPages.Question(version.Id, long.MaxValue), ContentPages.Question(new string('a', 64), 0), ContentPages.Question("../../../etc/passwd".PadRight(64, '/'), 0), ContentPages.Question(version.Id.ToUpperInvariant(), 0)])
            Assert.Equal(PairFault.Refused, (await right.AskAsync(odd, default)).Fault);
        // On the disk, but no version: a file somebody put there.
        string planted = new('b', 64);
        File.WriteAllText(london.Contents.Folder.PathOf(planted), "x");
        Assert.Equal(PairFault.Refused, (await right.AskAsync(ContentPages.Question(planted, 0), default)).Fault);
    }

    private PairLink Link(Place to, string from, string key) => new(from,
        new PairPlace(to.Name, new Uri(to.Url + ContentPages.Path), new PairMac(ContentPages.Scheme, new MeshKeys(new Secret(key)).ContentKey(from, to.Name))), TimeProvider.System, new CryptoChance(), ContentPages.Limits);

    private Place Make(string name, int host)
    {
        var place = new Place(name, FreePort.On($"127.68.7.{host}", "http"), Path.Combine(folder.FullName, name));
        places.Add(place);
        return place;
    }

    private static async Task<ContentVersion> KeepAsync(Place place, int octets)
    {
        // Each differs from the next, so that no two pieces are alike.
        string css = string.Concat(Enumerable.Range(0, octets / 10 + 1).Select(i => $"/*{i:x6}*/"))[..octets];
        var outcome = await place.Contents.KeepAsync(Host, new ContentOffer(ContentKind.Upload, [new ContentFile("index.html", "x"u8.ToArray()), new ContentFile("a.css", Encoding.ASCII.GetBytes(css))], "", "anna", "anna", ""));
        Assert.Null(outcome.Fault);
        return outcome.Version!;
    }

    private static void Carry(Place from, Place to)
    {
        var known = to.Journal.Read(ContentAnnouncement.Kind).Select(e => (e.Site, e.Number)).ToHashSet();
        foreach (var entry in from.Journal.Read(ContentAnnouncement.Kind).Select(e => e.Site == "london" ? e with { Site = from.Name } : e))
            if (known.Add((entry.Site, entry.Number))) to.Journal.Put(entry);
    }

    private static async Task Until(Func<bool> holds, string otherwise)
    {
        for (int i = 0; i < 600; i++)
        {
            if (holds()) return;
            await Task.Delay(50);
        }
        Assert.Fail(otherwise);
    }

    private sealed class Place : IAsyncDisposable
    {
        public const string Key = "a-key-that-is-long-enough-for-anybody-to-use-0001";
        private readonly SorrySwitches switches;
        private readonly ListenAddress listen;
        private AdminListener? admin;
        private ContentFetch? fetch;

        public Place(string name, ListenAddress listen, string folder)
        {
            (Name, this.listen, Folder) = (name, listen, folder);
            switches = new SorrySwitches(Journal, TimeProvider.System);
            Contents = new SiteContents(Journal, switches, new ContentFolder(folder), new PreviewSecrets(new byte[32]), TimeProvider.System);
        }

        public string Name { get; }
        public string Folder { get; }
        public string Url => $"http://{listen.Bind}";
        public MemoryJournal Journal { get; } = new(TimeProvider.System);
        public SiteContents Contents { get; }
        public ContentCounters Counters { get; } = new();

        public async Task StartAsync(IReadOnlyList<Place> all)
        {
            var keys = new MeshKeys(new Secret(Key));
            var others = all.Where(p => p != this).Select(p => new PairPlace(p.Name, new Uri(p.Url + ContentPages.Path), new PairMac(ContentPages.Scheme, keys.ContentKey(Name, p.Name)))).ToList();
            var pages = new ContentPages(Contents, Name, others.ToDictionary(o => o.Name, o => o.Mac), TimeProvider.System, Counters);
            admin = await AdminListener.StartAsync(new FakeSiteView(), null, listen, NullLoggerFactory.Instance, CancellationToken.None, pages);
            fetch = new ContentFetch(Contents, Name, others, TimeProvider.System, () => new CryptoChance(), Counters);
            fetch.Start();
        }

        public async Task StopAsync()
        {
            if (fetch is not null) await fetch.DisposeAsync();
            if (admin is not null) await admin.DisposeAsync();
            (fetch, admin) = (null, null);
        }

        public long Metric(string name)
        {
            var writer = new MetricWriter();
            Counters.Write(writer);
            return long.Parse(writer.ToString().Split('\n').First(l => l.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1]);
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            Contents.Dispose();
            switches.Dispose();
        }
    }
}
