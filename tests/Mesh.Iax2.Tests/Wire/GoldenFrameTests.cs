using System.Text;
using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Wire;

public class GoldenFrameTests
{
    private static readonly byte[] TwentyOctets = [.. Enumerable.Range(0, 20).Select(i => (byte)i)];

    [Fact]
    public void A_new_is_read_whole()
    {
        Assert.True(FullFrame.TryRead(Hex.Parse(GoldenFrames.New), out var frame));
        Assert.Equal((0x1234, 0, 15u, IaxCommand.New), (frame.SourceCall, frame.DestinationCall, frame.Timestamp, frame.Command));
        Assert.True(Elements.TryRead(frame.Payload, out var elements));
        Assert.Equal(("1000", "2001", "Alice", "branch7", "1000", "from-mesh", "en", "DE"),
            (elements.CalledNumber, elements.CallingNumber, elements.CallingName, elements.Username, elements.Dnid, elements.CalledContext, elements.Language,
                elements.CodecPreferences));
        Assert.Equal(VoiceFormat.Ulaw, elements.Format);
        Assert.Equal(VoiceFormat.Ulaw | VoiceFormat.Alaw, elements.Capability);
        Assert.Equal([new("MESH_HOPS", "3"), new("MESH_ID", "7f3a")], elements.Variables);
        Assert.Equal(51, elements.CallToken!.Length);
    }

    [Fact]
    public void Registration_frames_are_written_as_computed()
    {
        Assert.Equal(Hex.Parse(GoldenFrames.RegReq), Write(0x101, 0, 5, 0, 0, IaxCommand.RegReq, (ref w) =>
        {
            w.AddText(ElementId.Username, "branch7");
            w.AddUInt16(ElementId.Refresh, 60);
            w.Add(ElementId.CallToken, []);
        }));
        Assert.Equal(Hex.Parse(GoldenFrames.RegAuth), Write(0x777, 0x101, 7, 0, 1, IaxCommand.RegAuth, (ref w) =>
        {
            w.AddUInt16(ElementId.AuthMethods, (ushort)AuthenticationMethods.Md5);
            w.AddText(ElementId.Challenge, "104729381");
            w.AddText(ElementId.Username, "branch7");
        }));
        Assert.Equal(Hex.Parse(GoldenFrames.RegReqAnswer), Write(0x101, 0x777, 48, 1, 1, IaxCommand.RegReq, (ref w) =>
        {
            w.AddText(ElementId.Username, "branch7");
            w.AddUInt16(ElementId.Refresh, 60);
            w.AddText(ElementId.Md5Result, Authentication.Md5Result("104729381"u8, "s3cret"));
            w.Add(ElementId.CallToken, []);
        }));
        Assert.Equal(Hex.Parse(GoldenFrames.RegAck), Write(0x777, 0x101, 27, 1, 2, IaxCommand.RegAck, (ref w) =>
        {
            w.AddText(ElementId.Username, "branch7");
            w.AddUInt32(ElementId.DateTime, IaxDateTime.Encode(new DateTimeOffset(2026, 1, 1, 0, 0, 30, TimeSpan.Zero)));
            w.AddUInt16(ElementId.Refresh, 60);
            Span<byte> address = stackalloc byte[28];
            w.Add(ElementId.ApparentAddress, address[..ApparentAddress.Write(address, NetAddress.Parse("192.0.2.10:4569"))]);
            w.AddUInt16(ElementId.MessageCount, 0x0302);
        }));
    }

    [Fact]
    public void Call_frames_are_written_as_computed()
    {
        Assert.Equal(Hex.Parse(GoldenFrames.Accept), Write(0xABC, 0x1234, 28, 1, 2, IaxCommand.Accept,
            (ref w) => w.AddFormats(ElementId.Format, ElementId.Format2, VoiceFormat.Ulaw)));
        Assert.Equal(Hex.Parse(GoldenFrames.Hangup), Write(0xABC, 0x1234, 30_000, 8, 8, IaxCommand.Hangup, (ref w) =>
        {
            w.AddText(ElementId.Cause, "Normal Clearing");
            w.AddUInt8(ElementId.CauseCode, (byte)CauseCode.NormalClearing);
        }));
        Assert.Equal(Hex.Parse(GoldenFrames.PongReport), Write(0x1234, 0xABC, 0x520C, 6, 7, IaxCommand.Pong, (ref w) => new ReceiverReport().Write(ref w, new Idle())));
        Assert.Equal(Hex.Parse(GoldenFrames.Unsupport), Write(0xABC, 0x1234, 40, 3, 3, IaxCommand.Unsupport, (ref w) => w.AddUInt8(ElementId.IaxUnknown, 0x20)));
        Assert.Equal(Hex.Parse(GoldenFrames.AuthRep), Write(0x1234, 0xABC, 41, 1, 1, IaxCommand.AuthRep,
            (ref w) => w.AddText(ElementId.Md5Result, Authentication.Md5Result("104729381"u8, "s3cret"))));
    }

