using Mesh.Host.Config.Model;
using Mesh.Host.Registrar;
using Mesh.Host.Storage;
using Mesh.Io;
using Mesh.Io.Simulation;

namespace Mesh.Host.Tests.Registrar;

public sealed class PhoneRegistrarTests : IDisposable
{
    private readonly SimulatedWorld world = new(seed: 5);
    private readonly SimulatedLoop loop;
    private readonly HeldStorage storage = new();
    private readonly PhoneRegistrar registrar;

    public PhoneRegistrarTests()
    {
        loop = (SimulatedLoop)world.CreateLoop("site");
        registrar = new PhoneRegistrar(new BindingTable(), storage, new RegistrarConfig(TimeSpan.FromSeconds(60), TimeSpan.FromHours(1), TimeSpan.FromHours(1), 10, Contacts: 3), loop);
        loop.Invoke(registrar.Start);
    }

    public void Dispose() => world.Dispose();

    [Fact]
    public void The_answer_waits_for_the_disk()
    {
        var owner = Register("alice", "sip:a@h");
        Assert.Null(owner.Answer);
        storage.Finish(loop, stored: true);
        Assert.Equal(200, owner.Answer!.Value.Status);
        Assert.Equal("sip:a@h", Assert.Single(owner.Answer.Value.Bindings).ContactUri);
        Assert.Equal(1, registrar.Counters.Accepted);
    }

    [Fact]
    public void A_disk_that_fails_is_500()
    {
        var owner = Register("alice", "sip:a@h");
        storage.Finish(loop, stored: false);
        Assert.Equal(500, owner.Answer!.Value.Status);
        Assert.Equal(1, registrar.Counters.RefusedWith(500));
    }

    [Fact]
    public void What_waits_too_long_is_503_and_changes_nothing()
    {
        storage.IsFull = true;
        Assert.Equal(503, Register("alice", "sip:a@h").Answer!.Value.Status);
        Assert.Equal(0, registrar.Table.Count);
        Assert.Equal(1, registrar.Counters.RefusedWith(503));
    }

    [Fact]
    public void The_site_takes_so_many_bindings_and_no_more()
    {
        foreach (var name in (string[])["a", "b", "c"]) Register(name, $"sip:{name}@h");
        Assert.Equal(503, Register("d", "sip:d@h").Answer!.Value.Status);
        Assert.Null(Register("a", "sip:a@h", cseq: 2).Answer);
        Assert.Equal(3, registrar.Table.Count);
    }

    [Fact]
    public void A_binding_lapses_in_time_unless_refreshed_and_its_row_goes()
    {
        Register("alice", "sip:a@h", expires: 60);
        Register("bob", "sip:b@h", expires: 60);
        storage.Finish(loop, stored: true);
        world.RunFor(TimeSpan.FromSeconds(40));
        Register("bob", "sip:b@h", expires: 60, cseq: 2);
        world.RunFor(TimeSpan.FromSeconds(25));
        Assert.False(registrar.Table.IsRegistered("alice", loop.Clock.NowMs));
        Assert.True(registrar.Table.IsRegistered("bob", loop.Clock.NowMs));
        Assert.Equal((1, 1L), (registrar.Table.Count, registrar.Counters.Lapsed));
        world.RunFor(TimeSpan.FromSeconds(60));
        Assert.Equal((0, 2L), (registrar.Table.Count, registrar.Counters.Lapsed));
    }

    [Fact]
    public void An_iax_device_is_where_it_said_last_and_nowhere_after_release()
    {
        var owner = new Owner();
        loop.Invoke(() => registrar.RegisterDevice("fax", NetAddress.Parse("127.0.0.1:4570"), 60, owner));
        loop.Invoke(() => registrar.RegisterDevice("fax", NetAddress.Parse("127.0.0.1:4571"), 60, owner));
        Assert.True(registrar.Table.TryFind("fax", BindingTechnology.Iax2, loop.Clock.NowMs, out var binding));
        Assert.Equal((4571, 1), (binding.Received.Port, registrar.Table.Count));
        loop.Invoke(() => registrar.RegisterDevice("fax", NetAddress.Parse("127.0.0.1:4571"), 0, owner));
        Assert.Equal(0, registrar.Table.Count);
    }

    [Fact]
    public void Preferred_contacts_come_first()
    {
        var owner = new Owner();
        loop.Invoke(() => registrar.Register(Request("alice", "sip:low@h", 600, 1) with
        {
            Contacts = [new ContactRequest("sip:low@h", 600) { Q = 100 }, new ContactRequest("sip:high@h", 600) { Q = 900 }],
        }, owner));
        Assert.Equal(["sip:high@h", "sip:low@h"], registrar.Table.Of("alice", loop.Clock.NowMs).Select(b => b.ContactUri));
    }

    private Owner Register(string account, string uri, uint expires = 600, uint cseq = 1)
    {
        var owner = new Owner();
        loop.Invoke(() => registrar.Register(Request(account, uri, expires, cseq), owner));
        return owner;
    }

    private static RegistrationRequest Request(string account, string uri, uint expires, uint cseq) => new()
    {
        Account = account, AddressOfRecord = account, Contacts = [new ContactRequest(uri, expires)], CallId = "call-" + account, CSeq = cseq, Received = NetAddress.Parse("127.0.0.1:5062"),
    };

    private sealed class Owner : IRegistrationOwner
    {
        public RegistrationAnswer? Answer { get; private set; }

        public void OnRegistrationAnswer(RegistrationAnswer answer) => Answer = answer;
    }

    /// <summary>Storage that finishes when the test says so.</summary>
    private sealed class HeldStorage : IStorage
    {
        private readonly Queue<StorageWork> waiting = new();

        public bool IsFull { get; set; }

        public bool TryPost(StorageWork work)
        {
            if (!IsFull) waiting.Enqueue(work);
            return !IsFull;
        }

        public void Finish(SimulatedLoop loop, bool stored)
        {
            while (waiting.TryDequeue(out var work)) loop.Invoke(() => work.OnStored(stored));
        }
    }
}
