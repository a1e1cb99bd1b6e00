namespace Mesh.Media.Tests.Rtp;

public sealed class RtpPortTests
{
    [Fact]
    public void A_relayed_packet_keeps_its_audio_its_pace_and_one_source()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var (b, bob) = w.Leg();
        Bridge.Join(a, b);
        for (byte i = 0; i < 50; i++) { alice.SendAudio(i); w.Run(20); }
        var got = bob.Audio.ToList();
        Assert.Equal(50, got.Count);
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(Enumerable.Repeat((byte)i, 160), got[i].Payload);
            Assert.Equal((b.Ssrc, b.Local, i == 0), (got[i].Header.Ssrc, got[i].From, got[i].Header.Marker));
            if (i > 0) Assert.Equal((1, 160), (Step(got[i - 1], got[i]), (int)(got[i].Header.Timestamp - got[i - 1].Header.Timestamp)));
        }
        Assert.Empty(alice.Got);
    }

    [Theory]
    [InlineData(AudioCodec.Pcma, AudioCodec.Pcmu)]
    [InlineData(AudioCodec.Pcmu, AudioCodec.Pcma)]
    public void The_other_law_is_made_in_place(AudioCodec from, AudioCodec to)
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg(from);
        var (b, bob) = w.Leg(to);
        Bridge.Join(a, b);
        alice.SendAudio(0x12);
        w.Run(20);
        var expected = new byte[] { 0x12 };
        Codecs.G711Reference.Transcode(expected, from, to);
        var got = Assert.Single(bob.Audio);
        Assert.Equal(to.StaticPayloadType(), got.Header.PayloadType);
        Assert.All(got.Payload, sample => Assert.Equal(expected[0], sample));
    }

    [Fact]
    public void Loss_and_reordering_stay_visible_to_the_far_end()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var (b, bob) = w.Leg();
        Bridge.Join(a, b);
        alice.SendAudio(1); w.Run(20);
        alice.Sequence += 2; alice.Timestamp += 320;
        alice.SendAudio(4); w.Run(20);
        // The third comes after the fourth.
        (alice.Sequence, alice.Timestamp) = ((ushort)(alice.Sequence - 2), alice.Timestamp - 320);
        alice.SendAudio(3); w.Run(20);
        var got = bob.Audio.ToList();
        Assert.Equal([1, 4, 3], got.Select(p => (int)p.Payload[0]));
        Assert.Equal([3, -1], [Step(got[0], got[1]), Step(got[1], got[2])]);
        Assert.Equal([480, -160], [(int)(got[1].Header.Timestamp - got[0].Header.Timestamp), (int)(got[2].Header.Timestamp - got[1].Header.Timestamp)]);
        Assert.Equal(1, a.Lost);
    }

    [Fact]
    public void The_senders_sequence_may_wrap()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var (b, bob) = w.Leg();
        Bridge.Join(a, b);
        alice.Sequence = 65_500;
        alice.Timestamp = uint.MaxValue - 1000;
        for (int i = 0; i < 100; i++) { alice.SendAudio((byte)i); w.Run(20); }
        var got = bob.Audio.ToList();
        Assert.Equal(100, got.Count);
        Assert.All(got.Zip(got.Skip(1)), p => Assert.Equal((1, 160), (Step(p.First, p.Second), (int)(p.Second.Header.Timestamp - p.First.Header.Timestamp))));
        Assert.Equal((0L, 0L), (a.Lost, a.Counters.Discarded));
    }

    [Fact]
    public void A_duplicate_is_relayed_once()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var (b, bob) = w.Leg();
        Bridge.Join(a, b);
        alice.SendAudio(); w.Run(5);
        alice.Sequence--; alice.Timestamp -= 160;
        alice.SendAudio(); w.Run(20);
        Assert.Single(bob.Audio);
        Assert.Equal((1L, 1L), (a.Counters.PacketsReceived, a.Counters.Late));
    }

    [Fact]
    public void Garbage_unknown_types_and_strangers_are_counted_and_change_nothing()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var (b, bob) = w.Leg();
        Bridge.Join(a, b);
        alice.SendAudio(); w.Run(20);
        alice.SendRaw([1, 2, 3]);
        alice.Send(18, false, 0, new byte[20]);
        alice.Send(8, false, 0, new byte[RtpPortOptions.Default.MaxAudioOctets + 1]);
        var stranger = w.Phone();
        stranger.Peer = a.Local;
        for (int i = 0; i < 20; i++) stranger.SendAudio();
        w.Run(20);
        Assert.Equal(23, a.Counters.Discarded);
        Assert.Equal(alice.Local, a.Remote);
        Assert.Single(bob.Audio);
    }

    [Fact]
    public void Comfort_noise_is_a_sign_of_life_and_not_relayed()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var (b, bob) = w.Leg();
        Bridge.Join(a, b);
        w.Run(1000);
        alice.Send(13, false, 0, [60]);
        w.Run(20);
        Assert.InRange(a.Counters.LastReceivedMs, 1000, 1020);
        Assert.Empty(bob.Got);
    }

    [Fact]
    public void A_phone_behind_a_translator_is_answered_where_it_sends_from_and_a_session_refresh_keeps_that()
    {
        using var w = new MediaWorld();
        var port = w.Pool.Rent()!;
        var agreed = MediaWorld.To(NetAddress.Parse("192.168.1.20:4000"));
        port.Apply(agreed);
        var phone = w.Phone();
        phone.Peer = port.Local;
        for (int i = 0; i < 5; i++) { phone.SendAudio(); w.Run(20); }
        Assert.Equal(phone.Local, port.Remote);
        port.Apply(agreed with { PtimeMs = 30 });
        Assert.Equal(phone.Local, port.Remote);
        port.Apply(MediaWorld.To(NetAddress.Parse("192.168.1.21:4000")));
        Assert.Equal(NetAddress.Parse("192.168.1.21:4000"), port.Remote);
    }

    [Theory]
    [InlineData(AudioDirection.Inactive)]
    [InlineData(AudioDirection.ReceiveOnly)]
    public void A_held_phone_is_sent_nothing(AudioDirection ours)
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var (b, bob) = w.Leg();
        Bridge.Join(a, b);
        b.Apply(MediaWorld.To(bob.Local) with { Direction = ours });
        alice.SendAudio(); w.Run(20);
        Assert.Empty(bob.Got);
        b.Apply(MediaWorld.To(bob.Local));
        alice.SendAudio(); w.Run(20);
        Assert.Single(bob.Got);
    }

    [Fact]
    public void Before_an_agreement_nothing_is_sent_and_nothing_heard()
    {
        using var w = new MediaWorld();
        var port = w.Pool.Rent()!;
        var (other, bob) = w.Leg();
        Bridge.Join(port, other);
        var phone = w.Phone();
        phone.Peer = port.Local;
        phone.SendAudio();
        bob.SendAudio();
        w.Run(20);
        Assert.Empty(phone.Got);
        Assert.Empty(bob.Got);
        Assert.Equal((1L, AudioCodec.None), (port.Counters.Discarded, port.SendCodec));
    }

    [Fact]
    public void A_restarted_far_end_goes_on_in_our_time_with_a_marker()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var (b, bob) = w.Leg();
        Bridge.Join(a, b);
        for (int i = 0; i < 10; i++) { alice.SendAudio(); w.Run(20); }
        w.Run(1000);
        (alice.Ssrc, alice.Sequence, alice.Timestamp) = (99, 7, 3_000_000_000);
        for (int i = 0; i < 3; i++) { alice.SendAudio(); w.Run(20); }
        var got = bob.Audio.ToList();
        Assert.Equal((1, true), (Step(got[9], got[10]), got[10].Header.Marker));
        Assert.InRange((int)(got[10].Header.Timestamp - got[9].Header.Timestamp), 160 + 8000 - 16, 160 + 8000 + 16);
        Assert.Equal(160u, got[11].Header.Timestamp - got[10].Header.Timestamp);
    }

    [Fact]
    public void Random_and_mutated_datagrams_never_throw_and_the_call_goes_on()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        var (b, bob) = w.Leg();
        Bridge.Join(a, b);
        alice.SendAudio(); w.Run(20);
        var chance = new SeededChance(3);
        for (int i = 0; i < 20_000; i++)
        {
            var packet = new byte[chance.NextInt32(200)];
            chance.Fill(packet);
            if (packet.Length > 12 && (i & 1) == 0)
            {
                packet[0] = (byte)(0x80 | packet[0] & 0x3F);
                packet[1] = (byte)(chance.NextInt32(3) switch { 0 => 8, 1 => 101, _ => packet[1] });
            }
            alice.SendRaw(packet);
            if (i % 500 == 0) w.Run(1);
        }
        // Some of it were key presses, which are played out first.
        w.Run(600_000);
        int before = bob.Audio.Count();
        for (int i = 0; i < 3; i++) { alice.SendAudio(0x42); w.Run(20); }
        Assert.Equal(before + 3, bob.Audio.Count());
        Assert.Equal(0x42, bob.Audio.Last().Payload[0]);
    }

    private static int Step(GotPacket before, GotPacket after) => (short)(after.Header.Sequence - before.Header.Sequence);
}
