using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

/// <summary>What must not hurt: forged, broken, repeated and senseless frames.</summary>
public sealed class HostileTests : IDisposable
{
    private readonly IaxPair pair = new();
    private readonly RawPeer stranger;

    public HostileTests() => stranger = new RawPeer(pair.World, "10.0.0.66:4569");

    private IaxEndpoint Target => pair.Manchester.Endpoint;

    [Fact]
    public void A_flood_of_forged_news_uses_no_call_number()
    {
        var chance = new SeededChance(3);
        var token = new byte[CallTokens.TokenLength];
        for (int i = 0; i < 30_000; i++)
        {
            chance.Fill(token);
            byte[]? carried = (i % 3) switch { 0 => null, 1 => [], _ => token };
            Deliver(NetAddress.FromIPv4(0x0A010000u + (uint)i, 4569), New((ushort)(1 + i % 0x7FFE), RawPeer.NewOf(i % 2 == 0 ? "london" : "nobody", carried)));
        }
        Assert.Equal((0, 0), (Target.NumbersInUse, Target.CallCount));
        Assert.Equal(10_000, Target.Counters[DropReason.TokenMissing]);
        Assert.Equal(10_000, Target.Counters[DropReason.TokenInvalid]);
        Assert.Equal(10_000, Target.Counters.TokensSent);
        CallGoesThrough();
    }

    [Fact]
    public void Nothing_goes_to_an_unproven_source_that_is_much_larger_than_what_came()
    {
        foreach (byte[] request in (byte[][])[New(7, RawPeer.NewOf("london", [])), New(7, RawPeer.NewOf("london")), New(7, [0x0B, 2, 0, 2, 0x36, 0]), New(7, [0x36, 0]),
            Frame(IaxCommand.RegReq, 7, 0, 3, 0, 0, RawPeer.Write((ref w) => { w.AddText(ElementId.Username, "one"); w.AddUInt16(ElementId.Refresh, 60); w.Add(ElementId.CallToken, []); })),
            Frame(IaxCommand.Poke, 7, 0, 3, 0, 0), Frame(IaxCommand.Ping, 7, 99, 3, 0, 0)])
        {
            stranger.Received.Clear();
            stranger.Send(pair.Manchester.Address, request);
            pair.Run(5);
            Assert.True(stranger.Received.Sum(reply => reply.Length) <= request.Length + 4, Convert.ToHexString(request));
        }
    }

    [Fact]
    public void A_peer_without_tokens_is_taken_only_from_where_it_is_and_only_so_often()
    {
        pair.Manchester.Loop.Invoke(() => Target.AddPeer(new PeerOptions
        {
            Name = "old", Secret = "s3cret", CallToken = CallTokenPolicy.Optional, Address = stranger.Address, MaxUnproven = 3,
        }));
        for (ushort i = 1; i <= 10; i++) stranger.Send(pair.Manchester.Address, New((ushort)(100 + i), RawPeer.NewOf("old")));
        Deliver(NetAddress.Parse("10.0.0.67:4569"), New(5, RawPeer.NewOf("old")));
        pair.Run(1);
        Assert.Equal(3, Target.CallCount);
        Assert.Equal((3, 7), (stranger.Said().Count(said => said == "AuthReq"), stranger.Said().Count(said => said == "Reject")));
        Assert.Equal((7, 1), (Target.Counters[DropReason.TooManyUnproven], Target.Counters[DropReason.TokenMissing]));
        pair.Run(60);
        Assert.Equal((0, 0), (Target.CallCount, Target.NumbersInUse));
    }

    [Fact]
    public void A_repeated_new_is_answered_again_and_makes_no_second_call()
    {
        byte[] token = TokenFor(stranger);
        byte[] request = New(7, RawPeer.NewOf("london", token));
        for (int i = 0; i < 3; i++) { stranger.Send(pair.Manchester.Address, request); pair.Run(0.02); }
        Assert.Equal(1, Target.CallCount);
        Assert.Equal(["AuthReq", "Ack", "AuthReq", "Ack", "AuthReq"], stranger.Said());
        // The caller restarted and uses its number again.
        stranger.Send(pair.Manchester.Address, Frame(IaxCommand.New, 7, 0, 99, 0, 0, RawPeer.NewOf("london", token)));
        pair.Run(0.02);
        Assert.Equal(1, Target.CallCount);
        Assert.Equal("AuthReq", stranger.Said()[^1]);
    }

