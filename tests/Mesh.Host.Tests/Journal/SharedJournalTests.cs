using System.Text.Json;
using Mesh.Host.Journal;
using Mesh.Host.Storage;
using Mesh.Host.Tests.Storage;
using Mesh.Io;
using Microsoft.Data.Sqlite;

namespace Mesh.Host.Tests.Journal;

public sealed class SharedJournalTests : IDisposable
{
    private static readonly JsonElement Body = JsonSerializer.Deserialize<JsonElement>("""{ "text": "the trunk is down ☎ \ud83d\ude00" }""");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-journal-");
    private readonly Loop loop = TestLoop.Start();

    private string File => Path.Combine(folder.FullName, "mesh.db");

    public void Dispose()
    {
        loop.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_was_appended_is_there_after_a_restart_and_counting_goes_on()
    {
        IReadOnlyList<JournalEntry> before;
        using (var storage = Open(out var journal))
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => journal.AppendAsync("incident", $"i-{i}", "miriam", "because", Body)));
            await journal.AppendAsync("sorry", "example.org", "tom", "", Body);
            before = journal.State.All;
        }
        Assert.Equal(Enumerable.Range(1, 21).Select(i => (long)i), before.Select(e => e.Number));
        using (var storage = Open(out var journal))
        {
            Assert.Equal(before.Select(Text), journal.State.All.Select(Text));
            Assert.Equal(20, journal.Read("incident").Count);
            Assert.Equal("example.org", Assert.Single(journal.Read("sorry")).Subject);
            Assert.Equal(22, (await journal.AppendAsync("incident", "i-0", "tom", "", Body)).Number);
        }
    }

    [Fact]
    public async Task When_an_append_has_ended_a_second_reader_of_the_file_sees_it()
    {
        using var storage = Open(out var journal);
        await journal.AppendAsync("incident", "i-1", "miriam", "", Body);
        using var other = SiteDatabase.Open(File);
        Assert.Single(other.Journal.Load().All);
    }

    [Fact]
    public async Task An_append_the_disk_does_not_take_never_was()
    {
        var refusing = new RefusingStorage();
        var journal = new SharedJournal("london", JournalState.Empty, refusing, TimeProvider.System, new JournalLimits());
        int heard = 0;
        using var observation = journal.Observe(_ => heard++);
        refusing.Takes = false;
        await Assert.ThrowsAsync<JournalException>(() => journal.AppendAsync("incident", "i-1", "miriam", "", Body));
        refusing.Takes = true;
        refusing.Stores = false;
        await Assert.ThrowsAsync<JournalException>(() => journal.AppendAsync("incident", "i-1", "miriam", "", Body));
        Assert.Empty(journal.State.All);
        Assert.Equal(0, heard);
        refusing.Stores = true;
        Assert.Equal(1, (await journal.AppendAsync("incident", "i-1", "miriam", "", Body)).Number);
        Assert.Equal(1, heard);
    }

    [Fact]
    public async Task Observers_hear_of_what_is_new_once_and_one_that_throws_harms_nobody()
    {
        var journal = new SharedJournal("london", JournalState.Empty, new RefusingStorage(), TimeProvider.System, new JournalLimits());
        var heard = new List<string>();
        using var bad = journal.Observe(_ => throw new InvalidOperationException("bad"));
        var observation = journal.Observe(e => heard.Add($"{e.Site} {e.Number}"));
        var own = await journal.AppendAsync("incident", "i-1", "miriam", "", Body);
        var theirs = own with { Site = "leeds" };
        await journal.MergeAsync([theirs, own, theirs with { Number = 3 }]);
        await journal.MergeAsync([theirs]);
        Assert.Equal(["london 1", "leeds 1"], heard);
        Assert.Equal(1, journal.Counters.Of(JournalFault.Gap));
        observation.Dispose();
        await journal.AppendAsync("incident", "i-1", "miriam", "", Body);
        Assert.Equal(2, heard.Count);
    }

    [Fact]
    public async Task A_site_whose_disk_is_new_asks_the_others_before_it_counts_from_one()
    {
        var journal = new SharedJournal("london", JournalState.Empty, new RefusingStorage(), TimeProvider.System, new JournalLimits());
        var asked = new TaskCompletionSource();
        journal.Asked = asked.Task;
        var append = journal.AppendAsync("incident", "i-2", "miriam", "", Body);
        Assert.False(append.IsCompleted);
        await journal.MergeAsync([new JournalEntry("london", 1, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "incident", "i-1", "miriam", "", Body)]);
        asked.SetResult();
        Assert.Equal(2, (await append).Number);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_refused_and_counted()
    {
        var journal = new SharedJournal("london", JournalState.Empty, new RefusingStorage(), TimeProvider.System, new JournalLimits());
        var refused = await Assert.ThrowsAsync<JournalException>(() => journal.AppendAsync("incident", "i-1", "", "", Body));
        Assert.Equal(JournalFault.BadWord, refused.Fault);
        Assert.Equal(1, journal.Counters.Of(JournalFault.BadWord));
        await Assert.ThrowsAsync<JournalException>(() => journal.AppendAsync("incident", "i-1", "w", "", default));
        Assert.Equal(1, journal.Counters.Of(JournalFault.BadBody));
    }

    [Fact]
    public void A_file_from_before_the_journal_gets_its_table()
    {
        using (SiteDatabase.Open(File)) { }
        using (var old = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            old.Open();
            using var back = old.CreateCommand();
            back.CommandText = "DROP TABLE journal; PRAGMA user_version = 1";
            back.ExecuteNonQuery();
        }
        using var now = SiteDatabase.Open(File);
        Assert.Empty(now.Journal.Load().All);
    }

    private StorageThread Open(out SharedJournal journal)
    {
        var database = SiteDatabase.Open(File);
        var state = database.Journal.Load();
        var storage = new StorageThread(database, loop);
        journal = new SharedJournal("london", state, storage, TimeProvider.System, new JournalLimits());
        return storage;
    }

    private static string Text(JournalEntry entry) => JsonSerializer.Serialize(entry, JournalText.Json);
}
