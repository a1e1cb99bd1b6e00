using System.Text;
using System.Text.Json;
using Mesh.Host.Journal;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Tests.Sorry.Contents;

/// <summary>The store of pages: whole or not at all, bounded, the same at all sites.</summary>
public sealed class SiteContentsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-contents-");
    private readonly HandClock clock = new();
    private readonly MemoryJournal journal;
    private readonly SorrySwitches switches;
    private readonly SiteContents contents;

    public SiteContentsTests()
    {
        journal = new MemoryJournal(clock);
        switches = new SorrySwitches(journal, clock);
        contents = Make(new ContentLimits { Versions = 3, OwnerOctets = 20_000, StoreOctets = 30_000 });
    }

    public void Dispose()
    {
        contents.Dispose();
        switches.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_same_files_are_the_same_version_whatever_their_order_and_at_whichever_site()
    {
        var one = await KeepAsync("www.example", ("index.html", "a"), ("b.css", "b"));
        var again = await KeepAsync("www.example", ("b.css", "b"), ("index.html", "a"));
        Assert.Equal(one.Version!.Id, again.Version!.Id);
        Assert.Single(contents.Versions("WWW.example".ToLowerInvariant()));
        Assert.Single(journal.Read(ContentAnnouncement.Kind));
        var (_, id) = ContentBundle.Pack([new ContentFile("b.css", "b"u8.ToArray()), new ContentFile("index.html", "a"u8.ToArray())]);
        Assert.Equal(id, one.Version.Id);
        Assert.Equal("b"u8.ToArray(), contents.Open(id)!.Read("B.CSS"));
        Assert.Null(contents.Open(id)!.Read("c.css"));
    }

    [Fact]
    public async Task The_oldest_that_is_shown_nowhere_makes_room_and_that_is_said()
    {
        List<string> ids = [];
        for (int i = 0; i < 3; i++)
        {
            ids.Add((await KeepAsync("www.example", ("index.html", $"version {i}"))).Version!.Id);
            clock.Now += TimeSpan.FromMinutes(1);
        }
        Assert.Null(await OnAsync("www.example", ids[0]));
        var fourth = await KeepAsync("www.example", ("index.html", "version 3"));
        Assert.Equal([ids[1]], fourth.Dropped.Select(d => d.Id));
        Assert.Equal([fourth.Version!.Id, ids[2], ids[0]], contents.Versions("www.example").Select(v => v.Id));
        Assert.False(contents.Folder.Has(ids[1]));
        Assert.Null(contents.Open(ids[1]));
        Assert.Contains("switched on", await contents.DropAsync(contents.Find("www.example", ids[0][..8])!, "anna"));
        foreach (string id in (string[])[ids[2], fourth.Version.Id]) Assert.Null(await OnAsync($"{id[..8]}.example", id));
        Assert.Contains("all are switched on", (await KeepAsync("www.example", ("index.html", "version 4"))).Fault);
    }

    [Fact]
    public async Task Quotas_are_of_an_owner_and_of_the_site_and_a_refusal_leaves_nothing_behind()
    {
        string large = new('x', 9_000);
        Assert.Null((await KeepAsync("a.example", ("index.html", large + 1))).Fault);
        Assert.Null((await KeepAsync("b.example", ("index.html", large + 2))).Fault);
        var tree = Tree();
        Assert.Contains("of anna together", (await KeepAsync("c.example", ("index.html", large + 3))).Fault);
        Assert.Equal(tree, Tree());
        Assert.Null((await KeepAsync("c.example", "tom", ("index.html", large + 3))).Fault);
        tree = Tree();
        Assert.Contains("all that is stored", (await KeepAsync("d.example", "tom", ("index.html", large + 4))).Fault);
        Assert.Contains("host name", (await KeepAsync("d..example", "tom", ("index.html", "x"))).Fault);
        Assert.Equal(tree, Tree());
    }

    [Fact]
    public async Task A_journal_that_takes_nothing_leaves_no_file_and_what_a_crash_left_is_swept_away()
    {
        using var refusing = new SiteContents(new RefusingJournal(), switches, new ContentFolder(Path.Combine(folder.FullName, "other")), new PreviewSecrets(new byte[32]), clock);
        await Assert.ThrowsAsync<JournalException>(() => refusing.KeepAsync("www.example", new ContentOffer(ContentKind.Upload, [new ContentFile("index.html", "a"u8.ToArray())], "", "a", "a", "")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder.FullName, "other")));
        File.WriteAllText(Path.Combine(folder.FullName, "other/7.part"), "half");
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder.FullName, new ContentFolder(Path.Combine(folder.FullName, "other")).Has(new string('a', 64)) ? "." : "other")));
    }

    public static TheoryData<string> Damages => ["cut", "longer", "no mark", "list too long", "a path that leads out", "a type that runs", "a length too long", "negative", "no first page", "no JSON", "twice"];

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_bundle_somebody_tampered_with_is_none(string damage)
    {
        byte[] Bundle(string list, string rest)
        {
            byte[] octets = Encoding.UTF8.GetBytes(list), length = BitConverter.GetBytes(octets.Length).Reverse().ToArray();
            return [.. "MPG1"u8, .. length, .. octets, .. Encoding.UTF8.GetBytes(rest)];
        }
        string First(string more) => $$"""[{"path":"index.html","length":1}{{more}}]""";
        string file = Path.Combine(folder.FullName, "bundle");
        File.WriteAllBytes(file, Bundle(First(""), "x"));
        Assert.NotNull(ContentBundle.Open(file, contents.Limits));
        File.WriteAllBytes(file, damage switch
        {
            "cut" => Bundle(First(""), ""),
            "longer" => Bundle(First(""), "xy"),
            "no mark" => [.. "ZIP1"u8, .. Bundle(First(""), "x")[4..]],
            "list too long" => [.. "MPG1"u8, 0x7f, 0xff, 0xff, 0xff, 1],
            "a path that leads out" => Bundle(First(""",{"path":"../x.html","length":1}"""), "xy"),
            "a type that runs" => Bundle(First(""",{"path":"x.js","length":1}"""), "xy"),
            "a length too long" => Bundle(First(""",{"path":"x.css","length":2147483647}"""), "xy"),
            "negative" => Bundle(First(""",{"path":"x.css","length":-1},{"path":"y.css","length":1}"""), "x"),
            "no first page" => Bundle("""[{"path":"x.css","length":1}]""", "x"),
            "no JSON" => Bundle("[{", "x"),
            _ => Bundle(First(""",{"path":"INDEX.html","length":1}"""), "xy"),
        });
        Assert.Null(ContentBundle.Open(file, contents.Limits));
    }

    [Fact]
    public async Task Entries_that_make_no_sense_change_nothing()
    {
        await KeepAsync("www.example", ("index.html", "a"));
        int number = 100;
        foreach (string body in (string[])["{}", """{"id":"../../etc"}""", """{"id":"ABC"}""", """{"drops":["zzz"]}""", """{"id":null}""", """{"from":7}""", """{"drops":null}"""])
            journal.Put(new JournalEntry("leeds", ++number, clock.Now, ContentAnnouncement.Kind, "www.example", "x", "", JsonSerializer.Deserialize<JsonElement>(body)));
        journal.Put(new JournalEntry("leeds", ++number, clock.Now, ContentAnnouncement.Kind, "no host!", "x", "", JsonSerializer.Deserialize<JsonElement>($$"""{"id":"{{new string('a', 64)}}"}""")));
        Assert.Single(contents.Board.All);
    }

    private SiteContents Make(ContentLimits limits) => new(journal, switches, new ContentFolder(Path.Combine(folder.FullName, "store")), new PreviewSecrets(new byte[32]), clock, limits);

    private string[] Tree() => [.. Directory.EnumerateFileSystemEntries(folder.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private Task<string?> OnAsync(string host, string id) => switches.OrderAsync(host, new SorryOrder { On = true, Answers = [SorryAnswer.Page], Content = id }, "anna", "");

    private Task<ContentOutcome> KeepAsync(string host, params (string Path, string Text)[] files) => KeepAsync(host, "anna", files);

    private Task<ContentOutcome> KeepAsync(string host, string owner, params (string Path, string Text)[] files) =>
        contents.KeepAsync(host, new ContentOffer(ContentKind.Upload, [.. files.Select(f => new ContentFile(f.Path, Encoding.UTF8.GetBytes(f.Text)))], "", owner, owner, ""));

    private sealed class RefusingJournal : ISharedJournal
    {
        public Task<JournalEntry> AppendAsync(string kind, string subject, string who, string why, JsonElement body, CancellationToken cancelled = default) => throw new JournalException(JournalFault.None, "the disk is full");

        public IReadOnlyList<JournalEntry> Read(string kind) => [];

        public IDisposable Observe(Action<JournalEntry> onEntry) => new StringReader("");
    }
}
