using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Wire;

/// <summary>Every frame of two Asterisks talking, decoded and written again.</summary>
public class CaptureTests
{
    public static TheoryData<string, int> Captures => new()
    {
        { "call-md5-answer", 0 }, { "call-md5-calltoken", 0 }, { "call-md5-dtmf-text-hangup", 27 }, { "call-md5-early-media-cancel", 112 },
        { "call-md5-fail-303", 0 }, { "call-md5-fail-304", 0 }, { "call-md5-fail-305", 0 }, { "call-md5-fail-399", 7 }, { "call-md5-wrong-secret", 8 },
        { "call-plaintext", 0 }, { "register-md5-calltoken-qualify", 10 }, { "trunk-plain-3calls", 0 }, { "trunk-timestamps-3calls", 0 },
    };

    [Theory]
    [MemberData(nameof(Captures))]
    public void Every_frame_is_decoded_and_written_again_octet_for_octet(string capture, int count)
    {
        var datagrams = PcapFile.Read(PcapFile.Capture(capture));
        if (count > 0) Assert.Equal(count, datagrams.Count);
        Assert.All(datagrams, datagram => Assert.Equal(datagram.Payload, WriteAgain(datagram.Payload)));
    }

    [Theory]
    [InlineData("trunk-plain-3calls", false)]
    [InlineData("trunk-timestamps-3calls", true)]
    public void Trunk_frames_carry_the_voice_of_three_calls(string capture, bool withTimestamps)
    {
        int frames = 0;
        var calls = new HashSet<ushort>();
        foreach (var datagram in PcapFile.Read(PcapFile.Capture(capture)))
        {
            if (!TrunkFrame.TryRead(datagram.Payload, out var trunk)) continue;
            frames++;
            Assert.Equal(withTimestamps, trunk.HasTimestamps);
            while (trunk.MoveNext())
            {
                if (datagram.From.ToString().StartsWith("127.0.0.1:", StringComparison.Ordinal)) calls.Add(trunk.Current.SourceCall);
                Assert.Equal(160, trunk.Current.Length);
            }
            Assert.False(trunk.IsTruncated);
        }
        Assert.True(frames > 20);
        Assert.Equal(3, calls.Count);
    }

    [Theory]
    [InlineData("call-md5-answer", 1)]
    [InlineData("call-md5-calltoken", 1)]
    [InlineData("call-md5-dtmf-text-hangup", 1)]
    [InlineData("call-md5-early-media-cancel", 1)]
    [InlineData("call-md5-fail-303", 1)]
    [InlineData("call-md5-fail-304", 1)]
    [InlineData("call-md5-fail-305", 1)]
    [InlineData("call-md5-fail-399", 1)]
    // It is the called side that has another secret there.
    [InlineData("call-md5-wrong-secret", 1)]
    [InlineData("register-md5-calltoken-qualify", 1)]
    [InlineData("trunk-plain-3calls", 3)]
    [InlineData("trunk-timestamps-3calls", 3)]
    public void The_answers_to_the_challenges_are_reproduced(string capture, int count)
    {
        var challenges = new Dictionary<(NetAddress, ushort), byte[]>();
        int answers = 0;
        foreach (var datagram in PcapFile.Read(PcapFile.Capture(capture)))
        {
            if (!FullFrame.TryRead(datagram.Payload, out var frame) || frame.Type != FrameType.Iax || !Elements.TryRead(frame.Payload, out var elements)) continue;
            if (elements.Challenge is { } challenge) challenges[(datagram.From, frame.SourceCall)] = challenge;
            if (elements.Md5Result is not { } result) continue;
            Assert.Equal(result, Authentication.Md5Result(challenges[(datagram.To, frame.DestinationCall)], "meshsecret"));
            Assert.True(Authentication.Verify(new PeerOptions { Name = "one", Secret = "meshsecret" }, challenges[(datagram.To, frame.DestinationCall)], elements));
            answers++;
        }
        Assert.Equal(count, answers);
    }

