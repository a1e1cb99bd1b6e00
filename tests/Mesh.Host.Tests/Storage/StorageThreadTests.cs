using Mesh.Host.Config.Model;
using Mesh.Host.Registrar;
using Mesh.Host.Storage;
using Mesh.Io;

namespace Mesh.Host.Tests.Storage;

public sealed class StorageThreadTests : IDisposable
{
    private static readonly RegistrarConfig Limits = new(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1), 10, 1000);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-store-");
    private readonly Loop loop = TestLoop.Start();

    private string File => Path.Combine(folder.FullName, "mesh.db");

    public void Dispose()
    {
        loop.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Bindings_are_read_back_as_they_were()
    {
        using (var storage = new StorageThread(SiteDatabase.Open(File), loop))
        {
            var registrar = new PhoneRegistrar(new BindingTable(), storage, Limits, loop);
            await Register(registrar, Request("alice", 1, new ContactRequest("sip:a@h;transport=tcp", 600) { Instance = "<urn:uuid:1>", RegId = 2, Q = 700 }) with { UserAgent = "a \"phone\" ☎", Path = "<sip:p@h;lr>", Transport = "tcp" });
            await Register(registrar, Request("bob", 1, new ContactRequest("sip:b@h", 600)));
            await Register(registrar, Request("bob", 2, new ContactRequest("sip:b@h", 900)));
            await Register(registrar, Request("carol", 1, new ContactRequest("sip:c@h", 600)));
            await Register(registrar, Request("carol", 2, new ContactRequest("sip:c@h", 0)));
            await Register(registrar, Request("brief", 1, new ContactRequest("sip:d@h", 1)));
        }
        var later = new MeshClock(new ShiftedTime(TimeSpan.FromSeconds(100)));
        var table = new BindingTable();
        using (var database = SiteDatabase.Open(File)) database.Bindings.Load(table, later);

        Assert.Equal(2, table.Count);
        var alice = Assert.Single(table.Of("alice", later.NowMs));
        Assert.Equal(("sip:a@h;transport=tcp", "<urn:uuid:1>", 2u, 700, "a \"phone\" ☎", "<sip:p@h;lr>", "tcp"), (alice.ContactUri, alice.Instance, alice.RegId, alice.Q, alice.UserAgent, alice.Path, alice.Transport));
        Assert.Equal(NetAddress.Parse("127.0.0.1:5062"), alice.Received);
        Assert.InRange(alice.ExpiresInSeconds(later.NowMs), 400, 501);
        var bob = Assert.Single(table.Of("bob", later.NowMs));
        Assert.Equal(2u, bob.CSeq);
        Assert.InRange(bob.ExpiresInSeconds(later.NowMs), 700, 801);
        Assert.True(table.NextRow() > bob.Row);
    }

    [Fact]
    public async Task Work_that_waits_is_committed_together()
    {
        using var storage = new StorageThread(SiteDatabase.Open(File), loop);
        using var gate = new ManualResetEventSlim();
        int told = 0;
        var all = new TaskCompletionSource();
        Assert.True(storage.TryPost(new Work(() => gate.Wait(), _ => { })));
        for (int i = 0; i < 500; i++) Assert.True(storage.TryPost(new Work(() => { }, _ => { if (++told == 500) all.SetResult(); })));
        gate.Set();
        await all.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.InRange(storage.Commits, 1, 3);
    }

    [Fact]
    public async Task One_that_fails_hurts_no_other()
    {
        using var storage = new StorageThread(SiteDatabase.Open(File), loop);
        int faults = 0;
        storage.OnFault = _ => Interlocked.Increment(ref faults);
        using var gate = new ManualResetEventSlim();
        var outcomes = new List<(int, bool)>();
        var all = new TaskCompletionSource();
        Assert.True(storage.TryPost(new Work(() => gate.Wait(), _ => { })));
        for (int i = 0; i < 5; i++)
        {
            int number = i;
            Assert.True(storage.TryPost(new Work(() => { if (number == 2) throw new InvalidOperationException("bad"); }, stored =>
            {
                outcomes.Add((number, stored));
                if (outcomes.Count == 5) all.SetResult();
            })));
        }
        gate.Set();
        await all.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal([(0, true), (1, true), (2, false), (3, true), (4, true)], outcomes);
        Assert.True(faults >= 1);
    }

    [Fact]
    public void What_is_too_much_is_refused_and_counted()
    {
        using var gate = new ManualResetEventSlim();
        using var storage = new StorageThread(SiteDatabase.Open(File), loop, capacity: 2);
        using var started = new ManualResetEventSlim();
        Assert.True(storage.TryPost(new Work(() => { started.Set(); gate.Wait(); }, _ => { })));
        Assert.True(started.Wait(TimeSpan.FromMinutes(1)));
        Assert.True(storage.TryPost(new Work(() => { }, _ => { })));
        Assert.True(storage.TryPost(new Work(() => { }, _ => { })));
        Assert.False(storage.TryPost(new Work(() => { }, _ => { })));
        Assert.Equal(1, storage.Refused);
        gate.Set();
    }

    [Fact]
    public void A_folder_is_held_by_one_process_and_a_file_that_is_no_database_is_said_so()
    {
        using (DataFolder.Hold(folder.FullName))
            Assert.Contains("held by another", Assert.Throws<IOException>(() => DataFolder.Hold(folder.FullName)).Message);
        using (DataFolder.Hold(folder.FullName)) { }
        System.IO.File.WriteAllText(File, new string('x', 5000));
        Assert.Contains("cannot be used", Assert.Throws<IOException>(() => SiteDatabase.Open(File)).Message);
    }

    private Task<RegistrationAnswer> Register(PhoneRegistrar registrar, RegistrationRequest request) => loop.On<RegistrationAnswer>(done => registrar.Register(request, new Owner(done)));

    private static RegistrationRequest Request(string account, uint cseq, ContactRequest contact) => new()
    {
        Account = account, AddressOfRecord = account, Contacts = [contact], CallId = "call-" + account, CSeq = cseq, Received = NetAddress.Parse("127.0.0.1:5062"),
    };

    private sealed class Owner(TaskCompletionSource<RegistrationAnswer> done) : IRegistrationOwner
    {
        public void OnRegistrationAnswer(RegistrationAnswer answer) => done.SetResult(answer);
    }

    private sealed class Work(Action write, Action<bool> stored) : StorageWork
    {
        public override void Write(SiteDatabase database) => write();

        public override void OnStored(bool done) => stored(done);
    }

    /// <summary>The system's time, further on.</summary>
    private sealed class ShiftedTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
