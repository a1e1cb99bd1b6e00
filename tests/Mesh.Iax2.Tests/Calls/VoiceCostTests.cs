using Mesh.Iax2.Ciphers;
using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Calls;

/// <summary>The path of voice, without a wire: what it costs, and who sends what.</summary>
public sealed class VoiceCostTests : IIaxCore, IIaxCallHandler, IIaxVoiceSink, IDisposable
{
    private static readonly NetAddress Far = NetAddress.Parse("10.0.0.2:4569");

    private readonly SimulatedWorld world = new();
    private readonly StillLoop loop;
    private readonly IaxEndpoint endpoint;
    private readonly OutgoingIaxCall call;
    private readonly byte[] received = new byte[Datagram.Headroom + 2000];
    private readonly byte[] voice = new byte[Datagram.Headroom + 160];
    private int heard;
    private uint lastTimestamp;

    public VoiceCostTests()
    {
        loop = new StillLoop(world.Time);
        endpoint = new IaxEndpoint(loop, NetAddress.Parse("10.0.0.1:4569"), this);
        endpoint.AddPeer(new PeerOptions { Name = "far", Secret = "s", Address = Far });
        Assert.True(endpoint.TryPlace("far", new NewCallOptions { CalledNumber = "1" }, this, out var placed, out _));
        call = placed;
        call.VoiceSink = this;
        byte[] format = RawPeer.Write((ref w) => w.AddUInt32(ElementId.Format, (uint)VoiceFormat.Alaw));
        ReceiveFull(FrameType.Iax, (byte)IaxCommand.Accept, 3, 0, format);
    }

    [Fact]
    public void Received_mini_and_trunk_frames_allocate_nothing()
    {
        ReceiveFull(FrameType.Voice, (byte)VoiceFormat.Alaw, 20, 1, new byte[160]);
        Receive(40, 1000, trunked: false);
        Receive(60, 1000, trunked: true);
        Assert.Equal(0, LeastAllocated(round =>
        {
            Receive((ushort)(2000 + round * 40), 1000, trunked: false);
            Receive((ushort)(2020 + round * 40), 1000, trunked: true);
        }));
        Assert.Equal(2001 + Rounds * 2000, heard);
        Assert.Equal(2020u + (Rounds - 1) * 40, lastTimestamp);
    }

    [Fact]
    public void Sent_mini_frames_allocate_nothing_and_go_from_any_thread()
    {
        Assert.True(SendVoice(0));
        loop.IsInside = false;
        for (uint i = 1; i < 100; i++) Assert.True(SendVoice(i));
        Assert.Equal(0, LeastAllocated(round => { for (uint i = 0; i < 100; i++) SendVoice(100 + (uint)round * 100 + i); }));
        Assert.Equal(0, loop.Inbox.Count);
    }

    [Fact]
    public void Encrypted_voice_allocates_nothing_either_way()
    {
        var hidden = new EncryptedVoice(this);
        for (uint i = 0; i < 100; i++) Assert.True(hidden.Send(i));
        hidden.Receive(100);
        Assert.Equal(0, LeastAllocated(round =>
        {
            for (uint i = 0; i < 500; i++) hidden.Send(100 + (uint)round * 500 + i);
            hidden.Receive(500);
        }));
        Assert.Equal(100 + Rounds * 500, heard);
        Assert.Equal(0, endpoint.Counters[DropReason.Undecryptable]);
        Assert.Equal(194, loop.Socket!.Last.Length);
    }

    [Fact]
    public void A_full_frame_from_another_thread_is_posted_and_what_follows_waits_for_it()
    {
        loop.IsInside = false;
        long sent = loop.Socket!.Counters.Sent;
        for (uint i = 0; i < 5; i++) Assert.True(SendVoice(i));
        Assert.Equal((sent, 5), (loop.Socket.Counters.Sent, loop.Inbox.Count));
        loop.Drain();
        Assert.Equal(sent + 5, loop.Socket.Counters.Sent);
        Assert.True(MiniFrame.TryRead(loop.Socket.Last, out var last));
        Assert.Equal((call.LocalNumber, 160), (last.SourceCall, last.Payload.Length));
        loop.IsInside = false;
        Assert.True(SendVoice(5));
        Assert.Equal((sent + 6, 0), (loop.Socket.Counters.Sent, loop.Inbox.Count));
    }

    [Fact]
    public void No_more_waits_than_may()
    {
        loop.IsInside = false;
        for (uint i = 0; i < 100; i++) SendVoice(i);
        Assert.Equal(endpoint.Options.MaxVoiceWaiting, loop.Inbox.Count);
        Assert.Equal(100 - endpoint.Options.MaxVoiceWaiting, endpoint.Counters[DropReason.VoiceWaiting]);
        loop.Drain();
        call.Hangup(CauseCode.NormalClearing);
        Assert.False(SendVoice(101));
        Assert.Equal(1, endpoint.Counters[DropReason.VoiceNotOpen]);
    }

    void IIaxCore.OnCall(IncomingIaxCall call) => Assert.Fail("nobody calls");

    void IIaxCallHandler.OnHangup(IaxCall call, CauseCode cause, string text) { }

    void IIaxVoiceSink.OnVoice(IaxCall call, in Datagram datagram, int offset, int length, VoiceFormat format, uint timestampMs)
    {
        heard++;
        lastTimestamp = timestampMs;
    }

