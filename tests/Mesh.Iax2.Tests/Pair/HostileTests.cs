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
