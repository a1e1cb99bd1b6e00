using Mesh.Host.IaxTester.Calls;
using Mesh.Host.IaxTester.Conform;
using Mesh.Iax2;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Io.Simulation;

namespace Mesh.Host.Tests.IaxTester;

/// <summary>Our endpoint with a listener on it, and a tester, in virtual time.</summary>
internal sealed class ConformWorld : IDisposable
{
    public const string User = "tester", Secret = "tester-secret";

    private static readonly NetAddress Server = NetAddress.Parse("10.0.0.1:4569");

    public ConformWorld(ulong seed = 1, bool guests = false)
    {
        IsGuest = guests;
        World = new SimulatedWorld(seed);
        var serverLoop = World.CreateLoop("server");
        Listener = new Listener(serverLoop, new ListenOptions { Extensions = ["600"] }, e => Events.Add(e));
        Endpoint = serverLoop.Invoke(() => new IaxEndpoint(serverLoop, Server, Listener, null, Listener));
        serverLoop.Invoke(() => Endpoint.AddPeer(new PeerOptions { Name = User, Secret = Secret, Formats = [VoiceFormat.Ulaw, VoiceFormat.Alaw] }));
        if (guests) serverLoop.Invoke(() => Endpoint.AddPeer(new PeerOptions { Name = "anybody", IsGuest = true, Formats = [VoiceFormat.Ulaw, VoiceFormat.Alaw] }));
        Loop = World.CreateLoop("tester");
    }

    public SimulatedWorld World { get; }
    public SimulatedLoop Loop { get; }
    public Listener Listener { get; }
    public IaxEndpoint Endpoint { get; }
    public List<ListenEvent> Events { get; } = [];

    /// <summary>Where the tester sends to: the server, or something in front of it.</summary>
    public NetAddress Target { get; set; } = Server;

    /// <summary>The tester calls without a name.</summary>
    public bool IsGuest { get; }

    public IReadOnlyList<RowResult> Test(params IReadOnlyList<ConformRow> rows)
    {
        var target = IsGuest ? new ConformTarget { Server = Target, Lacks = new Dictionary<RowNeeds, string> { [RowNeeds.Secret] = "a guest" } } : new ConformTarget { Server = Target, User = User, Secret = Secret };
        var run = new ConformRun(Loop, target, _ => Loop.Bind(NetAddress.Parse("10.0.0.2:0"), null, DatagramSocketOptions.Signalling)) { Parallel = 4 };
        var results = run.RunAsync(rows);
        Assert.True(World.RunUntil(() => results.IsCompleted, TimeSpan.FromMinutes(60)), "the rows did not end");
        return results.GetAwaiter().GetResult();
    }

    public void Dispose() => World.Dispose();
}
