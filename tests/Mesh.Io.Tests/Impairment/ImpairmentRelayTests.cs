namespace Mesh.Io.Tests;

public sealed class ImpairmentRelayTests
{
    public static TheoryData<LoopKind> All => LoopRig.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Each_end_takes_the_relay_for_the_other_end(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var ends = new Ends(rig, "");
        ends.Near.TrySend("ping"u8, ends.Relay.NearSide);
        rig.Until(() => ends.AtNear.Count == 1);
        Assert.Equal((ends.Relay.FarSide, "ping"), Assert.Single(ends.AtFar));
        Assert.Equal((ends.Relay.NearSide, "ping"), Assert.Single(ends.AtNear));
        Assert.Equal((1, 1), (ends.Relay.OutCounters.Delivered, ends.Relay.InCounters.Delivered));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_does_what_was_asked_counts_it_and_changes_its_mind(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var ends = new Ends(rig, "out.drop=30%,in.drop=10%,duplicate=10%,reorder=10%,delay=2ms,seed=9");
        Burst(200);
        var (there, back) = (ends.Relay.OutCounters, ends.Relay.InCounters);
        rig.Until(() => there.Sent == 200 && there.Held == 0 && back.Sent == there.Delivered && back.Held == 0);
        Assert.InRange(there.Lost, 40, 80);
        Assert.InRange(there.Duplicated, 5, 30);
        Assert.InRange(there.Reordered, 5, 30);
        Assert.Equal(200 - there.Lost + there.Duplicated, there.Delivered);
        rig.Until(() => ends.AtFar.Count == there.Delivered && ends.AtNear.Count == back.Delivered);

        ends.Relay.Replace(Impairments.Parse("in.cut"));
        int before = ends.AtNear.Count;
        Burst(10);
        rig.Until(() => back.Cut == 10);
        Assert.Equal(before, ends.AtNear.Count);

        void Burst(int count) => rig.On(ends.Loop, () => { for (int i = 0; i < count; i++) ends.Near.TrySend(BitConverter.GetBytes(i), ends.Relay.NearSide); });
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_stranger_gets_nothing_through(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var ends = new Ends(rig, "");
        var stranger = ends.Loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Media);
        rig.On(ends.Loop, () => stranger.TrySend("x"u8, ends.Relay.NearSide));
        rig.Until(() => ends.Relay.OutCounters.Strangers == 1);
        Assert.Empty(ends.AtFar);
    }

    [Fact]
    public void More_than_may_be_held_is_refused_and_counted()
    {
        using var rig = new LoopRig(LoopKind.Simulated);
        var ends = new Ends(rig, "delay=1s", mostHeld: 10);
        rig.On(ends.Loop, () => { for (int i = 0; i < 25; i++) ends.Near.TrySend([1], ends.Relay.NearSide); });
        rig.Until(() => ends.AtFar.Count == 10);
        Assert.Equal(15, ends.Relay.OutCounters.HeldRefused);
    }

    /// <summary>Two endpoints with a relay between them; the far one echoes.</summary>
    private sealed class Ends
    {
        public Ends(LoopRig rig, string impairments, int mostHeld = 1_000)
        {
            Loop = rig.CreateLoop();
            (Near, Far, Relay) = rig.On(Loop, () =>
            {
                var near = Loop.Bind(LoopRig.Host, new Taker((IDatagramSocket _, in Datagram d) => AtNear.Add(Seen(d))), DatagramSocketOptions.Media);
                var far = Loop.Bind(LoopRig.Host, new Taker((IDatagramSocket s, in Datagram d) => { AtFar.Add(Seen(d)); s.TrySend(d.Payload, d.From); }), DatagramSocketOptions.Media);
                var relay = new ImpairmentRelay(Loop, new ImpairmentRelayOptions
                {
                    NearEnd = near.Local, NearSide = LoopRig.Host, FarSide = LoopRig.Host, FarEnd = far.Local, Impairments = Impairments.Parse(impairments), MostHeld = mostHeld,
                });
                return (near, far, relay);
            });
        }

        public Loop Loop { get; }
        public IDatagramSocket Near { get; }
        public IDatagramSocket Far { get; }
        public ImpairmentRelay Relay { get; }
        public List<(NetAddress From, string Text)> AtNear { get; } = [];
        public List<(NetAddress From, string Text)> AtFar { get; } = [];

        private static (NetAddress, string) Seen(in Datagram d) => (d.From, System.Text.Encoding.Latin1.GetString(d.Payload));
    }
}
