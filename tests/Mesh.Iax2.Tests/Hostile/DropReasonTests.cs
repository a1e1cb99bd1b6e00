using Mesh.Iax2.Tests.Support;
using Mesh.Iax2.Tests.Transfers;

namespace Mesh.Iax2.Tests.Hostile;

/// <summary>One of each that is not taken, or not sent, and the counter that says so.</summary>
public sealed class DropReasonTests
{
    private static readonly NetAddress Elsewhere = NetAddress.Parse("10.0.0.99:4569");

    private IaxPair pair = null!;
    private RawPeer stranger = null!;

    [Theory]
    [InlineData("812300", DropReason.TooShort)]
    [InlineData("8123 0000 00000005 00 00 06 01 0b", DropReason.Undecodable)]
    [InlineData("0000 02 00 00000000", DropReason.UnknownMeta)]
    [InlineData("0000 01 00 00000028 4001 00ff 00", DropReason.TrunkTruncated)]
    [InlineData("8123 0456 00000005 00 00 04 03", DropReason.UnknownCall)]
    [InlineData("1234 0a00 ffffffff", DropReason.UnknownMini)]
    [InlineData("8123 0001 00000005 00 00 06 04", DropReason.Stateless)]
    [InlineData("0000 8123 0000 01", DropReason.Unwanted)]
    [InlineData("8123 0456 00000005 00 00 06 0a", DropReason.InvalUnmatched)]
    [InlineData("8123 0000 00000005 00 00 06 01 3600", DropReason.TokenWouldAmplify)]
    [InlineData("8123 0000 00000005 00 00 06 01 0b020003", DropReason.VersionUnknown)]
    [InlineData("8123 0000 00000005 00 00 06 01 0b020002", DropReason.TokenMissing)]
    [InlineData("8123 0000 00000005 00 00 06 01 0b020002 3604 31323334", DropReason.TokenInvalid)]
    [InlineData("8123 0000 00000005 00 00 06 0d 0603 6f6e65", DropReason.RegistrationRefused)]
    public void Of_a_datagram(string hex, DropReason reason) => Counted(reason, () => pair.Manchester.Deliver(Elsewhere, Hex.Parse(hex)));

    [Theory]
    [InlineData(DropReason.WrongAddress)]
    [InlineData(DropReason.WrongNumber)]
    [InlineData(DropReason.TokenUnexpected)]
    public void Of_a_frame_that_is_nobodys(DropReason reason) => Counted(reason, () =>
    {
        var (near, far) = Up();
        if (reason == DropReason.WrongAddress) pair.Manchester.Deliver(Elsewhere, Forge.Frame(IaxCommand.Ping, near.LocalNumber, far.LocalNumber, 9, 2, 2));
        else if (reason == DropReason.WrongNumber) pair.Manchester.Deliver(pair.London.Address, Forge.Frame(IaxCommand.Ping, (ushort)(near.LocalNumber ^ 1), far.LocalNumber, 9, 2, 2));
        else pair.London.Deliver(pair.Manchester.Address, Forge.Frame(IaxCommand.CallToken, far.LocalNumber, near.LocalNumber, 9, 2, 2));
    });

    [Theory]
    [InlineData(DropReason.Duplicate)]
    [InlineData(DropReason.Gap)]
    [InlineData(DropReason.Unwanted)]
    [InlineData(DropReason.OutOfPlace)]
    [InlineData(DropReason.VoiceBeforeFormat)]
    [InlineData(DropReason.VoiceUnheard)]
    [InlineData(DropReason.VoiceImplausible)]
    [InlineData(DropReason.TransferUnasked)]
    [InlineData(DropReason.TransferRefused)]
    public void Of_a_frame_in_a_call(DropReason reason) => Counted(reason, () =>
    {
        var hand = new HandCall(pair, stranger);
        switch (reason)
        {
            case DropReason.Duplicate: hand.Send(IaxCommand.LagRq); hand.NextOut--; hand.Send(IaxCommand.LagRq); break;
            case DropReason.Gap: hand.NextOut++; hand.Send(IaxCommand.LagRq); break;
            case DropReason.Unwanted: hand.Send(FrameType.Html, 1, [1]); break;
            case DropReason.OutOfPlace: hand.Send(IaxCommand.Dial); break;
            case DropReason.VoiceBeforeFormat: stranger.Send(pair.Manchester.Address, Forge.Mini(HandCall.Number, 20)); break;
            case DropReason.VoiceUnheard:
                pair.Manchester.Received[0].VoiceSink = null;
                hand.Send(FrameType.Voice, (byte)VoiceFormat.Alaw, new byte[160]);
                break;
            case DropReason.VoiceImplausible:
                hand.Send(FrameType.Voice, (byte)VoiceFormat.Alaw, new byte[160]);
                stranger.Send(pair.Manchester.Address, Forge.Mini(HandCall.Number, 30_000));
                break;
            case DropReason.TransferUnasked: hand.Send(IaxCommand.TxMedia); break;
            default: hand.Send(IaxCommand.TxReq); break;
        }
    }, toCaller: peer => peer with { IsSite = false });

