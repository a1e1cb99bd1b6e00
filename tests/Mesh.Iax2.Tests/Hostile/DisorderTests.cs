using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Hostile;

/// <summary>Bursts, storms and frames in any order: the work stays bounded, and the call can always be ended.</summary>
public sealed class DisorderTests : IDisposable
{
    private const string Keys = "0123456789ABCD*#";

    // A site of ours is believed before it says its format: here the caller is somebody else.
    private readonly IaxPair pair = new(toCaller: peer => peer with { IsSite = false });
    private readonly RawPeer stranger;

    public DisorderTests() => stranger = new RawPeer(pair.World, "10.0.0.66:4569");

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void Two_hundred_keys_at_once_arrive_in_order_and_the_call_can_be_ended(double loss)
    {
        pair.World.Wire.Default = new Impairment { Loss = loss, Duplication = loss / 2, Reordering = loss / 2 };
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 60));
        string keys = string.Concat(Enumerable.Range(0, 200).Select(i => Keys[i % Keys.Length]));
        pair.London.Loop.Invoke(() => { foreach (char key in keys) { call.SendDigit(key, false); call.SendDigit(key, true); } });
        Assert.InRange(call.Unacknowledged, 400, 401);
        Assert.True(pair.Until(() => pair.Manchester.ReceivedLogs[0].Digits.Length == keys.Length, 120));
        Assert.Equal(keys, pair.Manchester.ReceivedLogs[0].Digits);

        // And again, with the end right behind: it does not wait for its turn.
        pair.London.Loop.Invoke(() => { foreach (char key in keys) call.SendDigit(key, true); call.Hangup(CauseCode.NormalClearing); });
        Assert.True(pair.Until(() => pair.Manchester.ReceivedLogs[0].Cause is not null, 60));
        pair.World.Wire.Default = Impairment.None;
        pair.AssertNothingLeft(120);
    }

    [Fact]
    public void Two_hundred_keys_of_a_peer_that_waits_for_nothing_are_all_taken()
    {
        pair.Manchester.Answering = call => call.Answer();
        var hand = new HandCall(pair, stranger);
        for (int i = 0; i < 200; i++) hand.Send(FrameType.DtmfEnd, (byte)Keys[i % Keys.Length]);
        pair.Run(1);
        Assert.Equal(200, pair.Manchester.ReceivedLogs[0].Digits.Length);
        Assert.InRange(stranger.Received.Count, 200, 220);
    }

    [Fact]
    public void More_frames_than_may_wait_are_counted_and_the_call_can_be_ended()
    {
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        pair.World.Wire.Cut(pair.Manchester.Address, pair.London.Address);
        int most = pair.London.Endpoint.Options.MaxBacklog;
        pair.London.Loop.Invoke(() => { for (int i = 0; i < 5_000; i++) call.SendText("x"); });
        Assert.Equal(5_000 - most - ReliableWindow.Capacity, pair.London.Endpoint.Counters[DropReason.BacklogFull]);
        pair.World.Wire.Heal();
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.UserBusy));
        pair.Run(5);
        Assert.Equal(CauseCode.UserBusy, pair.Manchester.ReceivedLogs[0].Cause);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void Voice_before_its_format_asks_once_and_is_heard_when_the_format_is_known()
    {
        // Of a site of ours it would be taken for what was agreed.
        using var pair = new IaxPair(toCaller: peer => peer with { IsSite = false });
        var stranger = new RawPeer(pair.World, "10.0.0.66:4569");
        pair.Manchester.Answering = call => call.Answer();
        var hand = new HandCall(pair, stranger);
        for (int i = 0; i < 1_000; i++) stranger.Send(pair.Manchester.Address, Forge.Mini(HandCall.Number, (ushort)(i * 20)));
        pair.Run(1);
        Assert.Single(stranger.Said(), "Vnak");
        Assert.Equal(1_000, pair.Manchester.Endpoint.Counters[DropReason.VoiceBeforeFormat]);
        hand.Send(FrameType.Voice, (byte)VoiceFormat.Alaw, new byte[160]);
        stranger.Send(pair.Manchester.Address, Forge.Mini(HandCall.Number, 60));
        pair.Run(1);
        Assert.Equal(2, pair.Manchester.ReceivedVoice[0].Frames.Count);
    }

    [Fact]
    public void A_storm_of_vnaks_costs_one_repetition_in_ten_milliseconds()
    {
        pair.Manchester.Answering = call => call.Answer();
        var hand = new HandCall(pair, stranger);
        pair.Manchester.Loop.Invoke(() => { for (int i = 0; i < 40; i++) pair.Manchester.Received[0].SendText("x"); });
        pair.Run(0.001);
        stranger.Received.Clear();
        for (int i = 0; i < 1_000; i++)
            stranger.Send(pair.Manchester.Address, IaxCommand.Vnak, HandCall.Number, hand.Far, 5, 4, 4);
        pair.Run(0.009);
        // Nothing yet: all of it was sent less than ten milliseconds ago.
        Assert.InRange(stranger.Received.Count, 0, 45);
        for (int i = 0; i < 1_000; i++) stranger.Send(pair.Manchester.Address, IaxCommand.Vnak, HandCall.Number, hand.Far, 5, 4, 4);
        pair.Run(0.009);
        Assert.InRange(stranger.Received.Count, 39, 90);
    }

    [Fact]
    public void A_stamp_that_cannot_be_moves_nothing_and_a_source_that_jumped_is_followed()
    {
        pair.Manchester.Answering = call => call.Answer();
        var hand = new HandCall(pair, stranger);
        hand.Send(FrameType.Voice, (byte)VoiceFormat.Alaw, new byte[160]);
        pair.Run(0.02);
        for (int i = 1; i <= 101; i++)
        {
            Mini(30 + i * 20);
            if (i % 5 == 0) Mini(30 + i * 20 + 40_000);
            pair.Run(0.02);
        }
        var heard = pair.Manchester.ReceivedVoice[0].Frames;
        Assert.Equal(102, heard.Count);
        Assert.All(heard.Zip(heard.Skip(1)), two => Assert.Equal(20u, two.Second.Timestamp - two.First.Timestamp));
        Assert.Equal(20, pair.Manchester.Endpoint.Counters[DropReason.VoiceImplausible]);
        for (int i = 102; i <= 111; i++) { Mini(30 + i * 20 + 30_000); pair.Run(0.02); }
        Assert.Equal(110, heard.Count);

        void Mini(int timestamp) => stranger.Send(pair.Manchester.Address, Forge.Mini(HandCall.Number, (ushort)timestamp));
    }

    /// <summary>Every kind of frame in random order, with any numbers, in every state of a call: few answers to each, and a HANGUP ends it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_order_of_frames_costs_bounded_answers_and_the_call_ends_when_it_should(int seed)
    {
        var chance = new SeededChance((ulong)seed);
        Action<IncomingIaxCall>[] hosts = [call => call.Accept(VoiceFormat.Alaw), call => call.Ringing(), call => call.Answer(), _ => { }];
        for (int round = 0; round < 60; round++)
        {
            pair.Manchester.Answering = hosts[round % hosts.Length];
            var hand = new HandCall(pair, stranger);
            int answers = 0;
            for (int i = 0; i < 200; i++)
            {
                byte o = (byte)(hand.NextOut + (chance.NextInt32(3) == 0 ? chance.NextInt32(256) : chance.NextInt32(4) - 1));
                bool isIax = chance.NextInt32(2) == 0;
                // Nothing that ends a call, so that what is left can be ended on purpose.
                byte subclass = (byte)chance.NextInt32(64);
                if (isIax && (IaxCommand)subclass is IaxCommand.Hangup or IaxCommand.Reject or IaxCommand.Inval or IaxCommand.CallToken) continue;
                if (!isIax && subclass == (byte)ControlCommand.Hangup) continue;
                var type = isIax ? FrameType.Iax : (FrameType)chance.NextInt32(16);
                if (type == FrameType.Iax && !isIax) continue;
                stranger.Received.Clear();
                if (o == hand.NextOut && (type != FrameType.Iax || !((IaxCommand)subclass).IsUnsequenced())) hand.NextOut++;
                stranger.Send(pair.Manchester.Address, type, subclass, HandCall.Number, hand.Far, (uint)(100 + i), o, (byte)chance.NextInt32(8));
                pair.Run(0.0005);
                // A VNAK may ask for the whole window, if none did so just now.
                Assert.InRange(stranger.Received.Count, 0, ReliableWindow.Capacity + 4);
                answers += stranger.Received.Count;
            }
            Assert.InRange(answers, 0, 1_000);
            var call = pair.Manchester.Received[^1];
            Assert.False(call.IsOver);
            if (round % 2 == 0) hand.Send(IaxCommand.Hangup);
            else pair.Manchester.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
            pair.Run(0.001);
            Assert.True(call.IsOver);
            stranger.Send(pair.Manchester.Address, IaxCommand.Inval, HandCall.Number, hand.Far, 0, 0, 0);
            pair.Run(0.001);
            stranger.Received.Clear();
        }
        Assert.Empty(pair.World.Faults);
        pair.AssertNothingLeft(120);
    }

    public void Dispose() => pair.Dispose();
}
