using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

/// <summary>What a call says of itself, and the smaller words that are exchanged in it.</summary>
public sealed class CallerTests : IDisposable
{
    private readonly IaxPair pair = new();
    private readonly RawPeer stranger;

    public CallerTests() => stranger = new RawPeer(pair.World, "10.0.0.66:4569");

    [Fact]
    public void The_rarer_things_a_caller_says_arrive()
    {
        pair.London.Place("manchester", new NewCallOptions
        {
            CalledNumber = "301", CallingNumber = "+441619960600", CallingPresentation = 0x43, CallingTypeOfNumber = 0x21, CallingTransitNetwork = 0x1234, CallingAni2 = 61,
        });
        pair.Run(1);
        var received = pair.Manchester.Received.Single();
        Assert.Equal(((byte)0x43, (byte)0x21, (ushort)0x1234, (uint?)61), (received.CallingPresentation, received.CallingTypeOfNumber, received.CallingTransitNetwork, received.CallingAni2));
        Assert.InRange(pair.World.Clock.GetUtcNow() - received.CallerTime!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.False(received.WantsAutoAnswer);
    }

    [Fact]
    public void What_a_caller_does_not_say_is_not_there()
    {
        pair.Manchester.Answering = call => call.Accept(VoiceFormat.None);
        _ = new HandCall(pair, stranger, token => RawPeer.Write((ref w) =>
        {
            w.AddText(ElementId.Username, "london");
            w.AddUInt32(ElementId.Capability, (uint)(VoiceFormat.Alaw | VoiceFormat.Ulaw));
            w.Add(ElementId.AutoAnswer, []);
            w.AddUInt32(ElementId.DateTime, 0xC42CB659);
            w.Add((ElementId)200, [1, 2, 3]);
            w.Add(ElementId.CallToken, token);
        }));
        var received = pair.Manchester.Received.Single();
        Assert.Equal(("s", null, null, (byte)0, null), (received.CalledNumber, received.CallingNumber, received.CallingName, received.CallingPresentation, received.CallingAni2));
        Assert.True(received.WantsAutoAnswer);
        Assert.Equal(VoiceFormat.Alaw, received.Format);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    public void A_date_that_is_none_is_not_one(uint octets) => Assert.False(IaxDateTime.TryDecode(octets, out _));

    [Fact]
    public void A_date_comes_back_to_two_seconds()
    {
        var time = new DateTimeOffset(2031, 12, 31, 23, 59, 58, TimeSpan.Zero);
        Assert.True(IaxDateTime.TryDecode(IaxDateTime.Encode(time), out var read));
        Assert.Equal(time, read);
    }

    [Fact]
    public void A_variable_of_any_length_arrives_whole_and_more_names_than_sixty_four_do_not()
    {
        string value = string.Concat(Enumerable.Range(0, 90).Select(i => $"{i:D3}=é"));
        pair.London.Place("manchester", new NewCallOptions { CalledNumber = "301", Variables = [new("LONG", value), new("EMPTY", "")] });
        pair.Run(1);
        Assert.Equal([new("LONG", value), new("EMPTY", "")], pair.Manchester.Received.Single().Variables);

        Assert.True(Elements.TryRead(RawPeer.Write((ref w) => { for (int i = 0; i < 100; i++) w.AddVariable($"v{i}", "x"); w.AddVariable("v0", "y"); }), out var many));
        Assert.Equal((IaxVariable.MaxNames, new IaxVariable("v0", "xy")), (many.Variables.Count, many.Variables[0]));
    }

    [Fact]
    public void Quelch_is_hold_with_or_without_music_and_stops_the_voice()
    {
        var (call, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        var far = pair.Manchester.Received[0];
        log.Events.Clear();
        var buffer = new byte[Datagram.Headroom + 160];
        pair.Manchester.Loop.Invoke(() => far.SendQuelch(true, "jazz"));
        pair.Run(0.1);
        Assert.False(call.SendVoice(VoiceFormat.Alaw, 0, buffer, Datagram.Headroom, 160));
        Assert.Equal((1, "jazz"), (pair.London.Endpoint.Counters[DropReason.VoiceQuelched], call.MusicOnHold));
        pair.Manchester.Loop.Invoke(() => { far.SendQuelch(false); far.SendQuelch(true); far.SendQuelch(false); });
        pair.Run(0.1);
        Assert.True(pair.London.Loop.Invoke(() => call.SendVoice(VoiceFormat.Alaw, 0, buffer, Datagram.Headroom, 160)));
        Assert.Equal(["held with music 'jazz'", "unheld", "held", "unheld"], log.Events);
    }

    [Fact]
    public void An_old_unquelch_does_not_undo_a_newer_quelch()
    {
        pair.Manchester.Answering = call => call.Answer();
        var hand = new HandCall(pair, stranger);
        hand.Send(IaxCommand.Unquelch);
        hand.Send(IaxCommand.Quelch);
        hand.NextOut = 2;
        hand.Send(IaxCommand.Unquelch);
        pair.Run(0.1);
        Assert.Equal(["unheld", "held"], pair.Manchester.ReceivedLogs[0].Events);
    }

    [Fact]
    public void Controls_of_no_matter_to_the_call_are_told_and_others_acknowledged()
    {
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        ControlCommand[] told = [ControlCommand.StopSounds, ControlCommand.Flash, ControlCommand.Wink, ControlCommand.Option, ControlCommand.RadioKey, ControlCommand.RadioUnkey,
            ControlCommand.VideoUpdate, ControlCommand.ConnectedLine, ControlCommand.Redirecting, ControlCommand.T38Parameters, ControlCommand.AdviceOfCharge,
            ControlCommand.Incomplete, ControlCommand.MaliciousCall];
        pair.London.Loop.Invoke(() =>
        {
            foreach (var control in told) call.SendControl(control);
            foreach (int unknown in (int[])[19, 20, 21, 25, 29, 33, 99]) call.SendControl((ControlCommand)unknown);
        });
        pair.Run(1);
        Assert.Equal(told.Select(control => $"control {control}"), pair.Manchester.ReceivedLogs[0].Events);
        Assert.Equal(7, pair.Manchester.Endpoint.Counters[DropReason.Unwanted]);
        Assert.True(call.IsUp && pair.Manchester.Received[0].IsUp && call.Unacknowledged == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_control_hangup_ends_the_call_with_a_hangup(bool byCaller)
    {
        var (call, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        var far = pair.Manchester.Received[0];
        var (site, sender) = byCaller ? (pair.London, (IaxCall)call) : (pair.Manchester, far);
        site.Loop.Invoke(() => sender.SendControl(ControlCommand.Hangup));
        pair.Run(1);
        Assert.Equal((CauseCode.NormalClearing, CauseCode.NormalClearing), (log.Cause, pair.Manchester.ReceivedLogs[0].Cause));
        Assert.Equal(byCaller ? "< Hangup" : "> Hangup", pair.Conversation()[^1]);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_transfer_is_told_to_the_host_which_decides()
    {
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        pair.London.Loop.Invoke(() => call.SendTransfer("302", "mesh"));
        pair.Run(1);
        Assert.Equal(["transfer to 302 mesh"], pair.Manchester.ReceivedLogs[0].Events);
        Assert.True(call.IsUp);
    }

    [Theory]
    [InlineData(IaxCommand.Mwi, "Unsupport")]
    [InlineData(IaxCommand.Provision, "Unsupport")]
    [InlineData(IaxCommand.FwDownl, "Unsupport")]
    [InlineData(IaxCommand.FwData, "Unsupport")]
    [InlineData((IaxCommand)77, "Unsupport")]
    [InlineData(IaxCommand.Page, "Ack")]
    [InlineData(IaxCommand.Transfer, "Unsupport")]
    [InlineData(IaxCommand.Unsupport, "Ack")]
    public void Commands_nobody_wants_are_answered(IaxCommand command, string answer)
    {
        pair.Manchester.Answering = call => call.Answer();
        var hand = new HandCall(pair, stranger);
        hand.Heard = 4;
        hand.Send(command);
        pair.Run(0.05);
        Assert.Equal([answer], stranger.Said());
        if (answer == "Unsupport") Assert.Equal((byte)command, stranger.ElementsOf(0).IaxUnknown);
        Assert.True(pair.Manchester.Received.Single().IsUp);
    }

    [Theory]
    [InlineData(IaxCommand.FwDownl)]
    [InlineData(IaxCommand.Provision)]
    public void Firmware_is_refused_without_keeping_anything(IaxCommand command)
    {
        stranger.Send(pair.Manchester.Address, Forge.Frame(command, 9, 0, 3, 0, 0, RawPeer.Write((ref w) => w.AddText((ElementId)32, "iaxy"))));
        stranger.Send(pair.Manchester.Address, Forge.Frame(command, 9, 0, 3, 0, 0));
        pair.Run(1);
        Assert.Equal(["Unsupport"], stranger.Said());
        Assert.Equal(0, pair.Manchester.Endpoint.NumbersInUse);
    }

    public void Dispose() => pair.Dispose();
}