    [Theory]
    [InlineData(DropReason.UnknownUser)]
    [InlineData(DropReason.AuthenticationFailed)]
    [InlineData(DropReason.NoCommonFormat)]
    [InlineData(DropReason.DigitsLate)]
    public void Of_a_call_that_comes(DropReason reason) => Counted(reason, () =>
    {
        string user = reason == DropReason.UnknownUser ? "nobody" : reason == DropReason.AuthenticationFailed ? "other" : "london";
        pair.Manchester.Loop.Invoke(() => pair.Manchester.Endpoint.AddPeer(new PeerOptions { Name = "other", Secret = "something else" }));
        _ = new HandCall(pair, stranger, token => RawPeer.Write((ref w) =>
        {
            w.AddText(ElementId.CalledNumber, reason == DropReason.DigitsLate ? NewCallOptions.ToBeDialled : "301");
            w.AddText(ElementId.Username, user);
            w.AddUInt32(ElementId.Format, (uint)(reason == DropReason.NoCommonFormat ? VoiceFormat.Gsm : VoiceFormat.Alaw));
            w.Add(ElementId.CallToken, token);
        }));
        if (reason == DropReason.DigitsLate) pair.Run(1.5);
    }, new IaxEndpointOptions { CollectingMs = 1_000 });

    [Theory]
    [InlineData(DropReason.AuthenticationLate)]
    [InlineData(DropReason.TooManyFromSource)]
    [InlineData(DropReason.TooManyUnanswered)]
    [InlineData(DropReason.TooManyUnproven)]
    [InlineData(DropReason.NumberTaken)]
    public void Of_a_call_that_proves_nothing(DropReason reason) => Counted(reason, () =>
    {
        pair.Manchester.Loop.Invoke(() => pair.Manchester.Endpoint.AddPeer(new PeerOptions
        {
            Name = "old", Secret = "s3cret", CallToken = CallTokenPolicy.Optional, Address = stranger.Address, MaxUnproven = 1,
        }));
        if (reason == DropReason.NumberTaken) _ = new HandCall(pair, stranger);
        byte[]? token = reason is DropReason.TooManyUnproven or DropReason.NumberTaken ? null : HandCall.TokenFor(pair, stranger);
        string user = token is null ? "old" : "london";
        stranger.Send(pair.Manchester.Address, Forge.New(HandCall.Number, RawPeer.NewOf(user, token), 5));
        if (reason is not (DropReason.AuthenticationLate or DropReason.NumberTaken)) stranger.Send(pair.Manchester.Address, Forge.New(HandCall.Number + 1, RawPeer.NewOf(user, token), 6));
        Acknowledge();
        pair.Run(reason == DropReason.AuthenticationLate ? 20 : 0.01);
    }, new IaxEndpointOptions
    {
        MaxUnansweredPerSource = reason == DropReason.TooManyFromSource ? 1 : 10,
        MaxUnanswered = reason == DropReason.TooManyUnanswered ? 1 : 10,
    });