    [Fact]
    public void A_call_survives_a_hundred_thousand_forged_frames()
    {
        var (call, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        var chance = new SeededChance(9);
        var far = pair.Manchester.Received[0];
        var commands = (IaxCommand[])[IaxCommand.Hangup, IaxCommand.Accept, IaxCommand.Inval, IaxCommand.Reject, IaxCommand.TxReq, IaxCommand.CallToken, IaxCommand.Vnak];
        for (int i = 0; i < 100_000; i++)
        {
            // From elsewhere with the right numbers, or from the right place with wrong ones.
            bool elsewhere = i % 2 == 0;
            var from = elsewhere ? stranger.Address : pair.London.Address;
            ushort source = elsewhere ? call.LocalNumber : (ushort)(1 + chance.NextInt32(0x7FFE));
            if (!elsewhere && source == call.LocalNumber) continue;
            if (i % 5 == 0)
            {
                var mini = new byte[164];
                MiniFrame.WriteHeader(mini, source, (ushort)i);
                Deliver(from, mini);
            }
            else Deliver(from, Frame(commands[i % commands.Length], source, far.LocalNumber, (uint)i, (byte)i, (byte)(i >> 8)));
        }
        pair.Run(1);
        Assert.True(call.IsUp && far.IsUp);
        Assert.Null(log.Cause);
        Assert.Empty(pair.Manchester.ReceivedVoice[0].Frames);
        Assert.True(Target.Counters.InvalsSent <= 2 * Target.Options.MaxInvalPerSecond);
    }

    [Fact]
    public void A_hundred_thousand_random_and_mutated_datagrams_leave_the_endpoint_whole()
    {
        var chance = new SeededChance(4);
        var captures = (string[])["call-md5-answer", "call-md5-dtmf-text-hangup", "register-md5-calltoken-qualify", "trunk-timestamps-3calls"];
        var seeds = captures.SelectMany(name => PcapFile.Read(PcapFile.Capture(name)).Take(60)).Select(datagram => datagram.Payload).ToArray();
        for (int i = 0; i < 100_000; i++)
        {
            byte[] datagram = i % 4 == 0 ? new byte[1 + chance.NextInt32(80)] : (byte[])seeds[chance.NextInt32(seeds.Length)].Clone();
            if (i % 4 == 0) chance.Fill(datagram);
            for (int flips = chance.NextInt32(6); flips > 0; flips--) datagram[chance.NextInt32(datagram.Length)] = (byte)chance.NextInt32(256);
            if (chance.NextInt32(4) == 0) datagram = datagram[..chance.NextInt32(datagram.Length)];
            Deliver(i % 3 == 0 ? pair.London.Address : stranger.Address, datagram);
        }
        Assert.Empty(pair.World.Faults);
        stranger.Received.Clear();
        stranger.Send(pair.Manchester.Address, Frame(IaxCommand.Poke, 0x42, 0, 3, 0, 0));
        pair.Run(0.05);
        Assert.Contains(stranger.Received, reply => reply.AsSpan().SequenceEqual(Hex.Parse("8001 0042 00000003 00 01 06 03")));
        CallGoesThrough();
    }

    [Theory]
    [InlineData("8123")]
    [InlineData("812300")]
    [InlineData("812300000000000f000006")]
    [InlineData("8123 0000 00000005 00 00 06 01 0b")]
    [InlineData("8123 0000 00000005 00 00 06 01 0b05 0002")]
    [InlineData("0000 8123 00")]
    [InlineData("0000 01 00 00000028 4001 00ff 00")]
    [InlineData("0000 02 00 00000000")]
    [InlineData("8123 0456 00000005 00 00 06 0a")]
    [InlineData("8123 0456 00000005 00 00 06 04")]
    [InlineData("8123 0456 00000005 00 00 06 12")]
    [InlineData("8123 0456 00000005 00 00 06 21 1701ff")]
    [InlineData("1234 0a00 ffffffff")]
    public void Some_frames_are_answered_by_silence(string hex)
    {
        stranger.Send(pair.Manchester.Address, hex);
        pair.Run(1);
        Assert.Empty(stranger.Received);
        Assert.Equal(1, Enum.GetValues<DropReason>().Sum(reason => Target.Counters[reason]));
    }

    [Fact]
    public void An_unknown_call_is_said_to_be_unknown_within_limits()
    {
        stranger.Send(pair.Manchester.Address, "8123 0456 00000005 00 00 04 03");
        pair.Run(0.01);
        Assert.Equal(Hex.Parse("8456 0123 00000000 00 00 06 0a"), Assert.Single(stranger.Received));
        for (int i = 0; i < 1000; i++) stranger.Send(pair.Manchester.Address, "8123 0456 00000005 00 00 04 03");
        pair.Run(0.5);
        Assert.InRange(stranger.Received.Count, Target.Options.MaxInvalPerSecond - 1, Target.Options.MaxInvalPerSecond);
    }

    [Fact]
    public void A_version_from_the_future_is_refused()
    {
        stranger.Send(pair.Manchester.Address, New(7, RawPeer.Write((ref w) => { w.AddUInt16(ElementId.Version, 3); w.Add(ElementId.CallToken, []); })));
        pair.Run(0.01);
        Assert.Equal(["Reject"], stranger.Said());
        Assert.Equal(1, Target.Counters[DropReason.VersionUnknown]);
    }

    [Fact]
    public void Senseless_frames_in_a_call_are_acknowledged_or_refused_and_the_call_goes_on()
    {
        var far = Authenticated();
        far.Answer();
        pair.Run(0.01);
        stranger.Received.Clear();
        byte o = 2;
        foreach (var (type, subclass) in (ReadOnlySpan<(FrameType, byte)>)[(FrameType.Voice, 0xBF), (FrameType.Voice, 0), (FrameType.Video, 0xD5), (FrameType.Html, 1),
            (FrameType.Image, 0x90), (FrameType.Modem, 1), ((FrameType)15, 0), (FrameType.Control, 99), (FrameType.Control, 0xFF), (FrameType.DtmfEnd, 7), (FrameType.Null, 0)])
        {
            stranger.Send(pair.Manchester.Address, type, subclass, 7, far.LocalNumber, 1000u + o, o++, 3, [1, 2, 3]);
            pair.Run(0.01);
        }
        Assert.Equal(11, stranger.Received.Count);
        Assert.All(stranger.Said(), said => Assert.Equal("Ack", said));
        foreach (var (command, reply) in (ReadOnlySpan<(IaxCommand, string)>)[(IaxCommand.TxReq, "TxRej"), (IaxCommand.Mwi, "Unsupport"), ((IaxCommand)77, "Unsupport"),
            (IaxCommand.Provision, "Unsupport"), (IaxCommand.LagRq, "LagRp"), (IaxCommand.Ping, "Pong")])
        {
            stranger.Received.Clear();
            stranger.Send(pair.Manchester.Address, command, 7, far.LocalNumber, 2000u + o, o++, 3);
            pair.Run(0.01);
            Assert.Equal([reply], stranger.Said());
        }
        Assert.True(far.IsUp);
        Assert.Empty(pair.World.Faults);
    }

    [Fact]
    public void Numbers_rest_after_use()
    {
        var (call, _, _) = pair.London.Place("manchester");
        ushort number = call.LocalNumber;
        Assert.True(pair.Until(() => call.IsUp, 1));
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.Run(1);
        for (int i = 0; i < 3_000; i++)
        {
            var (next, _, _) = pair.London.Place("manchester");
            Assert.NotEqual(number, next.LocalNumber);
            pair.London.Loop.Invoke(() => next.Hangup(CauseCode.NormalClearing));
            pair.Run(0.001);
        }
        pair.AssertNothingLeft();
    }

    public void Dispose() => pair.Dispose();

    private void CallGoesThrough()
    {
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
    }

    /// <summary>A call of "london" that the stranger places by hand, up to the host.</summary>
    private IncomingIaxCall Authenticated()
    {
        pair.Manchester.Answering = call => call.Accept(VoiceFormat.Alaw);
        stranger.Send(pair.Manchester.Address, New(7, RawPeer.NewOf("london", TokenFor(stranger))));
        pair.Run(0.01);
        Assert.True(FullFrame.TryRead(stranger.Received[0], out var request));
        byte[] answer = RawPeer.Write((ref w) => w.AddText(ElementId.Md5Result, Authentication.Md5Result(stranger.ElementsOf(0).Challenge, IaxPair.Secret)));
        stranger.Send(pair.Manchester.Address, IaxCommand.AuthRep, 7, request.SourceCall, 10, 1, 1, answer);
        pair.Run(0.01);
        return pair.Manchester.Received.Single();
    }

    private byte[] TokenFor(RawPeer peer)
    {
        peer.Send(pair.Manchester.Address, New(7, RawPeer.NewOf("london", [])));
        pair.Run(0.01);
        byte[] token = peer.ElementsOf(peer.Received.Count - 1).CallToken!;
        peer.Received.RemoveAt(peer.Received.Count - 1);
        return token;
    }

    private void Deliver(NetAddress from, byte[] payload) => pair.Manchester.Loop.Invoke(() =>
    {
        var buffer = new byte[Datagram.Headroom + payload.Length];
        payload.CopyTo(buffer, Datagram.Headroom);
        ((IDatagramReceiver)Target).OnDatagram(null!, new Datagram(buffer, payload.Length, from, pair.World.Time.NowMicros));
    });

    private static byte[] New(ushort source, byte[] elements) => Frame(IaxCommand.New, source, 0, 3, 0, 0, elements);

    private static byte[] Frame(IaxCommand command, ushort source, ushort destination, uint timestamp, byte o, byte i, byte[]? elements = null)
    {
        var bytes = new byte[FullFrame.HeaderLength + (elements?.Length ?? 0)];
        new FullFrame
        {
            SourceCall = source, DestinationCall = destination, Timestamp = timestamp, OutSequence = o, InSequence = i, Type = FrameType.Iax, SubclassOctet = (byte)command,
            Payload = elements,
        }.Write(bytes);
        return bytes;
    }
}
