using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

public class CallTests
{
    [Fact]
    public void A_call_is_placed_authenticated_answered_and_hung_up_by_the_caller()
    {
        using var pair = new IaxPair();
        var (call, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing, "bye"));
        pair.Run(1);
        Assert.Equal(["acknowledged", "accepted Alaw", "ringing", "answered"], log.Events);
        Assert.Equal(["hangup NormalClearing"], pair.Manchester.ReceivedLogs.Single().Events);
        Assert.Equal(["> New", "< CallToken", "> New", "< AuthReq", "> AuthRep", "< Accept", "< Ringing", "< Answer", "> Hangup"], pair.Conversation());
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_call_is_hung_up_by_the_callee_with_its_cause()
    {
        using var pair = new IaxPair();
        var (call, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        pair.Manchester.Loop.Invoke(() => pair.Manchester.Received[0].Hangup(CauseCode.AnsweredElsewhere));
        pair.Run(1);
        Assert.Equal(CauseCode.AnsweredElsewhere, log.Cause);
        Assert.Null(pair.Manchester.ReceivedLogs[0].Cause);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void What_the_caller_says_of_the_call_arrives()
    {
        using var pair = new IaxPair();
        string hop = new('h', 247), rung = new('r', 247);
        pair.London.Place("manchester", new NewCallOptions
        {
            CalledNumber = "301", CallingNumber = "+441619960600", CallingName = "Zoë", CallingPresentation = 0x20, Dnid = "442079460123", Rdnis = "302", CallingAni = "0",
            CalledContext = "mesh", Language = "en", Formats = [VoiceFormat.Ulaw], Variables = [new("MESHHOP", hop), new("MESHRUNG", rung), new("E", "a=b")],
        });
        pair.Run(1);
        var received = pair.Manchester.Received.Single();
        Assert.Equal(("301", "+441619960600", "Zoë", 0x20, "442079460123", "302", "0", "mesh", "en", "london"),
            (received.CalledNumber, received.CallingNumber, received.CallingName, received.CallingPresentation, received.Dnid, received.Rdnis, received.CallingAni,
                received.CalledContext, received.Language, received.PeerName));
        Assert.Equal([new("MESHHOP", hop), new("MESHRUNG", rung), new("E", "a=b")], received.Variables);
        Assert.Equal(VoiceFormat.Ulaw, received.Format);
        Assert.All(pair.Datagrams, datagram => Assert.True(datagram.Payload.Length <= 1036));
    }

    [Theory]
    [InlineData(CauseCode.UserBusy)]
    [InlineData(CauseCode.UnallocatedNumber)]
    [InlineData(CauseCode.NormalUnspecified)]
    public void A_call_is_refused_with_its_cause(CauseCode cause)
    {
        using var pair = new IaxPair();
        pair.Manchester.Answering = call => call.Hangup(cause, "no");
        var (_, log, _) = pair.London.Place("manchester");
        pair.Run(1);
        Assert.Equal(["acknowledged", $"hangup {cause}"], log.Events);
        Assert.Contains("< Reject", pair.Conversation());
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_core_that_sets_no_handler_refuses()
    {
        using var pair = new IaxPair();
        pair.Manchester.Answering = call => call.Handler = null;
        var (_, log, _) = pair.London.Place("manchester");
        pair.Run(1);
        Assert.Equal(CauseCode.CallRejected, log.Cause);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_core_that_fails_ends_its_call()
    {
        using var pair = new IaxPair();
        pair.Manchester.Answering = _ => throw new InvalidOperationException("the host's mistake");
        var (_, log, _) = pair.London.Place("manchester");
        pair.Run(1);
        Assert.Equal(CauseCode.TemporaryFailure, log.Cause);
        Assert.Single(pair.World.Faults);
        pair.Run(60);
        Assert.Equal((0, 0), (pair.Manchester.Endpoint.CallCount, pair.London.Endpoint.CallCount));
    }

    [Fact]
    public void A_busy_tone_ends_the_call()
    {
        using var pair = new IaxPair();
        pair.Manchester.Answering = call => { call.Proceeding(); call.Busy(); };
        var (_, log, _) = pair.London.Place("manchester");
        pair.Run(1);
        Assert.Equal(["acknowledged", "accepted Alaw", "proceeding", "hangup UserBusy"], log.Events);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_caller_gives_up_while_it_rings()
    {
        using var pair = new IaxPair();
        pair.Manchester.Answering = call => { call.Ringing(); call.Progress(); };
        var (call, log, _) = pair.London.Place("manchester");
        pair.Run(2);
        Assert.Equal(["acknowledged", "accepted Alaw", "ringing", "progress"], log.Events);
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.AnsweredElsewhere));
        pair.Run(0.1);
        Assert.Equal(CauseCode.AnsweredElsewhere, pair.Manchester.ReceivedLogs[0].Cause);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_caller_gives_up_at_every_moment_of_the_setup()
    {
        for (int afterMicros = 0; afterMicros < 900; afterMicros += 50)
        {
            using var pair = new IaxPair();
            var (call, log, _) = pair.London.Place("manchester");
            pair.World.RunFor(TimeSpan.FromMicroseconds(afterMicros));
            pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
            pair.Run(1);
            Assert.Null(log.Cause);
            Assert.All(pair.Manchester.ReceivedLogs, received => Assert.Equal(CauseCode.NormalClearing, received.Cause));
            pair.AssertNothingLeft();
        }
    }

    [Fact]
    public void A_wrong_secret_is_refused_and_the_host_never_hears_of_it()
    {
        using var pair = new IaxPair(toCallee: peer => peer with { Secret = "wrong" });
        var (_, log, _) = pair.London.Place("manchester");
        pair.Run(1);
        Assert.Equal(CauseCode.FacilityNotSubscribed, log.Cause);
        Assert.Empty(pair.Manchester.Received);
        Assert.Equal(1, pair.Manchester.Endpoint.Counters[DropReason.AuthenticationFailed]);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void An_unknown_name_goes_the_same_way_as_a_wrong_secret()
    {
        using var wrong = new IaxPair(toCallee: peer => peer with { Secret = "wrong" });
        using var unknown = new IaxPair(toCallee: peer => peer with { OurUsername = "london2" });
        foreach (var pair in (IaxPair[])[wrong, unknown])
        {
            pair.London.Place("manchester");
            pair.Run(1);
        }
        Assert.Equal(wrong.Conversation(), unknown.Conversation());
        Assert.Empty(unknown.Manchester.Received);
        unknown.AssertNothingLeft();
    }

    [Fact]
    public void Plaintext_is_used_only_where_both_wrote_it_down()
    {
        using var pair = new IaxPair(toCallee: peer => peer with { Methods = AuthenticationMethods.Plaintext }, toCaller: peer => peer with { Methods = AuthenticationMethods.Plaintext });
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));

        using var refusing = new IaxPair(toCaller: peer => peer with { Methods = AuthenticationMethods.Plaintext });
        var (_, log, _) = refusing.London.Place("manchester");
        refusing.Run(1);
        Assert.Equal(CauseCode.FacilityNotSubscribed, log.Cause);
        Assert.DoesNotContain("> AuthRep", refusing.Conversation());
        refusing.AssertNothingLeft();
    }

    [Fact]
    public void No_format_in_common_is_refused()
    {
        using var pair = new IaxPair();
        var (_, log, _) = pair.London.Place("manchester", new NewCallOptions { CalledNumber = "301", Formats = [VoiceFormat.Gsm] });
        pair.Run(1);
        Assert.Equal(CauseCode.BearerCapabilityNotAvailable, log.Cause);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_call_into_nothing_ends_and_leaves_nothing()
    {
        using var pair = new IaxPair();
        pair.World.KillHost(pair.Manchester.Address);
        var (_, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => log.Cause is not null, 60));
        Assert.Equal(["hangup DestinationOutOfOrder"], log.Events);
        pair.Run(20);
        Assert.Equal((0, 0), (pair.London.Endpoint.CallCount, pair.London.Loop.Deadlines.Armed));
    }

    [Fact]
    public void A_call_whose_far_end_dies_ends()
    {
        using var pair = new IaxPair();
        var (call, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        pair.World.Wire.Partition(pair.London.Address, pair.Manchester.Address);
        Assert.True(pair.Until(() => log.Cause is not null && pair.Manchester.ReceivedLogs[0].Cause is not null, 90));
        Assert.Equal(CauseCode.DestinationOutOfOrder, log.Cause);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_far_end_that_restarted_says_that_it_knows_no_such_call()
    {
        using var pair = new IaxPair();
        var (call, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        pair.World.KillHost(pair.Manchester.Address);
        _ = new IaxSite(pair.World, "manchester again", "10.0.0.2:4569");
        pair.London.Loop.Invoke(() => call.SendText("are you there?"));
        pair.Run(0.1);
        Assert.Equal(CauseCode.TemporaryFailure, log.Cause);
    }

    [Fact]
    public void Digits_text_and_hold_cross_both_ways()
    {
        using var pair = new IaxPair();
        var (call, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        var far = pair.Manchester.Received[0];
        log.Events.Clear();
        pair.London.Loop.Invoke(() => { call.SendDigit('5', false); call.SendDigit('5', true); call.SendText("héllo"); call.SendHold(true); call.SendHold(false); });
        pair.Manchester.Loop.Invoke(() => { far.SendDigit('#', false); far.SendDigit('#', true); });
        pair.Run(1);
        Assert.Equal(["digit 5 begin", "digit 5 end", "text héllo", "held", "unheld"], pair.Manchester.ReceivedLogs[0].Events);
        Assert.Equal(["digit # begin", "digit # end"], log.Events);
    }

    [Fact]
    public void A_peer_that_knows_only_releases_is_told_only_those_and_made_to_press_first()
    {
        using var pair = new IaxPair(toCallee: peer => peer with { DigitsEndOnly = true });
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        pair.London.Loop.Invoke(() => { call.SendDigit('1', false); call.SendDigit('1', true); });
        pair.Run(1);
        Assert.DoesNotContain("> DtmfBegin", pair.Conversation());
        Assert.Equal(["digit 1 begin", "digit 1 end"], pair.Manchester.ReceivedLogs[0].Events);
    }

    [Fact]
    public void A_long_call_is_kept_by_pings_and_measured()
    {
        using var pair = new IaxPair(impairment: new Impairment { Latency = TimeSpan.FromMilliseconds(15) });
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        pair.Run(65);
        Assert.True(call.IsUp);
        Assert.InRange(call.RoundTripMs, 30, 35);
        Assert.Contains("< LagRp", pair.Conversation());
        Assert.Contains("> Pong", pair.Conversation());
        Assert.Equal(0, pair.London.Endpoint.Counters.Retransmissions);
    }
}
