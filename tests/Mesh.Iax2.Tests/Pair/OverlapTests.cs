using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

/// <summary>Calls whose digits come one by one: TBD, DPREQ, DPREP, DIAL.</summary>
public sealed class OverlapTests : IDisposable
{
    private readonly IaxPair pair = new();

    public OverlapTests() => pair.Manchester.Plan = digits => digits switch
    {
        "301" => DialplanStatus.Exists,
        "30" or "3" or "" => DialplanStatus.CanExist | DialplanStatus.MatchMore,
        "9" => DialplanStatus.Exists | DialplanStatus.MatchMore,
        _ => DialplanStatus.NonExistent,
    };

    [Fact]
    public void Digits_are_asked_about_one_by_one_then_dialled()
    {
        var (call, log) = Open();
        Assert.Empty(pair.Manchester.Received);
        foreach (string digits in (string[])["3", "30", "301", "302", "9"])
            Assert.True(pair.London.Loop.Invoke(() => call.QueryNumber(digits)));
        pair.Run(0.1);
        Assert.Equal(["3: CanExist, MatchMore, 600 s", "30: CanExist, MatchMore, 600 s", "301: Exists, 600 s", "302: NonExistent, 600 s", "9: Exists, MatchMore, 600 s"],
            log.Events.Skip(2));
        Assert.Empty(pair.Manchester.Received);

        log.Events.Clear();
        Assert.True(pair.London.Loop.Invoke(() => call.Dial("301")));
        Assert.True(pair.Until(() => call.IsUp, 1));
        Assert.Equal(["ringing", "answered"], log.Events);
        Assert.Equal("301", pair.Manchester.Received.Single().CalledNumber);
        Assert.False(pair.London.Loop.Invoke(() => call.QueryNumber("3") || call.Dial("302")));
        Assert.Equal(["> New", "< CallToken", "> New", "< AuthReq", "> AuthRep", "< Accept", "> DpReq"], pair.Conversation().Take(7));
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_host_that_accepts_what_was_dialled_says_so_by_progress()
    {
        pair.Manchester.Answering = call => call.Accept(VoiceFormat.Alaw);
        var (call, log) = Open();
        pair.London.Loop.Invoke(() => call.Dial("301"));
        pair.Run(0.1);
        Assert.Equal("progress", log.Events[^1]);
        Assert.Single(pair.Conversation(), line => line == "< Accept");
        pair.Manchester.Loop.Invoke(() => pair.Manchester.Received[0].Answer());
        Assert.True(pair.Until(() => call.IsUp, 1));
    }

    [Fact]
    public void A_number_that_is_none_is_refused()
    {
        pair.Manchester.Answering = call => call.Hangup(CauseCode.NoRouteToDestination, "No such extension");
        var (call, log) = Open();
        pair.London.Loop.Invoke(() => call.Dial("302"));
        pair.Run(0.1);
        Assert.Equal(CauseCode.NoRouteToDestination, log.Cause);
        Assert.Contains("< Reject", pair.Conversation());
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_caller_that_dials_nothing_is_not_waited_for_for_ever()
    {
        var (_, log) = Open();
        pair.Run(59);
        Assert.Null(log.Cause);
        pair.Run(2);
        Assert.Equal(CauseCode.NoUserResponding, log.Cause);
        Assert.Equal(1, pair.Manchester.Endpoint.Counters[DropReason.DigitsLate]);
        Assert.Empty(pair.Manchester.Received);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_caller_gives_up_while_it_dials()
    {
        var (call, _) = Open();
        pair.London.Loop.Invoke(() => { call.QueryNumber("3"); call.Hangup(CauseCode.NormalClearing); });
        pair.Run(1);
        Assert.Empty(pair.Manchester.Received);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void Queries_outside_such_a_call_are_acknowledged_and_counted()
    {
        var stranger = new RawPeer(pair.World, "10.0.0.66:4569");
        var hand = new HandCall(pair, stranger);
        byte[] number = RawPeer.Write((ref w) => w.AddText(ElementId.CalledNumber, "301"));
        hand.Send(IaxCommand.DpReq, number);
        hand.Send(IaxCommand.Dial, number);
        pair.Run(0.1);
        Assert.Equal(2, pair.Manchester.Endpoint.Counters[DropReason.OutOfPlace]);
        Assert.DoesNotContain("DpRep", stranger.Said());
        Assert.True(pair.Manchester.Received.Single().IsUp);
        var (plain, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => plain.IsUp, 1));
        Assert.False(pair.London.Loop.Invoke(() => plain.QueryNumber("3")));
    }

    [Fact]
    public void Digits_arrive_over_a_bad_wire()
    {
        pair.World.Wire.Default = new Impairment { Loss = 0.2, Duplication = 0.1, Reordering = 0.1 };
        var (call, log) = Open();
        for (int i = 1; i <= 3; i++)
        {
            string digits = "301"[..i];
            pair.London.Loop.Invoke(() => call.QueryNumber(digits));
        }
        Assert.True(pair.Until(() => log.Events.Any(line => line.StartsWith("301", StringComparison.Ordinal)), 60));
        Assert.Equal(["3", "30", "301"], log.Events.Where(line => line.Contains(':')).Select(line => line[..line.IndexOf(':')]));
        pair.London.Loop.Invoke(() => call.Dial("301"));
        Assert.True(pair.Until(() => call.IsUp, 60));
        Assert.Single(pair.Manchester.Received);
    }

    public void Dispose() => pair.Dispose();

    private (OutgoingIaxCall Call, CallLog Log) Open()
    {
        var (call, log, _) = pair.London.Place("manchester", new NewCallOptions { CalledNumber = NewCallOptions.ToBeDialled, CallingNumber = "2001" });
        Assert.True(pair.Until(() => call.State == OutgoingCallState.Linked, 60));
        return (call, log);
    }
}
