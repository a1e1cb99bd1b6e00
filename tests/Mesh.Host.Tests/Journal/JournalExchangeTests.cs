using System.Net;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Config.Model;
using Mesh.Host.Journal;
using Mesh.Host.Sites;
using Mesh.Host.Tests.Storage;
using Mesh.Io;

namespace Mesh.Host.Tests.Journal;

/// <summary>Real listeners on loopback.</summary>
public sealed class JournalExchangeTests : IAsyncLifetime
{
    private const string Key = "a-key-that-is-long-enough-for-anybody-to-use-0001";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-exchange-");
    private readonly Loop loop = TestLoop.Start();
    private readonly List<JournalSite> sites = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var site in sites) await site.DisposeAsync();
        loop.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Both_sides_of_a_split_append_and_after_it_all_have_both_in_one_order()
    {
        var (london, manchester, leeds) = (Make("london", 1, 1), Make("manchester", 1, 2), Make("leeds", 1, 3));
        await london.JoinAsync("manchester");
        await manchester.JoinAsync("london");
        await leeds.JoinAsync();
        await london.Append("i-1", "miriam");
        await Until(() => manchester.Journal.State.Last("london") == 1);
        for (int i = 0; i < 30; i++)
        {
            await leeds.Append("i-2", "tom");
            await (i % 2 == 0 ? london : manchester).Append("i-1", "miriam");
        }
        Assert.Equal(0, leeds.Journal.State.Last("london"));
        foreach (var site in sites) await site.LeaveAsync();

        // Healed only in a line: leeds is reached through manchester.
        await london.JoinAsync("manchester");
        await manchester.JoinAsync("london", "leeds");
        await leeds.JoinAsync("manchester");
        await Until(() => sites.All(s => s.Journal.State.All.Count == 61));
        Assert.Equal(london.Texts, manchester.Texts);
        Assert.Equal(london.Texts, leeds.Texts);
    }

    [Fact]
    public async Task What_is_appended_is_pushed_at_once_not_at_the_next_pull()
    {
        var limits = new JournalLimits { PullEvery = TimeSpan.FromHours(1) };
        var (london, manchester) = (Make("london", 2, 1, limits), Make("manchester", 2, 2, limits));
        await london.JoinAsync("manchester");
        await manchester.JoinAsync("london");
        // The first exchange may have come before the other listened; an append makes the next.
        for (int i = 1; i <= 5; i++)
        {
            await manchester.Append("i-1", "tom");
            await Until(() => london.Journal.State.Last("manchester") == i);
            await london.Append("i-1", "miriam");
            await Until(() => manchester.Journal.State.Last("london") == i);
        }
    }

    /// <summary>London wrote three entries that Manchester has, and comes back with an empty disk; nobody has asked it yet.</summary>
    private async Task<(JournalSite Replaced, JournalSite Manchester)> LoseDiskAsync(int net)
    {
        var (london, manchester) = (Make("london", net, 1), Make("manchester", net, 2));
        await london.JoinAsync("manchester");
        await manchester.JoinAsync("london");
        for (int i = 0; i < 3; i++) await london.Append("i-1", "miriam");
        await Until(() => manchester.Journal.State.Last("london") == 3);
        await london.DisposeAsync();
        sites.Remove(london);
        foreach (var file in folder.GetFiles("london.db*")) file.Delete();
        return (Make("london", net, 1), manchester);
    }

    [Fact]
    public async Task A_site_whose_disk_was_lost_gets_its_own_entries_back_and_counts_on()
    {
        var (replaced, manchester) = await LoseDiskAsync(3);
        await replaced.JoinAsync("manchester");
        await Until(() => replaced.Journal.State.Last("london") == 3);
        Assert.Equal(4, (await replaced.Append("i-1", "miriam")).Number);
        await Until(() => manchester.Journal.State.Last("london") == 4);
        Assert.Equal(0, manchester.Journal.Counters.Of(JournalFault.Conflict));
    }

    [Fact]
    public async Task A_site_that_lost_its_disk_and_counted_on_alone_is_told_apart_and_nothing_is_mixed()
    {
        var (replaced, manchester) = await LoseDiskAsync(5);
        await replaced.Append("i-2", "miriam");
        await replaced.JoinAsync("manchester");
        await manchester.Append("i-3", "tom");
        await Until(() => replaced.Journal.State.Last("manchester") == 1 && manchester.Journal.Counters.Of(JournalFault.Conflict) > 0);
        // Then it has more than the other: now it is the one who sees.
        for (int i = 0; i < 5; i++) await replaced.Append("i-2", "miriam");
        await Until(() => replaced.Journal.Counters.Of(JournalFault.Conflict) > 0);
        Assert.Equal(["i-1"], manchester.Journal.State.All.Where(e => e.Site == "london").Select(e => e.Subject).Distinct());
        Assert.Equal(["i-2"], replaced.Journal.State.All.Where(e => e.Site == "london").Select(e => e.Subject).Distinct());
    }

    [Fact]
    public async Task With_another_mesh_key_nothing_enters_either_way()
    {
        var (london, stranger) = (Make("london", 4, 1), Make("manchester", 4, 2, key: Key + "x"));
        await london.Append("i-1", "miriam");
        await stranger.Append("i-1", "mallory");
        await london.JoinAsync("manchester");
        await stranger.JoinAsync("london");
        await Until(() => london.Journal.Counters.Of(PairRefusal.Forged) > 0 && stranger.Journal.Counters.Of(PairRefusal.Forged) > 0);
        Assert.Single(london.Journal.State.All);
        Assert.Single(stranger.Journal.State.All);
    }

    [Theory]
    [InlineData("none", 401, PairRefusal.Unsigned)]
    [InlineData("token", 401, PairRefusal.Unsigned)]
    [InlineData("stranger", 401, PairRefusal.UnknownSite)]
    [InlineData("old", 401, PairRefusal.Stale)]
    [InlineData("early", 401, PairRefusal.Stale)]
    [InlineData("changed", 401, PairRefusal.Forged)]
    [InlineData("other receiver", 401, PairRefusal.Forged)]
    [InlineData("own key", 401, PairRefusal.Forged)]
    [InlineData("large", 413, PairRefusal.TooLarge)]
    [InlineData("again", 401, PairRefusal.Replayed)]
    [InlineData("many", 503, PairRefusal.TooMany)]
    [InlineData("text", 400, PairRefusal.Malformed)]
    [InlineData("null", 400, PairRefusal.Malformed)]
    public async Task A_message_that_does_not_hold_is_refused_counted_and_changes_nothing(string what, int status, PairRefusal refusal)
    {
        int place = 100 + Array.IndexOf(["none", "token", "stranger", "old", "early", "changed", "other receiver", "own key", "large", "again", "many", "text", "null"], what);
        var london = Make("london", place, 1, new JournalLimits { PullEvery = TimeSpan.FromHours(1), NoncesOfSite = 2 });
        await london.JoinAsync("manchester");
        var mac = new PairMac(JournalPages.Scheme, new MeshKeys(new Secret(what == "own key" ? "mine" : Key)).JournalKey("london", "manchester"));
        var now = TimeProvider.System.GetUtcNow();
        string entry = """{"site":"manchester","number":1,"at":"2026-11-23T12:00:00Z","kind":"incident","subject":"i-1","who":"mallory","why":"","body":{}}""";
        byte[] body = System.Text.Encoding.UTF8.GetBytes(what switch
        {
            "text" => "certainly not",
            "null" => """{"have":{},"marks":{},"before":{},"entries":[null]}""",
            "large" => new string(' ', 1024 * 1024 + 1),
            "again" or "many" => """{"have":{},"marks":{},"before":{},"entries":[]}""",
            _ => $$"""{"have":{},"marks":{},"before":{},"entries":[{{entry}}]}""",
        });
        string header = what switch
        {
            "none" => "",
            "token" => "Bearer letmein",
            _ => Question(what == "stranger" ? "salford" : "manchester", what == "other receiver" ? "leeds" : "london", now + (what switch { "old" => TimeSpan.FromMinutes(-3), "early" => TimeSpan.FromMinutes(3), _ => TimeSpan.Zero }), 1),
        };
        if (what == "changed") body[^4] = (byte)' ';
        using var http = new HttpClient();
        if (what == "again") Assert.Equal(HttpStatusCode.OK, (await Send(header)).Status);
        for (int i = 2; what == "many" && i < 4; i++) Assert.Equal(HttpStatusCode.OK, (await Send(Question("manchester", "london", now, i))).Status);
        Assert.Equal(((HttpStatusCode)status, refusal.ToString()), await Send(header));
        Assert.Equal(1, london.Journal.Counters.Of(refusal));
        Assert.Empty(london.Journal.State.All);

        string Question(string from, string to, DateTimeOffset at, int nonce) => mac.Question(from, to, at, nonce.ToString("x32", System.Globalization.CultureInfo.InvariantCulture), body);

        async Task<(HttpStatusCode Status, string Text)> Send(string authorization)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.61.{place}.1:{JournalSite.Port}{JournalPages.Path}") { Content = new ByteArrayContent(body) };
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var response = await http.SendAsync(request);
            return (response.StatusCode, (await response.Content.ReadAsStringAsync()).Trim());
        }
    }

    private JournalSite Make(string name, int net, int host, JournalLimits? limits = null, string key = Key)
    {
        (string, string)[] all = [("london", $"127.61.{net}.1"), ("manchester", $"127.61.{net}.2"), ("leeds", $"127.61.{net}.3")];
        var site = new JournalSite(name, $"127.61.{net}.{host}", all, key, folder.FullName, loop, limits ?? new JournalLimits { PullEvery = TimeSpan.FromMilliseconds(100) });
        sites.Add(site);
        return site;
    }

    private static async Task Until(Func<bool> holds)
    {
        for (int i = 0; i < 3000 && !holds(); i++) await Task.Delay(20);
        Assert.True(holds());
    }
}