    [Theory]
    [InlineData(GoldenFrames.Ringing, FrameType.Control, 3)]
    [InlineData(GoldenFrames.StopSounds, FrameType.Control, -1)]
    [InlineData(GoldenFrames.VoiceG729, FrameType.Voice, 0x100)]
    [InlineData(GoldenFrames.VoiceOpus, FrameType.Voice, 0x4_0000_0000)]
    [InlineData(GoldenFrames.DtmfBegin, FrameType.DtmfBegin, '5')]
    [InlineData(GoldenFrames.DtmfEnd, FrameType.DtmfEnd, '5')]
    [InlineData(GoldenFrames.Text, FrameType.Text, 0)]
    [InlineData(GoldenFrames.TextAgain, FrameType.Text, 0)]
    [InlineData(GoldenFrames.Inval, FrameType.Iax, (int)IaxCommand.Inval)]
    [InlineData(GoldenFrames.Vnak, FrameType.Iax, (int)IaxCommand.Vnak)]
    [InlineData(GoldenFrames.Reject, FrameType.Iax, (int)IaxCommand.Reject)]
    [InlineData(GoldenFrames.TxReq, FrameType.Iax, (int)IaxCommand.TxReq)]
    [InlineData(GoldenFrames.Poke, FrameType.Iax, (int)IaxCommand.Poke)]
    [InlineData(GoldenFrames.Pong, FrameType.Iax, (int)IaxCommand.Pong)]
    [InlineData(GoldenFrames.AckOfPong, FrameType.Iax, (int)IaxCommand.Ack)]
    [InlineData(GoldenFrames.AuthReq, FrameType.Iax, (int)IaxCommand.AuthReq)]
    public void Types_and_subclasses_are_read_and_written(string hex, FrameType type, long subclass)
    {
        byte[] datagram = Hex.Parse(hex);
        Assert.Equal(DatagramKind.Full, Demultiplexer.Classify(datagram));
        Assert.True(FullFrame.TryRead(datagram, out var frame));
        Assert.Equal((type, subclass), (frame.Type, SubclassCoding.Decode(frame.SubclassOctet)));
        Assert.Equal(hex == GoldenFrames.TextAgain, frame.IsRetransmission);
        Assert.True(SubclassCoding.TryEncode(subclass, out byte octet));
        Assert.Equal(datagram[11], octet);
        var again = new byte[datagram.Length];
        Assert.Equal(datagram.Length, frame.Write(again));
        Assert.Equal(datagram, again);
    }

    [Theory]
    [InlineData(GoldenFrames.TrunkPlain, false)]
    [InlineData(GoldenFrames.TrunkTimed, true)]
    public void Trunk_frames_are_read_and_written(string hex, bool timed)
    {
        byte[] datagram = Hex.Parse(hex);
        Assert.True(TrunkFrame.TryRead(datagram, out var trunk));
        Assert.Equal((timed, 40u), (trunk.HasTimestamps, trunk.Timestamp));
        var writer = new TrunkWriter(new byte[datagram.Length], timed, 40);
        foreach (var (call, stamp) in (ReadOnlySpan<(ushort, ushort)>)[(0x4001, 2560), (0x4002, 1180)])
        {
            Assert.True(trunk.MoveNext());
            Assert.Equal((call, timed ? stamp : 0), (trunk.Current.SourceCall, trunk.Current.Timestamp));
            Assert.Equal(TwentyOctets, datagram[trunk.Current.Offset..(trunk.Current.Offset + trunk.Current.Length)]);
            Assert.True(writer.TryAdd(call, stamp, TwentyOctets));
        }
        Assert.False(trunk.MoveNext());
        Assert.False(trunk.IsTruncated);
        Assert.Equal(datagram.Length, writer.Length);
        Assert.False(writer.TryAdd(1, 1, TwentyOctets));
    }

    [Fact]
    public void Video_frames_are_read()
    {
        Assert.True(MiniVideoFrame.TryRead(Hex.Parse(GoldenFrames.VideoMini), out var mini));
        Assert.Equal((0x1234, true, 2640, 4), (mini.SourceCall, mini.Marker, mini.Timestamp, mini.Payload.Length));
        var again = new byte[10];
        mini.Write(again);
        Assert.Equal(Hex.Parse(GoldenFrames.VideoMini), again);
        Assert.True(FullFrame.TryRead(Hex.Parse(GoldenFrames.VideoFull), out var full));
        Assert.Equal((long)VoiceFormat.H264, SubclassCoding.Decode((byte)(full.SubclassOctet & ~SubclassCoding.VideoMarker)));
    }

    [Fact]
    public void Mini_frames_are_read_and_written()
    {
        byte[] datagram = [0x12, 0x34, 0x0A, 0x00, .. Enumerable.Repeat((byte)0xFF, 160)];
        Assert.True(MiniFrame.TryRead(datagram, out var mini));
        Assert.Equal((0x1234, 2560, 160), (mini.SourceCall, mini.Timestamp, mini.Payload.Length));
        var again = new byte[datagram.Length];
        Assert.Equal(datagram.Length, mini.Write(again));
        Assert.Equal(datagram, again);
    }

    [Fact]
    public void Text_is_utf8_with_a_nul()
    {
        Assert.True(FullFrame.TryRead(Hex.Parse(GoldenFrames.Text), out var frame));
        Assert.Equal("hello\0", Encoding.UTF8.GetString(frame.Payload));
    }

    private delegate void Fill(ref ElementWriter writer);

    private static byte[] Write(ushort source, ushort destination, uint timestamp, byte o, byte i, IaxCommand command, Fill fill)
    {
        var elements = new ElementWriter(new byte[1024]);
        fill(ref elements);
        var bytes = new byte[FullFrame.HeaderLength + elements.Length];
        new FullFrame
        {
            SourceCall = source, DestinationCall = destination, Timestamp = timestamp, OutSequence = o, InSequence = i, Type = FrameType.Iax,
            SubclassOctet = (byte)command, Payload = elements.Written,
        }.Write(bytes);
        return bytes;
    }

    /// <summary>What others report while they have no buffer.</summary>
    private sealed class Idle : IVoiceBuffer
    {
        public int DelayMs => 40;
        public long Dropped => 0;
        public long Lost => 0;
    }
}