    [Theory]
    [InlineData(DropReason.TooManyCalls)]
    [InlineData(DropReason.TooManyFromPeer)]
    [InlineData(DropReason.CallNumbersExhausted)]
    [InlineData(DropReason.NewTooLarge)]
    public void Of_a_call_that_we_place(DropReason reason)
    {
        var options = new IaxEndpointOptions { MaxCalls = reason == DropReason.TooManyCalls ? 1 : 40_000 };
        Counted(reason, () =>
        {
            if (reason == DropReason.CallNumbersExhausted) pair.World.Wire.Cut(pair.London.Address, pair.Manchester.Address);
            var order = new NewCallOptions { CalledNumber = "301", Variables = reason == DropReason.NewTooLarge ? [new("X", new string('x', 1_000))] : [] };
            int most = reason == DropReason.CallNumbersExhausted ? 0x8000 : 2;
            pair.London.Loop.Invoke(() => { for (int i = 0; i < most; i++) pair.London.Endpoint.TryPlace("manchester", order, new CallLog(), out _, out _); });
        }, options, toCaller: peer => peer with { MaxCalls = reason == DropReason.TooManyFromPeer ? 1 : 100 });
    }

    [Theory]
    [InlineData(DropReason.VoiceNotOpen)]
    [InlineData(DropReason.VoiceWaiting)]
    [InlineData(DropReason.VoiceQuelched)]
    [InlineData(DropReason.BacklogFull)]
    [InlineData(DropReason.TextTooLong)]
    public void Of_what_we_send(DropReason reason) => Counted(reason, () =>
    {
        var buffer = new byte[Datagram.Headroom + 160];
        var (near, far) = Up();
        if (reason == DropReason.VoiceQuelched) { pair.Manchester.Loop.Invoke(() => far.SendQuelch(true)); pair.Run(0.01); }
        pair.London.Loop.Invoke(() =>
        {
            if (reason == DropReason.TextTooLong) { near.SendText(new string('x', 3_000)); return; }
            if (reason == DropReason.VoiceNotOpen) near.Hangup(CauseCode.NormalClearing);
            if (reason is DropReason.VoiceWaiting or DropReason.BacklogFull) for (int i = 0; i <= ReliableWindow.Capacity + 1; i++) near.SendText("x");
            if (reason != DropReason.BacklogFull) Assert.False(near.SendVoice(VoiceFormat.Alaw, 0, buffer, Datagram.Headroom, 160));
        });
    }, new IaxEndpointOptions { MaxBacklog = reason == DropReason.BacklogFull ? 1 : 1_024 });

    [Theory]
    [InlineData(DropReason.InvalLimited)]
    [InlineData(DropReason.ChallengeLimited)]
    [InlineData(DropReason.TooManyRegistrations)]
    public void Of_what_only_so_many_get(DropReason reason) => Counted(reason, () =>
    {
        if (reason == DropReason.InvalLimited) { pair.Manchester.Deliver(Elsewhere, Hex.Parse("8123 0456 00000005 00 00 04 03")); return; }
        pair.Manchester.Held = [];
        foreach (string name in (string[])["one-device", "two-device"])
        {
            pair.Manchester.Loop.Invoke(() => pair.Manchester.Endpoint.AddPeer(new PeerOptions { Name = name, Secret = "s3cret", CallToken = CallTokenPolicy.Optional }));
            stranger.Received.Clear();
            stranger.Send(pair.Manchester.Address, IaxCommand.RegReq, 7, 0, 3, 0, 0, RawPeer.Write((ref w) => w.AddText(ElementId.Username, name)));
            pair.Run(0.01);
            if (stranger.Received.Count == 0) return;
            byte[] answer = RawPeer.Write((ref w) =>
            {
                w.AddText(ElementId.Username, name);
                w.AddText(ElementId.Md5Result, Authentication.Md5Result(stranger.ElementsOf(0).Challenge, "s3cret"));
            });
            // Another number each time: the same would be the same request again.
            stranger.Send(pair.Manchester.Address, IaxCommand.RegReq, 7, CallNumbers.Stateless, 9, 1, 1, answer);
            pair.Run(0.01);
            if (name == "one-device") stranger = new RawPeer(pair.World, "10.0.0.67:4569");
        }
    }, new IaxEndpointOptions
    {
        MaxInvalPerSecond = reason == DropReason.InvalLimited ? 0 : 10,
        MaxUnprovenChallengesPerSecond = reason == DropReason.ChallengeLimited ? 0 : 10,
        MaxRegistrationsWaiting = reason == DropReason.TooManyRegistrations ? 1 : 10,
    });

