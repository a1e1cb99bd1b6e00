using Mesh.Iax2.Ciphers;
using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

public class EncryptionTests
{
    [Theory]
    [InlineData(EncryptionPolicy.Off, EncryptionPolicy.Off, false)]
    [InlineData(EncryptionPolicy.Off, EncryptionPolicy.Offer, false)]
    [InlineData(EncryptionPolicy.Offer, EncryptionPolicy.Off, false)]
    [InlineData(EncryptionPolicy.Offer, EncryptionPolicy.Offer, true)]
    [InlineData(EncryptionPolicy.Offer, EncryptionPolicy.Required, true)]
    [InlineData(EncryptionPolicy.Required, EncryptionPolicy.Offer, true)]
    [InlineData(EncryptionPolicy.Required, EncryptionPolicy.Required, true)]
    public void A_call_is_encrypted_when_both_want_it(EncryptionPolicy caller, EncryptionPolicy called, bool isEncrypted)
    {
        using var pair = Pair(caller, called);
        var (call, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 5));
        Assert.Equal((isEncrypted, isEncrypted), (call.IsEncrypted, pair.Manchester.Received[0].IsEncrypted));
        pair.Run(35);
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.Run(1);
        Assert.Equal(CauseCode.NormalClearing, pair.Manchester.ReceivedLogs[0].Cause);
        AssertHidden(pair, isEncrypted);
        pair.AssertNothingLeft();
    }

    [Theory]
    [InlineData(EncryptionPolicy.Required, EncryptionPolicy.Off)]
    [InlineData(EncryptionPolicy.Off, EncryptionPolicy.Required)]
    public void Who_must_have_it_takes_no_call_in_clear(EncryptionPolicy caller, EncryptionPolicy called)
    {
        using var pair = Pair(caller, called);
        var (_, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => log.Cause is not null, 5));
        Assert.Equal(CauseCode.FacilityNotSubscribed, log.Cause);
        Assert.Empty(pair.Manchester.Received);
        var refuser = (caller == EncryptionPolicy.Required ? pair.London : pair.Manchester).Endpoint;
        Assert.Equal(1, refuser.Counters[DropReason.EncryptionMissing]);
        // An answer in clear would be the key of a call that was recorded earlier.
        if (caller == EncryptionPolicy.Required) Assert.DoesNotContain("> AuthRep", pair.Conversation());
        pair.AssertNothingLeft();
    }

    [Fact]
    public void Who_must_have_it_is_not_content_with_a_call_nobody_challenges()
    {
        using var pair = new IaxPair(toCallee: peer => peer with { Encryption = EncryptionPolicy.Required }, toCaller: peer => peer with { Secret = null });
        var (_, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => log.Cause is not null, 5));
        Assert.Equal(CauseCode.FacilityNotSubscribed, log.Cause);
        Assert.Equal(1, pair.London.Endpoint.Counters[DropReason.EncryptionMissing]);
        pair.AssertNothingLeft();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Everything_in_a_call_works_encrypted_over_a_bad_network(bool hasWrongOrder)
    {
        using var pair = Pair(EncryptionPolicy.Required, EncryptionPolicy.Required, impairment: new Impairment { Loss = 0.1, Duplication = 0.05, Reordering = hasWrongOrder ? 0.1 : 0 });
        pair.Manchester.Answering = call => { call.Proceeding(); call.Progress(); call.Answer(); };
        var (call, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 30));
        foreach (char digit in "12#")
        {
            pair.London.Loop.Invoke(() => { call.SendDigit(digit, false); call.SendDigit(digit, true); });
            pair.Run(0.5);
        }
        pair.London.Loop.Invoke(() => { call.SendText("héllo"); call.SendHold(true); call.SendHold(false); });
        Assert.True(pair.Until(() => pair.Manchester.ReceivedLogs[0].Events.Contains("unheld"), 20));
        Assert.Equal("12#", pair.Manchester.ReceivedLogs[0].Digits);
        Assert.Contains("text héllo", pair.Manchester.ReceivedLogs[0].Events);
        pair.Run(60);
        pair.Manchester.Loop.Invoke(() => pair.Manchester.Received[0].Hangup(CauseCode.UserBusy));
        Assert.True(pair.Until(() => log.Cause is not null, 20));
        Assert.Equal(CauseCode.UserBusy, log.Cause);
        AssertHidden(pair, true);
        AssertRepeatedUnderNewPadding(pair);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_call_given_up_before_its_challenge_ends_on_both_sides()
    {
        using var pair = Pair(EncryptionPolicy.Required, EncryptionPolicy.Required, impairment: new Impairment { Latency = TimeSpan.FromMilliseconds(50) });
        var (call, _, _) = pair.London.Place("manchester");
        // The second NEW is under way, or its AUTHREQ.
        Assert.True(pair.Until(() => pair.Conversation().Contains("< AuthReq"), 5));
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.Run(3);
        Assert.Equal((0, 0), (pair.London.Endpoint.CallCount, pair.Manchester.Endpoint.CallCount));
        Assert.Empty(pair.Manchester.Received);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void Lost_challenges_are_repeated_in_clear()
    {
        using var pair = Pair(EncryptionPolicy.Required, EncryptionPolicy.Required);
        int news = 0;
        pair.World.Wire.OnDatagram += datagram =>
        {
            // From the second NEW, the one with the token, nothing comes back.
            if (FullFrame.TryRead(datagram.Payload.Span, out var frame) && frame.Command == IaxCommand.New && !frame.IsRetransmission && ++news == 2)
                pair.World.Wire.Cut(pair.Manchester.Address, pair.London.Address);
        };
        var (call, _, _) = pair.London.Place("manchester");
        pair.Run(0.5);
        Assert.False(call.IsEncrypted);
        pair.World.Wire.Heal();
        Assert.True(pair.Until(() => call.IsUp, 10));
        Assert.True(call.IsEncrypted);
        AssertHidden(pair, true);
    }

    [Fact]
    public void A_wrong_secret_is_found_out_at_once()
    {
        using var pair = new IaxPair(toCallee: peer => peer with { Encryption = EncryptionPolicy.Offer, Secret = "wrong" }, toCaller: peer => peer with { Encryption = EncryptionPolicy.Offer });
        var (_, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => log.Cause is not null, 2));
        Assert.Equal(CauseCode.FacilityNotSubscribed, log.Cause);
        Assert.Equal(1, pair.Manchester.Endpoint.Counters[DropReason.AuthenticationFailed]);
        Assert.Empty(pair.Manchester.Received);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_name_nobody_knows_is_treated_like_one_with_a_wrong_secret()
    {
        List<string>[] said = [.. new[] { "london", "nobody" }.Select(name =>
        {
            using var pair = new IaxPair(toCallee: peer => peer with { Encryption = EncryptionPolicy.Offer, Secret = "wrong", OurUsername = name },
                toCaller: peer => peer with { Encryption = EncryptionPolicy.Offer });
            var (_, log, _) = pair.London.Place("manchester");
            Assert.True(pair.Until(() => log.Cause is not null, 2));
            Assert.Equal(CauseCode.FacilityNotSubscribed, log.Cause);
            pair.AssertNothingLeft();
            return pair.Datagrams.Select(datagram => $"{(datagram.From == pair.London.Address ? '>' : '<')} {Shape(datagram.Payload.Span)}").ToList();
        })];
        // The name's own length apart.
        Assert.Equal(said[0], said[1]);

        static string Shape(ReadOnlySpan<byte> datagram)
        {
            Assert.True(FullFrame.TryRead(datagram, out var frame));
            if (!Elements.TryRead(frame.Payload, out var elements) || frame.Type != FrameType.Iax) return $"{datagram.Length} octets";
            return $"{frame.Command} methods {elements.AuthMethods} encryption {elements.Encryption} challenge {elements.Challenge?.Length}";
        }
    }

    [Fact]
    public void Frames_in_clear_are_dropped_and_counted_and_the_call_lives()
    {
        using var pair = Pair(EncryptionPolicy.Required, EncryptionPolicy.Required);
        var (call, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 5));
        var far = pair.Manchester.Received[0];
        byte[] next = new byte[FullFrame.HeaderLength + 4];
        foreach (var (type, subclass) in (ReadOnlySpan<(FrameType, byte)>)[(FrameType.Iax, (byte)IaxCommand.Hangup), (FrameType.Iax, (byte)IaxCommand.Ack), (FrameType.Control, 4),
            (FrameType.DtmfEnd, (byte)'1'), (FrameType.Text, 0), (FrameType.Iax, (byte)IaxCommand.RtKey), (FrameType.Iax, (byte)IaxCommand.TxReq)])
            foreach (int length in (ReadOnlySpan<int>)[12, 36, 52])
            {
                Array.Resize(ref next, length);
                next.AsSpan().Clear();
                new FullFrame { SourceCall = call.LocalNumber, DestinationCall = far.LocalNumber, Timestamp = call.ElapsedMs, OutSequence = 3, InSequence = 3, Type = type, SubclassOctet = subclass }.Write(next);
                Hand(pair, next);
                // The same, naming only the sender's number.
                next[2] = next[3] = 0;
                Hand(pair, next);
            }
        Assert.Equal(21, pair.Manchester.Endpoint.Counters[DropReason.ClearRefused] + pair.Manchester.Endpoint.Counters[DropReason.UnknownCall] - 21);
        Hand(pair, [(byte)(call.LocalNumber >> 8), (byte)call.LocalNumber, 0, 20, .. new byte[160]]);
        Assert.Equal(1, pair.Manchester.Endpoint.Counters[DropReason.Undecryptable]);
        var trunk = new byte[200];
        var writer = new TrunkWriter(trunk, true, 20);
        Assert.True(writer.TryAdd(call.LocalNumber, 20, new byte[160]));
        Hand(pair, trunk[..writer.Length]);
        Assert.True(pair.Manchester.Endpoint.Counters[DropReason.ClearRefused] > 0);
        Assert.Empty(pair.Manchester.ReceivedVoice[0].Frames);
        var noise = new byte[36 + 160];
        var chance = new SeededChance(3);
        for (int i = 0; i < 20_000; i++)
        {
            chance.Fill(noise);
            new FullFrame { SourceCall = call.LocalNumber, DestinationCall = far.LocalNumber }.WriteHeader(noise);
            chance.Fill(noise.AsSpan(4));
            Hand(pair, noise.AsSpan(0, i % 2 == 0 ? 36 : 196));
        }
        pair.Run(30);
        Assert.Null(log.Cause);
        Assert.True(call.IsUp && far.IsUp);
        Assert.Equal(["ringing", "answered"], log.Events.TakeLast(2));
        Assert.DoesNotContain(pair.Manchester.ReceivedLogs[0].Events, line => line.StartsWith("digit", StringComparison.Ordinal) || line.StartsWith("text", StringComparison.Ordinal));
    }

    [Fact]
    public void Inval_in_clear_ends_a_call_whose_other_side_has_forgotten_it()
    {
        using var pair = Pair(EncryptionPolicy.Required, EncryptionPolicy.Required);
        var (call, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 5));
        var inval = new byte[12];
        new FullFrame { SourceCall = pair.Manchester.Received[0].LocalNumber, DestinationCall = call.LocalNumber, Type = FrameType.Iax, SubclassOctet = (byte)IaxCommand.Inval }.Write(inval);
        pair.London.Loop.Invoke(() => ((IDatagramReceiver)pair.London.Endpoint).OnDatagram(null!, AsDatagram(inval, pair.Manchester.Address)));
        Assert.Equal(CauseCode.TemporaryFailure, log.Cause);
    }

    internal static IaxPair Pair(EncryptionPolicy caller, EncryptionPolicy called, Impairment? impairment = null, int rotation = 0, bool areSites = true, ulong seed = 1) => new(seed, impairment,
        toCallee: peer => peer with { Encryption = caller, KeyRotationSeconds = rotation, IsSite = areSites },
        toCaller: peer => peer with { Encryption = called, KeyRotationSeconds = rotation, IsSite = areSites });

    private static void Hand(IaxPair pair, ReadOnlySpan<byte> datagram)
    {
        byte[] copy = datagram.ToArray();
        pair.Manchester.Loop.Invoke(() => ((IDatagramReceiver)pair.Manchester.Endpoint).OnDatagram(null!, AsDatagram(copy, pair.London.Address)));
    }

    private static Datagram AsDatagram(byte[] payload, NetAddress from)
    {
        var buffer = new byte[Datagram.Headroom + payload.Length];
        payload.CopyTo(buffer, Datagram.Headroom);
        return new Datagram(buffer, payload.Length, from, 1);
    }

    /// <summary>Everything after the first AUTHREQ makes sense under the key, and only AUTHREQ itself without; or nothing is hidden.</summary>
    private static void AssertHidden(IaxPair pair, bool isHidden)
    {
        byte[]? challenge = null;
        FrameDecryptor? decryptor = null;
        int hidden = 0;
        foreach (var datagram in pair.Datagrams)
        {
            Assert.True(FullFrame.TryRead(datagram.Payload.Span, out var frame));
            bool isCommand = frame.Type == FrameType.Iax && frame.Command is IaxCommand.New or IaxCommand.CallToken or IaxCommand.AuthReq && Elements.TryRead(frame.Payload, out _);
            if (isCommand && Elements.TryRead(frame.Payload, out var elements) && elements.Challenge is { } given)
            {
                challenge ??= given;
                Assert.Equal(challenge, given);
                Assert.Equal(isHidden ? (ushort)1 : null, elements.Encryption);
            }
            if (isCommand || challenge is null) continue;
            if (!isHidden) { Assert.True(frame.Type != FrameType.Iax || Enum.IsDefined(frame.Command)); continue; }
            if (decryptor is null)
            {
                var key = new byte[EncryptedFrame.KeyLength];
                Authentication.Digest(challenge, IaxPair.Secret, key);
                decryptor = new FrameDecryptor(key);
            }
            Assert.True(decryptor.TryDecrypt(datagram.Payload.Span, EncryptedFrame.ClearOfFull, EncryptedFrame.LeastRestOfFull, out _, out var rest));
            Assert.InRange(rest[6], (byte)FrameType.DtmfEnd, (byte)FrameType.DtmfBegin);
            hidden++;
        }
        if (isHidden) Assert.True(hidden > 5);
    }

    private static void AssertRepeatedUnderNewPadding(IaxPair pair)
    {
        Assert.True(pair.London.Endpoint.Counters.Retransmissions > 3);
        var repeated = pair.Datagrams.Where(datagram => (datagram.Payload.Span[2] & 0x80) != 0).ToList();
        Assert.NotEmpty(repeated);
        Assert.Equal(pair.Datagrams.Where(datagram => datagram.Payload.Length >= 36 && datagram.Payload.Span[10] != 6).Select(datagram => Convert.ToHexString(datagram.Payload.Span[4..20])).Distinct().Count(),
            pair.Datagrams.Count(datagram => datagram.Payload.Length >= 36 && datagram.Payload.Span[10] != 6));
    }
}
