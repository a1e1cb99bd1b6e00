using Mesh.Iax2.Tests.Support;
using Mesh.Iax2.Transfers;

namespace Mesh.Iax2.Tests.Transfers;

/// <summary>London calls Manchester, which passes the call on to Oxford: three of our sites in virtual time, Manchester in the middle.</summary>
internal sealed class ThreeSites : IDisposable
{
    private const string Secret = "meshsecret";

    /// <param name="change">What is special about a peer: the site's name, the peer's, and how it would be.</param>
    public ThreeSites(ulong seed = 1, Impairment? impairment = null, TransferOptions? transfer = null, Func<string, PeerOptions, PeerOptions>? change = null)
    {
        change ??= (_, same) => same;
        World = new SimulatedWorld(seed);
        if (impairment is not null) World.Wire.Default = impairment;
        World.Wire.OnDatagram += Datagrams.Add;
        var options = new IaxEndpointOptions { Transfer = transfer ?? new TransferOptions() };
        London = new IaxSite(World, "london", "10.0.0.1:4569", options);
        Manchester = new IaxSite(World, "manchester", "10.0.0.2:4569", options);
        Oxford = new IaxSite(World, "oxford", "10.0.0.3:4569", options);
        foreach (var site in All)
            foreach (var other in All)
                if (site != other) site.Loop.Invoke(() => site.Endpoint.AddPeer(change(site.Name, new PeerOptions { Name = other.Name, OurUsername = site.Name, Secret = Secret, Address = other.Address, IsSite = true })));
        Manchester.Answering = PassOn;
    }

    public SimulatedWorld World { get; }
    public IaxSite London { get; }
    public IaxSite Manchester { get; }
    public IaxSite Oxford { get; }
    public IaxSite[] All => [London, Manchester, Oxford];
    public List<WireDatagram> Datagrams { get; } = [];

    /// <summary>The end in London, the one in Oxford, and the two in Manchester.</summary>
    public OutgoingIaxCall A { get; private set; } = null!;
    public IncomingIaxCall C => Oxford.Received[0];
    public IncomingIaxCall In => Manchester.Received[0];
    public OutgoingIaxCall Out { get; private set; } = null!;
    public CallLog LogA { get; private set; } = null!;
    public CallLog LogC => Oxford.ReceivedLogs[0];
    public EndPhone PhoneA { get; private set; } = null!;
    public EndPhone PhoneC { get; private set; } = null!;

    /// <summary>What Manchester was told of its wish to leave.</summary>
    public List<bool> Outcomes { get; } = [];

    public void Run(double seconds) => World.RunFor(TimeSpan.FromSeconds(seconds));

    public bool Until(Func<bool> condition, double seconds = 30) => World.RunUntil(condition, TimeSpan.FromSeconds(seconds));

    /// <summary>Sets the call up, and lets both ends talk for a second.</summary>
    public void Connect(bool talking = true)
    {
        (A, LogA, _) = London.Place("manchester");
        Assert.True(Until(() => A.IsUp && Oxford.Received.Count > 0 && C.IsUp && Out.IsUp && In.IsUp, 10), "no call");
        PhoneA = new EndPhone(London.Loop, A);
        PhoneC = new EndPhone(Oxford.Loop, C);
        if (!talking) return;
        London.Loop.Invoke(PhoneA.Start);
        Oxford.Loop.Invoke(PhoneC.Start);
        Run(1);
    }

    /// <summary>Manchester wants to leave.</summary>
    public bool Leave()
    {
        bool started = false;
        Manchester.Loop.Invoke(() => started = Manchester.Endpoint.TryLeave(In, Out, Outcomes.Add));
        return started;
    }

    public bool IsDirect => A.Peer!.Name == "oxford" && C.Peer!.Name == "london";

    /// <summary>Commands of a transfer sent so far, without repetitions of the reliable ones.</summary>
    public List<string> TransferFrames()
    {
        var lines = new List<string>();
        foreach (var datagram in Datagrams)
            if (FullFrame.TryRead(datagram.Payload.Span, out var frame) && !frame.IsRetransmission && frame.Command is >= IaxCommand.TxReq and <= IaxCommand.TxRej)
                lines.Add($"{Name(datagram.From)} {frame.Command} {Name(datagram.To)}");
        return lines;
    }

    public string Name(NetAddress address) => All.First(site => site.Address == address).Name;

    /// <summary>Nothing is left of any call anywhere, no handler threw, and nobody's count of calls is off.</summary>
    public void AssertNothingLeft(double afterSeconds = 60)
    {
        PhoneA?.Stop();
        PhoneC?.Stop();
        Run(afterSeconds);
        Assert.Empty(World.Faults);
        foreach (var site in All)
        {
            Assert.Equal((site.Name, 0, 0, 0), (site.Name, site.Endpoint.CallCount, site.Endpoint.NumbersInUse, site.Loop.Deadlines.Armed));
            Assert.Empty(site.Endpoint.Calls);
            Assert.All(site.Endpoint.Peers.All, peer => Assert.Equal(0, peer.OpenCalls));
        }
    }

    public void Dispose() => World.Dispose();

    private void PassOn(IncomingIaxCall incoming)
    {
        var log = new CallLog();
        var passing = new Passing(incoming, log);
        Assert.True(Manchester.Endpoint.TryPlace("oxford", new NewCallOptions { CalledNumber = incoming.CalledNumber, Formats = [incoming.PreferredFormat] }, passing, out var placed, out _));
        Out = placed;
        passing.Outgoing = placed;
        incoming.Handler = passing;
        incoming.Accept(incoming.PreferredFormat);
    }

    /// <summary>The middle's two calls joined: voice, digits and the end.</summary>
    private sealed class Passing(IncomingIaxCall incoming, CallLog log) : IIaxCallHandler, IIaxVoiceSink
    {
        public OutgoingIaxCall Outgoing { get; set; } = null!;

        public void OnAccepted(IaxCall call) => incoming.VoiceSink = Outgoing.VoiceSink = this;

        public void OnAnswered(IaxCall call) => incoming.Answer();

        public void OnDigit(IaxCall call, char digit, bool isEnd) => Other(call).SendDigit(digit, isEnd);

        public void OnHangup(IaxCall call, CauseCode cause, string text)
        {
            log.OnHangup(call, cause, text);
            Other(call).Hangup(cause);
        }

        public void OnVoice(IaxCall call, in Datagram datagram, int offset, int length, VoiceFormat format, uint timestampMs) =>
            Other(call).SendVoice(format, timestampMs, datagram.Buffer, offset, length);

        private IaxCall Other(IaxCall call) => ReferenceEquals(call, incoming) ? Outgoing : incoming;
    }
}