    [Fact]
    public void The_plaintext_answer_is_taken_only_where_it_is_allowed()
    {
        var answer = PcapFile.Read(PcapFile.Capture("call-plaintext")).Select(datagram => FullFrame.TryRead(datagram.Payload, out var frame) && frame.Command == IaxCommand.AuthRep
            && Elements.TryRead(frame.Payload, out var elements) ? elements : null).OfType<Elements>().Single();
        var peer = new PeerOptions { Name = "one", Secret = "meshsecret" };
        Assert.False(Authentication.Verify(peer, [], answer));
        Assert.True(Authentication.Verify(peer with { Methods = AuthenticationMethods.Plaintext }, [], answer));
    }

    [Fact]
    public void The_variable_of_the_captures_is_read()
    {
        var first = PcapFile.Read(PcapFile.Capture("call-md5-answer"))[0];
        Assert.True(FullFrame.TryRead(first.Payload, out var frame));
        Assert.Equal(IaxCommand.New, frame.Command);
        Assert.True(Elements.TryRead(frame.Payload, out var elements));
        Assert.Equal([new IaxVariable("MESH_TRACE", "7f3a-london/london,manchester/12")], elements.Variables);
        Assert.Equal("one", elements.Username);
        Assert.Equal<ushort?>(2, elements.Version);
        Assert.NotNull(elements.CallToken);
        Assert.True((elements.Capability!.Value & VoiceFormat.Ulaw) != 0);
    }

    /// <summary>Decodes a datagram to its values and builds it from those.</summary>
    internal static byte[] WriteAgain(byte[] datagram)
    {
        var buffer = new byte[4096];
        switch (Demultiplexer.Classify(datagram))
        {
            case DatagramKind.Full:
                Assert.True(FullFrame.TryRead(datagram, out var full));
                Assert.True(Enum.IsDefined(full.Type));
                if (full.Type == FrameType.Iax) Assert.True(Enum.IsDefined(full.Command));
                var payload = new byte[4096];
                var written = full.Type == FrameType.Iax ? WriteElements(full.Payload, payload) : full.Payload;
                Assert.True(SubclassCoding.TryEncode(SubclassCoding.Decode(full.SubclassOctet), out byte subclass));
                return buffer[..new FullFrame
                {
                    SourceCall = full.SourceCall, DestinationCall = full.DestinationCall, IsRetransmission = full.IsRetransmission, Timestamp = full.Timestamp,
                    OutSequence = full.OutSequence, InSequence = full.InSequence, Type = full.Type, SubclassOctet = subclass, Payload = written,
                }.Write(buffer)];
            case DatagramKind.Mini:
                Assert.True(MiniFrame.TryRead(datagram, out var mini));
                return buffer[..new MiniFrame { SourceCall = mini.SourceCall, Timestamp = mini.Timestamp, Payload = mini.Payload }.Write(buffer)];
            case DatagramKind.Trunk:
                Assert.True(TrunkFrame.TryRead(datagram, out var trunk));
                var writer = new TrunkWriter(buffer, trunk.HasTimestamps, trunk.Timestamp);
                while (trunk.MoveNext())
                    Assert.True(writer.TryAdd(trunk.Current.SourceCall, trunk.Current.Timestamp, datagram.AsSpan(trunk.Current.Offset, trunk.Current.Length)));
                return buffer[..writer.Length];
            default:
                throw new InvalidDataException("no capture has such a frame");
        }
    }

    private static ReadOnlySpan<byte> WriteElements(ReadOnlySpan<byte> elements, Span<byte> buffer)
    {
        var reader = new ElementReader(elements);
        var writer = new ElementWriter(buffer);
        while (reader.MoveNext()) writer.Add(reader.Id, reader.Data);
        Assert.False(reader.IsMalformed);
        return buffer[..writer.Length];
    }
}
