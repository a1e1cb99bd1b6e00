using Mesh.Iax2.Tests.Support;
using Mesh.Iax2.Trunking;

namespace Mesh.Iax2.Tests.Trunking;

/// <summary>RFC 5456 section 8.1.3.2, between two endpoints on a wire in virtual time.</summary>
public class TrunkTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_frame_arrives_once_and_in_order(bool timed)
    {
        using var trunk = new TrunkPair(10, new TrunkOptions { WithTimestamps = timed });
        trunk.Speak(100, spreadMs: 18);
        trunk.Pair.Run(0.1);
        Assert.All(trunk.Calls, call =>
        {
            var heard = trunk.Heard(call).Frames;
            Assert.Equal(Enumerable.Range(0, 100).Select(i => (byte)i), heard.Select(frame => frame.First));
            Assert.All(heard, frame => Assert.Equal((VoiceFormat.Alaw, 160), (frame.Format, frame.Length)));
            // Without stamps of their own the entries have the datagram's: as much wrong as a frame may wait.
            Assert.All(heard.Zip(heard.Skip(1)), two => Assert.InRange(two.Second.Timestamp - two.First.Timestamp, timed ? 20u : 0u, timed ? 20u : 42u));
        });
        Assert.DoesNotContain(trunk.Sent(), d => TrunkPair.IsMini(d));
        Assert.Empty(trunk.Pair.World.Faults);
    }

    [Fact]
    public void The_first_voice_of_a_call_is_a_full_frame()
    {
        using var trunk = new TrunkPair(5, new TrunkOptions());
        int from = trunk.Pair.Datagrams.Count;
        trunk.Speak();
        Assert.Equal(5, trunk.Sent(from).Count(d => FullFrame.TryRead(d.Payload.Span, out var full) && full.Type == FrameType.Voice));
        Assert.DoesNotContain(trunk.Sent(from), d => TrunkPair.IsTrunk(d));
        from = trunk.Pair.Datagrams.Count;
        trunk.Speak(2);
        Assert.Contains(trunk.Sent(from), d => TrunkPair.IsTrunk(d));
        Assert.Equal(0, trunk.Pair.Manchester.Endpoint.Counters[DropReason.VoiceBeforeFormat]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_few_calls_send_mini_frames_and_wait_for_nobody(int calls)
    {
        using var trunk = new TrunkPair(calls, new TrunkOptions());
        trunk.Speak(20);
        Assert.DoesNotContain(trunk.Sent(), d => TrunkPair.IsTrunk(d));
        Assert.Equal(calls * 19, trunk.Sent().Count(d => TrunkPair.IsMini(d)));
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(5, 18)]
    [InlineData(40, 18)]
    [InlineData(40, 0)]
    public void No_frame_waits_longer_than_the_interval(int calls, double spreadMs)
    {
        using var trunk = new TrunkPair(calls, new TrunkOptions());
        trunk.Speak(2, spreadMs);
        var sentAt = new Dictionary<(ushort, byte), long>();
        long most = 0;
        trunk.Pair.World.Wire.OnDatagram += datagram =>
        {
            if (!TrunkFrame.TryRead(datagram.Payload.Span, out var frame)) return;
            while (frame.MoveNext())
                if (sentAt.TryGetValue((frame.Current.SourceCall, datagram.Payload.Span[frame.Current.Offset]), out long at)) most = Math.Max(most, datagram.AtMicros - at);
        };
        for (byte round = 2; round < 50; round++)
        {
            foreach (var call in trunk.Calls)
            {
                sentAt[(call.LocalNumber, round)] = trunk.Pair.World.Time.NowMicros;
                trunk.Send(call);
                trunk.Pair.Run(spreadMs / calls / 1000);
            }
            trunk.Pair.Run((20 - spreadMs) / 1000);
            trunk.Advance();
        }
        // A deadline passes less than a millisecond late.
        Assert.InRange(most, 1, 21_000);
    }

    [Fact]
    public void A_datagram_is_no_longer_than_the_mtu()
    {
        foreach (int mtu in (int[])[TrunkOptions.LeastMtu, 340, 1_240, TrunkOptions.MostMtu])
        {
            using var trunk = new TrunkPair(30, new TrunkOptions { Mtu = mtu });
            trunk.Speak(20);
            var datagrams = trunk.Sent().Where(d => TrunkPair.IsTrunk(d)).ToList();
            int each = (mtu - 8) / 166;
            Assert.All(datagrams, d => Assert.InRange(d.Payload.Length, 8 + 166, 8 + each * 166));
            Assert.Contains(datagrams, d => TrunkPair.EntriesOf(d).Count == each);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrunkOptions { Mtu = 100 });
    }

    [Fact]
    public void A_finished_call_leaves_the_trunk_before_its_hangup()
    {
        using var trunk = new TrunkPair(6, new TrunkOptions());
        trunk.Speak(5);
        foreach (var call in trunk.Calls.ToArray())
        {
            trunk.Send(call);
            int from = trunk.Pair.Datagrams.Count;
            trunk.Pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
            Assert.False(trunk.Send(call));
            trunk.Calls.Remove(call);
            trunk.Speak(3);
            var sent = trunk.Sent(from);
            int hangup = sent.FindIndex(d => FullFrame.TryRead(d.Payload.Span, out var full) && full.Command == IaxCommand.Hangup);
            Assert.True(hangup >= 0);
            Assert.All(sent.Skip(hangup), d => Assert.DoesNotContain(call.LocalNumber, TrunkPair.EntriesOf(d)));
            // With six and five calls what waited was a trunk's; it went out first.
            if (trunk.Calls.Count >= 2) Assert.Contains(call.LocalNumber, TrunkPair.EntriesOf(sent[0]));
        }
        Assert.Equal(0, trunk.Pair.Manchester.Endpoint.Counters[DropReason.UnknownMini]);
        trunk.Pair.AssertNothingLeft();
    }

    [Fact]
    public void A_new_window_of_the_clock_is_told_after_what_waits()
    {
        using var trunk = new TrunkPair(4, new TrunkOptions());
        trunk.Speak(70 * 50, spreadMs: 12);
        trunk.Pair.Run(0.1);
        Assert.All(trunk.Calls, call =>
        {
            var heard = trunk.Heard(call).Frames;
            Assert.Equal(70 * 50, heard.Count);
            Assert.All(heard.Zip(heard.Skip(1)), two => Assert.Equal(20u, two.Second.Timestamp - two.First.Timestamp));
        });
    }

    [Fact]
    public void Two_frames_of_a_call_never_share_one_stamp()
    {
        using var trunk = new TrunkPair(3, new TrunkOptions { WithTimestamps = false });
        trunk.Speak(3);
        int from = trunk.Pair.Datagrams.Count;
        for (int i = 0; i < 4; i++)
        {
            foreach (var call in trunk.Calls) trunk.Send(call);
            trunk.Advance();
            trunk.Pair.Run(0.005);
        }
        trunk.Pair.Run(0.05);
        var stamps = new List<uint>();
        foreach (var datagram in trunk.Sent(from).Where(d => TrunkPair.IsTrunk(d)))
        {
            var numbers = TrunkPair.EntriesOf(datagram);
            Assert.Equal(numbers.Count, numbers.Distinct().Count());
            Assert.True(TrunkFrame.TryRead(datagram.Payload.Span, out var frame));
            stamps.Add(frame.Timestamp);
        }
        Assert.Equal(4, stamps.Count);
        Assert.Equal(stamps.Distinct().Order(), stamps);
    }

    [Fact]
    public void A_lost_datagram_takes_only_its_own_frames_along()
    {
        using var trunk = new TrunkPair(20, new TrunkOptions());
        trunk.Speak(10);
        trunk.Pair.World.Wire.Default = new Impairment { Loss = 0.1 };
        trunk.Speak(200);
        trunk.Pair.World.Wire.Default = Impairment.None;
        trunk.Speak(10);
        Assert.All(trunk.Calls, call =>
        {
            var heard = trunk.Heard(call).Frames;
            Assert.InRange(heard.Count, 160, 215);
            Assert.All(heard.Zip(heard.Skip(1)), two => Assert.Equal(0u, (two.Second.Timestamp - two.First.Timestamp) % 20));
            Assert.Equal(219u * 20, heard[^1].Timestamp - heard[0].Timestamp);
        });
        Assert.All(trunk.Calls, call => Assert.True(call.IsUp));
    }

    [Fact]
    public void A_quiet_trunk_leaves_no_deadline()
    {
        using var trunk = new TrunkPair(5, new TrunkOptions());
        trunk.Speak(10);
        foreach (var call in trunk.Calls) trunk.Pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        trunk.Pair.AssertNothingLeft();
    }
}
