namespace Mesh.Iax2.Tests.Support;

/// <summary>Two of our sites that know each other, on a simulated wire in virtual time.</summary>
internal sealed class IaxPair : IDisposable
{
    public const string Secret = "meshsecret";

    public IaxPair(ulong seed = 1, Impairment? impairment = null, Func<PeerOptions, PeerOptions>? toCallee = null, Func<PeerOptions, PeerOptions>? toCaller = null,
        IaxEndpointOptions? options = null)
    {
        World = new SimulatedWorld(seed);
        if (impairment is not null) World.Wire.Default = impairment;
        World.Wire.OnDatagram += Datagrams.Add;
        London = new IaxSite(World, "london", "10.0.0.1:4569", options);
        Manchester = new IaxSite(World, "manchester", "10.0.0.2:4569", options);
        toCallee ??= same => same;
        toCaller ??= same => same;
        London.Loop.Invoke(() => London.Endpoint.AddPeer(toCallee(new PeerOptions
        {
            Name = "manchester", OurUsername = "london", Secret = Secret, Address = Manchester.Address, IsSite = true,
        })));
        Manchester.Loop.Invoke(() => Manchester.Endpoint.AddPeer(toCaller(new PeerOptions
        {
            Name = "london", OurUsername = "manchester", Secret = Secret, Address = London.Address, IsSite = true,
        })));
    }

    public SimulatedWorld World { get; }
    public IaxSite London { get; }
    public IaxSite Manchester { get; }
    public List<WireDatagram> Datagrams { get; } = [];

    public void Run(double seconds) => World.RunFor(TimeSpan.FromSeconds(seconds));

    public bool Until(Func<bool> condition, double seconds = 30) => World.RunUntil(condition, TimeSpan.FromSeconds(seconds));

    /// <summary>The commands and types of the full frames sent so far, without ACKs.</summary>
    public List<string> Conversation()
    {
        var lines = new List<string>();
        foreach (var datagram in Datagrams)
        {
            if (!FullFrame.TryRead(datagram.Payload.Span, out var frame) || frame.Command == IaxCommand.Ack || frame.IsRetransmission) continue;
            string what = frame.Type switch
            {
                FrameType.Iax => frame.Command.ToString(),
                FrameType.Control => frame.Control.ToString(),
                _ => frame.Type.ToString(),
            };
            lines.Add($"{(datagram.From == London.Address ? ">" : "<")} {what}");
        }
        return lines;
    }

    /// <summary>After a while nothing is left of any call, and no handler threw.</summary>
    public void AssertNothingLeft(double afterSeconds = 60)
    {
        Run(afterSeconds);
        Assert.Empty(World.Faults);
        foreach (var site in (IaxSite[])[London, Manchester])
        {
            Assert.Equal(0, site.Endpoint.CallCount);
            Assert.Empty(site.Endpoint.Calls);
            Assert.Equal(0, site.Endpoint.NumbersInUse);
            Assert.Equal(0, site.Loop.Deadlines.Armed);
            Assert.All(site.Endpoint.Peers.All, peer => Assert.Equal(0, peer.OpenCalls));
        }
    }

    public void Dispose() => World.Dispose();
}
