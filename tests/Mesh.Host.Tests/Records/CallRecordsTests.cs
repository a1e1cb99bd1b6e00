using Dapper;
using Mesh.Dialplan.Calls;
using Mesh.Host.Records;
using Mesh.Host.Storage;
using Mesh.Host.Tests.Storage;
using Mesh.Io;
using Microsoft.Data.Sqlite;

namespace Mesh.Host.Tests.Records;

public sealed class CallRecordsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-cdr-");
    private readonly Loop loop = TestLoop.Start();

    public void Dispose()
    {
        loop.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_record_is_read_back_whole()
    {
        var record = Record("origin-1") with { Left = DateTimeOffset.UnixEpoch.AddSeconds(29), Answered = DateTimeOffset.UnixEpoch.AddSeconds(5), Legs = ["SIP/mbloch-desk", "IAX2/office/301"], Winner = "IAX2/office/301" };
        using (var storage = new StorageThread(SiteDatabase.Open(Database), loop))
        {
            var store = new CallRecords(storage);
            await loop.On<bool>(done => { store.Write(record); store.Write(Record("origin-2")); done.SetResult(true); });
        }
        using var database = SiteDatabase.Open(Database);
        var read = database.Calls.Since(DateTimeOffset.UnixEpoch, 10);
        Assert.Equal(["origin-1", "origin-2"], read.Select(r => r.OriginId));
        Assert.Equal((record.Answered, record.Cause, record.Entry, record.Winner), (read[0].Answered, read[0].Cause, read[0].Entry, read[0].Winner));
        Assert.Equal(record.Legs, read[0].Legs);
        Assert.Equal((record.Left, (DateTimeOffset?)null), (read[0].Left, read[1].Left));
        Assert.Empty(database.Calls.Since(DateTimeOffset.UnixEpoch.AddYears(1), 10));
    }

    /// <summary>As version 2 left it: records written by reflection, an index of origins.</summary>
    [Fact]
    public async Task A_file_of_the_version_before_keeps_its_records_and_loses_its_index()
    {
        const string Written = """
            {"originId":"o","callId":"c-o","site":"london","entry":"carrier","from":"magrathea","callerNumber":"\u002B441619960600","called":"\u002B442079460123","admission":"fresh","hop":"","started":"1970-01-01T00:00:00+00:00","answered":null,"ended":"1970-01-01T00:00:30+00:00","cause":"normalClearing","left":null,"sorry":"","legs":[],"rang":[],"winner":"","packetsFromCaller":1,"packetsToCaller":2}
            """;
        using (SiteDatabase.Open(Database)) { }
        using (var old = OpenFile())
        {
            old.Execute($"CREATE INDEX calls_origin ON calls (origin); INSERT INTO calls (origin, call, started, record) VALUES ('o', 'c-o', 0, '{Written}'); PRAGMA user_version = 2");
        }
        var database = SiteDatabase.Open(Database);
        var read = Assert.Single(database.Calls.Since(DateTimeOffset.UnixEpoch, 10));
        using (var storage = new StorageThread(database, loop))
        {
            var store = new CallRecords(storage);
            await loop.On<bool>(done => { store.Write(read); done.SetResult(true); });
        }
        using var file = OpenFile();
        Assert.Equal([Written, Written], file.Query<string>("SELECT record FROM calls"));
        Assert.Equal(["calls_started"], file.Query<string>("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'calls'"));
        Assert.Equal(SiteDatabase.Version, file.ExecuteScalar<int>("PRAGMA user_version"));
    }

    [Fact]
    public void What_the_disk_does_not_take_is_kept_in_order_and_the_oldest_lost_at_last()
    {
        var storage = new Refusing();
        var lost = new List<string>();
        var store = new CallRecords(storage) { OnLost = r => lost.Add(r.OriginId) };
        for (int i = 0; i < CallRecords.Capacity + 2; i++) store.Write(Record($"o{i}"));
        Assert.Equal(["o0", "o1"], lost);
        storage.Takes = true;
        store.Write(Record("last"));
        Assert.Equal(0, store.Kept);
        Assert.Equal(CallRecords.Capacity + 1, storage.Taken);
    }

    private SqliteConnection OpenFile()
    {
        var file = new SqliteConnection($"Data Source={Database};Pooling=False");
        file.Open();
        return file;
    }

    private string Database => Path.Combine(folder.FullName, "mesh.db");

    private static CallRecord Record(string origin) => new()
    {
        OriginId = origin, CallId = "c-" + origin, Site = "london", Entry = CallEntry.Carrier, From = "magrathea", CallerNumber = "+441619960600", Called = "+442079460123",
        Admission = default, Hop = "", Started = DateTimeOffset.UnixEpoch, Answered = null, Ended = DateTimeOffset.UnixEpoch.AddSeconds(30), Cause = HangupCause.NormalClearing,
        Legs = [], Rang = [], Winner = "", PacketsFromCaller = 1, PacketsToCaller = 2,
    };

    private sealed class Refusing : IStorage
    {
        public bool Takes { get; set; }

        public int Taken { get; private set; }

        public bool TryPost(StorageWork work)
        {
            if (Takes) Taken++;
            return Takes;
        }
    }
}
