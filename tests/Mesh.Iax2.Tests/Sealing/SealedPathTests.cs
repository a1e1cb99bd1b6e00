using Mesh.Iax2.Sealing;
using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Sealing;

/// <summary>Two endpoints whose path is sealed, on a wire in virtual time.</summary>
public class SealedPathTests
{
    [Fact]
    public void A_call_goes_over_a_sealed_path_and_nothing_of_it_is_in_clear()
    {
        using var pair = new SealedPair();
        Assert.True(pair.Until(pair.AreUp, 0.6));
        var (call, log, voice) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        byte[] buffer = new byte[Datagram.Headroom + 160];
        for (uint i = 0; i < 100; i++)
        {
            buffer.AsSpan().Fill((byte)i);
            pair.London.Loop.Invoke(() => call.SendVoice(VoiceFormat.Alaw, i * 20, buffer, Datagram.Headroom, 160));
            pair.Manchester.Loop.Invoke(() => pair.Manchester.Received[0].SendVoice(VoiceFormat.Alaw, i * 20, buffer, Datagram.Headroom, 160));
            pair.Run(0.02);
        }
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.Run(1);
        Assert.Equal(100, voice.Frames.Count);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (byte)i), pair.Manchester.ReceivedVoice[0].Frames.Select(frame => frame.First));
        Assert.Contains(pair.Manchester.ReceivedLogs[0].Events, e => e.StartsWith("hangup", StringComparison.Ordinal));

        Assert.All(pair.Datagrams, datagram =>
        {
            Assert.True(SealFormat.IsSealed(datagram.Payload.Span) || SealFormat.IsHello(datagram.Payload.Span));
            // Nobody who speaks plain IAX2 takes it for a frame.
            Assert.Equal(DatagramKind.UnknownMeta, Demultiplexer.Classify(datagram.Payload.Span));
        });
        Assert.Equal(pair.Datagrams.Count, pair.Datagrams.Select(d => Convert.ToHexString(d.Payload.Span)).Distinct().Count());
        Assert.Empty(pair.World.Faults);
    }

    [Fact]
    public void What_is_not_sealed_forged_or_sent_again_is_dropped_and_counted()
    {
        using var pair = new SealedPair();
        Assert.True(pair.Until(pair.AreUp, 0.6));
        pair.Run(1);
        var counters = pair.London.Endpoint.Counters;
        byte[] poke = [0x80, 1, 0, 0, 0, 0, 0, 3, 0, 0, 6, 0x1e];
        long pokes = counters.Pokes;
        pair.Inject(pair.London, poke);
        Assert.Equal((1, pokes), (counters[DropReason.SealMissing], counters.Pokes));

        byte[] genuine = pair.Datagrams.Last(d => d.From == pair.Manchester.Address).Payload.ToArray();
        pair.Inject(pair.London, genuine);
        Assert.Equal((1, pokes), (counters[DropReason.SealReplayed], counters.Pokes));
        pair.Run(0.5);
        pair.World.Wire.Cut(pair.London.Address, pair.Manchester.Address);
        pair.World.Wire.Cut(pair.Manchester.Address, pair.London.Address);
        int from = pair.Datagrams.Count;
        Assert.True(pair.Until(() => pair.Datagrams.Skip(from).Any(d => d.From == pair.Manchester.Address), 1));
        genuine = pair.Datagrams.Last(d => d.From == pair.Manchester.Address).Payload.ToArray();
        pokes = counters.Pokes;
        for (int bit = 0; bit < genuine.Length * 8; bit++)
        {
            byte[] forged = (byte[])genuine.Clone();
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            pair.Inject(pair.London, forged);
        }
        Assert.Equal(pokes, counters.Pokes);
        Assert.Equal(genuine.Length * 8, counters[DropReason.SealForged] + counters[DropReason.SealMissing] - 1 + counters[DropReason.SealHelloForged] + counters[DropReason.SealTooOld]
            + counters[DropReason.SealReplayed] - 1);
        // The genuine one is taken still, once.
        pair.Inject(pair.London, genuine);
        Assert.Equal(pokes + 1, counters.Pokes);
    }

    [Fact]
    public void What_others_send_is_none_of_its_business()
    {
        using var pair = new SealedPair();
        Assert.True(pair.Until(pair.AreUp, 0.6));
        var stranger = NetAddress.Parse("10.0.0.77:4569");
        var loop = pair.World.CreateLoop("stranger");
        var heard = new List<byte[]>();
        var socket = loop.Bind(stranger, new Ear(heard), DatagramSocketOptions.Signalling);
        loop.Invoke(() => socket.TrySend([0x80, 1, 0, 0, 0, 0, 0, 3, 0, 0, 6, 0x1e], pair.London.Address));
        pair.Run(0.1);
        Assert.Equal((byte)IaxCommand.Pong, Assert.Single(heard)[11]);
        // A hello, genuine or not, from anywhere else gets no answer at all.
        byte[] hello = pair.Datagrams.First(d => SealFormat.IsHello(d.Payload.Span)).Payload.ToArray();
        loop.Invoke(() => socket.TrySend(hello, pair.London.Address));
        pair.Run(1);
        Assert.Single(heard);
    }

    [Theory]
    [InlineData(true, 1ul)]
    [InlineData(false, 2ul)]
    [InlineData(true, 3ul)]
    public void A_restart_of_either_side_is_made_good_within_600_ms(bool london, ulong seed)
    {
        using var pair = new SealedPair(seed);
        Assert.True(pair.Until(pair.AreUp, 0.6));
        pair.Run(1);
        int before = pair.Datagrams.Count;
        if (london) pair.KillLondon(); else pair.KillManchester();
        pair.Run(1);
        long at = pair.World.Time.NowMs;
        var anew = london ? pair.RestartLondon() : pair.RestartManchester();
        Assert.True(pair.Until(pair.AreUp, 0.6), "not up");
        Assert.InRange(pair.World.Time.NowMs - at, 1, 600);

        // Nothing either side sent to the earlier boot is taken by this one.
        var counters = anew.Endpoint.Counters;
        var (pokes, full) = (counters.Pokes, counters.FullReceived);
        foreach (var old in pair.Datagrams.Take(before).Where(d => d.To == anew.Address).ToArray()) pair.Inject(anew, old.Payload.Span);
        Assert.Equal((pokes, full), (counters.Pokes, counters.FullReceived));
        pair.Run(2);
        Assert.True(pair.AreUp());
        Assert.All((IaxSite[])[pair.London, pair.Manchester], site => Assert.DoesNotContain(site.PeerStates, s => s.AtMs > at + 600 && s.Now == PeerState.Dead));
    }

    [Fact]
    public void What_an_earlier_boot_of_the_far_side_sent_is_not_taken()
    {
        using var pair = new SealedPair();
        Assert.True(pair.Until(pair.AreUp, 0.6));
        pair.Run(1);
        var old = pair.Datagrams.Where(d => d.To == pair.London.Address).ToArray();
        pair.KillManchester();
        pair.Run(0.2);
        pair.RestartManchester();
        Assert.True(pair.Until(pair.AreUp, 0.6));
        var counters = pair.London.Endpoint.Counters;
        var (full, associations) = (counters.FullReceived, counters.SealAssociations);
        foreach (var datagram in old) pair.Inject(pair.London, datagram.Payload.Span);
        Assert.Equal((full, associations), (counters.FullReceived, counters.SealAssociations));
        pair.Run(1);
        Assert.True(pair.AreUp());
        Assert.Equal(associations, counters.SealAssociations);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void Loss_duplication_and_reordering_only_delay_the_association(double loss)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            using var pair = new SealedPair(seed, new Impairment { Loss = loss, Duplication = 0.2, Reordering = 0.2, Latency = TimeSpan.FromMilliseconds(5) });
            Assert.True(pair.Until(pair.AreUp, 5), $"seed {seed}");
            pair.KillManchester();
            pair.Run(0.3);
            pair.RestartManchester();
            Assert.True(pair.Until(pair.AreUp, 5), $"seed {seed} after the restart");
        }
    }

    [Fact]
    public void Another_mesh_key_never_associates_and_is_told_once()
    {
        using var pair = new SealedPair(change: (site, options) => site == "manchester" ? options with { Keys = [SealedPair.OtherKey] } : options);
        pair.Run(60);
        foreach (var site in (IaxSite[])[pair.London, pair.Manchester])
        {
            Assert.Equal([SealState.Asking, SealState.WrongKey], site.SealStates.Select(s => s.Now));
            Assert.Equal(0, site.Endpoint.Counters.SealAssociations);
            Assert.DoesNotContain(site.PeerStates, s => s.Now == PeerState.Alive);
        }
    }

    [Fact]
    public void A_peer_that_does_not_seal_never_becomes_alive_and_is_told_once()
    {
        using var pair = new SealedPair();
        pair.KillManchester();
        var plain = new IaxSite(pair.World, "manchester", "10.0.0.2:4569");
        plain.Loop.Invoke(() => plain.Endpoint.AddPeer(new PeerOptions { Name = "london", Secret = IaxPair.Secret, Address = pair.London.Address, IsSite = true, Qualify = QualifyOptions.Site }));
        pair.KillLondon();
        pair.RestartLondon();
        pair.Run(10);
        Assert.Equal([SealState.Asking, SealState.Unsealed], pair.London.SealStates.Select(s => s.Now));
        Assert.DoesNotContain(pair.London.PeerStates.Concat(plain.PeerStates), s => s.Now == PeerState.Alive);
        // What it cannot read it drops as no frame at all.
        Assert.True(plain.Endpoint.Counters[DropReason.UnknownMeta] > 50);
    }

    [Fact]
    public void Two_keys_are_believed_while_one_is_exchanged_for_another()
    {
        using var pair = new SealedPair(change: (site, options) => options with { Keys = site == "london" ? [SealedPair.OtherKey, SealedPair.Key] : [SealedPair.Key, SealedPair.OtherKey] });
        Assert.True(pair.Until(pair.AreUp, 0.6));
    }

    [Fact]
    public void Keys_rotate_while_calls_go_on_and_after_a_cut()
    {
        using var pair = new SealedPair(change: (_, options) => options with { RotateAfterDatagrams = 10, RotateAfterMs = 60_000 });
        Assert.True(pair.Until(pair.AreUp, 0.6));
        pair.Run(30);
        Assert.True(pair.AreUp());
        Assert.Equal(2, pair.London.PeerStates.Count + pair.Manchester.PeerStates.Count);
        var generations = pair.Datagrams.Where(d => SealFormat.IsSealed(d.Payload.Span)).Select(d => d.Payload.Span[3]).Distinct().ToList();
        Assert.InRange(generations.Count, 10, 256);
        pair.World.Wire.Partition(pair.London.Address, pair.Manchester.Address);
        pair.Run(20);
        pair.World.Wire.Heal();
        Assert.True(pair.Until(pair.AreUp, 0.6));
    }

    [Fact]
    public void What_cannot_be_sealed_is_not_sent_and_what_nobody_can_open_is_dropped()
    {
        using var pair = new SealedPair();
        byte[] poke = [0x80, 1, 0, 0, 0, 0, 0, 3, 0, 0, 6, 0x1e];
        var counters = pair.London.Endpoint.Counters;
        // The first probe came before the association.
        Assert.Equal(1, counters[DropReason.SealNotReady]);
        byte[] stale = new byte[64];
        stale[2] = 0x53;
        pair.Inject(pair.London, stale);
        Assert.Equal(1, counters[DropReason.SealNotAssociated]);
        Assert.True(pair.Until(pair.AreUp, 0.6));
        Assert.True(pair.London.Loop.Invoke(() => pair.London.Endpoint.Wire.TrySend(poke, pair.Manchester.Address)));
        Assert.False(pair.London.Loop.Invoke(() => pair.London.Endpoint.Wire.TrySend(new byte[SealFormat.MostClear + 1], pair.Manchester.Address)));
        Assert.Equal(1, counters[DropReason.SealTooLong]);
    }

    [Fact]
    public void Recorded_hellos_are_answered_a_limited_number_of_times_with_no_more_than_they_bring()
    {
        using var pair = new SealedPair();
        Assert.True(pair.Until(pair.AreUp, 0.6));
        byte[] asking = pair.Datagrams.First(d => d.From == pair.Manchester.Address && SealFormat.IsHello(d.Payload.Span)).Payload.ToArray();
        pair.Run(2);
        int from = pair.Datagrams.Count;
        for (int i = 0; i < 1_000; i++) pair.Inject(pair.London, asking);
        var answers = pair.Datagrams.Skip(from).Where(d => SealFormat.IsHello(d.Payload.Span)).ToList();
        Assert.Equal(50, answers.Count);
        Assert.All(answers, answer => Assert.Equal(asking.Length, answer.Payload.Length));
        Assert.Equal(950, pair.London.Endpoint.Counters[DropReason.SealHelloLimited]);
        pair.Run(5);
        Assert.True(pair.AreUp());
        Assert.Equal((1, 1), (pair.London.Endpoint.Counters.SealAssociations, pair.Manchester.Endpoint.Counters.SealAssociations));
    }

    private sealed class Ear(List<byte[]> heard) : IDatagramReceiver
    {
        public void OnDatagram(IDatagramSocket socket, in Datagram datagram) => heard.Add(datagram.Payload.ToArray());
    }
}