    public void Dispose()
    {
        endpoint.Dispose();
        world.Dispose();
    }

    private const int Rounds = 8;

    /// <summary>The best of some rounds: the runtime compiles in between, and allocates for itself.</summary>
    private static long LeastAllocated(Action<int> work)
    {
        long least = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work(round);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }

    private bool SendVoice(uint i)
    {
        world.RunFor(TimeSpan.FromMilliseconds(20));
        return call.SendVoice(VoiceFormat.Alaw, i * 20, voice, Datagram.Headroom, 160);
    }

    private void Receive(ushort timestamp, int times, bool trunked)
    {
        var payload = received.AsSpan(Datagram.Headroom);
        int length = trunked ? 8 + 6 + 160 : 4 + 160;
        if (trunked) new TrunkWriter(payload, true, timestamp).TryAdd(0x77, timestamp, payload[500..660]);
        else MiniFrame.WriteHeader(payload, 0x77, timestamp);
        for (int i = 0; i < times; i++)
        {
            // Frames that differ: the same one again is a copy the network made.
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(payload[(length - 4)..], i);
            ((IDatagramReceiver)endpoint).OnDatagram(loop.Socket!, new Datagram(received, length, Far, 1));
        }
    }

    private void ReceiveFull(FrameType type, byte subclass, uint timestamp, byte o, byte[] payload)
    {
        int length = new FullFrame
        {
            SourceCall = 0x77, DestinationCall = call.LocalNumber, Timestamp = timestamp, OutSequence = o, InSequence = 1, Type = type, SubclassOctet = subclass, Payload = payload,
        }.Write(received.AsSpan(Datagram.Headroom));
        ((IDatagramReceiver)endpoint).OnDatagram(loop.Socket!, new Datagram(received, length, Far, 1));
    }

    /// <summary>A second call of the endpoint, encrypted under a key the test knows.</summary>
    private sealed class EncryptedVoice
    {
        private readonly VoiceCostTests test;
        private readonly OutgoingIaxCall call;
        private readonly FrameEncryptor far;
        private readonly byte[] mini = new byte[MiniFrame.HeaderLength + 160];
        private long stamp = 40;

        public EncryptedVoice(VoiceCostTests test)
        {
            this.test = test;
            test.endpoint.AddPeer(new PeerOptions { Name = "hidden", Secret = "s", Address = Far.WithPort(4570), Encryption = EncryptionPolicy.Required, KeyRotationSeconds = 3600 });
            Assert.True(test.endpoint.TryPlace("hidden", new NewCallOptions { CalledNumber = "1" }, test, out var placed, out _));
            call = placed;
            call.VoiceSink = test;
            byte[] request = RawPeer.Write((ref w) =>
            {
                w.AddUInt16(ElementId.AuthMethods, (ushort)AuthenticationMethods.Md5);
                w.AddText(ElementId.Challenge, "104729381");
                w.AddUInt16(ElementId.Encryption, 0x8001);
            });
            var key = new byte[EncryptedFrame.KeyLength];
            Authentication.Digest("104729381"u8, "s", key);
            far = new FrameEncryptor(key, new SeededChance(9));
            Hand(Full(IaxCommand.AuthReq, 3, 0, request));
            Assert.True(call.IsEncrypted);
            Hand(far.Encrypt(Full(IaxCommand.Accept, 6, 1, RawPeer.Write((ref w) => w.AddUInt32(ElementId.Format, (uint)VoiceFormat.Alaw))), EncryptedFrame.ClearOfFull));
            Hand(far.Encrypt(Full(FrameType.Voice, (byte)VoiceFormat.Alaw, 20, 2, new byte[160]), EncryptedFrame.ClearOfFull));
            Assert.Equal(1, test.heard);
            test.heard = 0;
        }

        public bool Send(uint i)
        {
            test.world.RunFor(TimeSpan.FromMilliseconds(20));
            return call.SendVoice(VoiceFormat.Alaw, i * 20, test.voice, Datagram.Headroom, 160);
        }

        public void Receive(int times)
        {
            for (int i = 0; i < times; i++)
            {
                MiniFrame.WriteHeader(mini, 0x78, (ushort)stamp);
                Hand(far.Encrypt(mini, EncryptedFrame.ClearOfMini));
                stamp += 20;
            }
        }

        private byte[] Full(IaxCommand command, uint timestamp, byte o, byte[] payload) => Full(FrameType.Iax, (byte)command, timestamp, o, payload);

        private byte[] Full(FrameType type, byte subclass, uint timestamp, byte o, byte[] payload)
        {
            var bytes = new byte[FullFrame.HeaderLength + payload.Length];
            new FullFrame
            {
                SourceCall = 0x78, DestinationCall = call.LocalNumber, Timestamp = timestamp, OutSequence = o, InSequence = 1, Type = type, SubclassOctet = subclass, Payload = payload,
            }.Write(bytes);
            return bytes;
        }

        private void Hand(ReadOnlySpan<byte> datagram)
        {
            datagram.CopyTo(test.received.AsSpan(Datagram.Headroom));
            ((IDatagramReceiver)test.endpoint).OnDatagram(test.loop.Socket!, new Datagram(test.received, datagram.Length, Far.WithPort(4570), stamp * 1000));
        }
    }
}