    [Theory]
    [InlineData(DropReason.SealNotAssociated)]
    [InlineData(DropReason.SealNotReady)]
    [InlineData(DropReason.SealTooLong)]
    [InlineData(DropReason.SealHelloLimited)]
    public void Of_a_sealed_path(DropReason reason)
    {
        using var sealedPair = new SealedPair(change: (_, options) => options with { MostAnswersPerSecond = 0 });
        var wire = sealedPair.London.Endpoint.Wire;
        switch (reason)
        {
            case DropReason.SealNotAssociated: sealedPair.Inject(sealedPair.London, [0, 0, 0x53, .. new byte[40]]); break;
            case DropReason.SealNotReady: sealedPair.London.Loop.Invoke(() => wire.TrySend(new byte[12], sealedPair.Manchester.Address)); break;
            case DropReason.SealTooLong: sealedPair.London.Loop.Invoke(() => wire.TrySend(new byte[5_000], sealedPair.Manchester.Address)); break;
            default: sealedPair.Run(0.5); break;
        }
        Assert.True(sealedPair.London.Endpoint.Counters[reason] + sealedPair.Manchester.Endpoint.Counters[reason] > 0);
    }

    [Fact]
    public void Of_voice_that_still_came_the_longer_way()
    {
        using var sites = new ThreeSites();
        foreach (var (one, other, ms) in (ReadOnlySpan<(IaxSite, IaxSite, int)>)[(sites.London, sites.Manchester, 60), (sites.Manchester, sites.Oxford, 60), (sites.London, sites.Oxford, 20)])
            sites.World.Wire.SetLink(one.Address, other.Address, new Impairment { Latency = TimeSpan.FromMilliseconds(ms) });
        sites.Connect();
        sites.Run(25);
        Assert.True(sites.Leave());
        Assert.True(sites.Until(() => sites.IsDirect, 5));
        sites.Run(2);
        Assert.True(sites.London.Endpoint.Counters[DropReason.VoiceOvertaken] + sites.Oxford.Endpoint.Counters[DropReason.VoiceOvertaken] > 0);
    }

    [Fact]
    public void Every_reason_is_read_by_some_test()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Mesh.sln"))) root = root.Parent;
        Assert.NotNull(root);
        string tests = string.Concat(Directory.GetFiles(Path.Combine(root.FullName, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.Empty(Enum.GetNames<DropReason>().Where(name => !tests.Contains($"DropReason.{name}", StringComparison.Ordinal)));
    }

    private void Counted(DropReason reason, Action act, IaxEndpointOptions? options = null, Func<PeerOptions, PeerOptions>? toCaller = null)
    {
        using var made = new IaxPair(options: options, toCaller: toCaller);
        pair = made;
        stranger = new RawPeer(pair.World, "10.0.0.66:4569");
        act();
        pair.Run(0.05);
        long counted = pair.Manchester.Endpoint.Counters[reason] + pair.London.Endpoint.Counters[reason];
        Assert.True(counted > 0, $"{reason} was not counted, but "
            + string.Join(", ", Enum.GetValues<DropReason>().Where(other => pair.Manchester.Endpoint.Counters[other] + pair.London.Endpoint.Counters[other] > 0)));
        Assert.Empty(pair.World.Faults);
    }

    private (OutgoingIaxCall Near, IncomingIaxCall Far) Up()
    {
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        return (call, pair.Manchester.Received[0]);
    }

    /// <summary>Answers every frame so far as received, so that nothing of it is given up.</summary>
    private void Acknowledge()
    {
        pair.Run(0.01);
        foreach (byte[] bytes in stranger.Received.ToArray())
            if (FullFrame.TryRead(bytes, out var frame) && frame.IsSequenced)
                stranger.Send(pair.Manchester.Address, IaxCommand.Ack, frame.DestinationCall, frame.SourceCall, frame.Timestamp, frame.InSequence, (byte)(frame.OutSequence + 1));
        // HandCall took what it had seen: ACCEPT is the second frame of ours.
        if (pair.Manchester.Endpoint.Calls is [var only]) stranger.Send(pair.Manchester.Address, IaxCommand.Ack, only.RemoteNumber, only.LocalNumber, 20, 2, 2);
    }
}
