using System.Buffers.Binary;
using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

/// <summary>Voice both ways through new keys, over a wire that loses and reorders.</summary>
public class KeyRotationTests
{
    private const int Seconds = 60, Frames = Seconds * 50;

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0.05, 0.1, 2)]
    [InlineData(0.2, 0.2, 3)]
    [InlineData(0.1, 0, 4)]
    public void Between_sites_every_frame_the_wire_carries_is_heard_as_it_was_said(double loss, double reordering, ulong seed)
    {
        var (pair, heard, lost) = Talk(loss, reordering, areSites: true, seed);
        using (pair)
        {
            foreach (var site in (IaxSite[])[pair.London, pair.Manchester])
            {
                Assert.True(site.Endpoint.Counters.KeysSent >= 5);
                Assert.True(site.Endpoint.Counters.KeysReceived >= 5);
                Assert.Equal(0, site.Endpoint.Counters[DropReason.Undecryptable]);
            }
            Assert.All(heard, one => Assert.Equal(0, one.Garbled));
            // What a full VOICE frame carried was repeated until it came, so at least this many arrived.
            Assert.True(heard[0].Intact >= Frames - lost.ToManchester, $"{heard[0].Intact} of {Frames}, {lost.ToManchester} lost");
            Assert.True(heard[1].Intact >= Frames - lost.ToLondon, $"{heard[1].Intact} of {Frames}, {lost.ToLondon} lost");
        }
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0.05, 0.1, 2)]
    [InlineData(0.1, 0, 5)]
    public void With_others_who_switch_at_once_nothing_garbled_is_heard_and_little_is_missing(double loss, double reordering, ulong seed)
    {
        var (pair, heard, lost) = Talk(loss, reordering, areSites: false, seed);
        using (pair)
        {
            Assert.True(pair.London.Endpoint.Counters.KeysReceived >= 5);
            // Noise that looks right is possible where RTKEY was lost: one frame in some hundreds of those few.
            Assert.All(heard, one => Assert.InRange(one.Garbled, 0, loss == 0 ? 0 : 2));
            Assert.True(heard[0].Intact >= (Frames - lost.ToManchester) * 0.9, $"{heard[0].Intact} of {Frames}");
            Assert.True(heard[1].Intact >= (Frames - lost.ToLondon) * 0.9, $"{heard[1].Intact} of {Frames}");
            if (loss == 0) Assert.Equal((Frames, Frames), (heard[0].Intact, heard[1].Intact));
        }
    }

    [Fact]
    public void Who_does_not_know_it_is_sent_no_new_key()
    {
        using var pair = new IaxPair(toCallee: peer => peer with { Encryption = EncryptionPolicy.Offer, KeyRotationSeconds = 5 }, toCaller: peer => peer with { Encryption = EncryptionPolicy.Offer });
        var (call, _, _) = pair.London.Place("manchester");
        pair.Run(60);
        Assert.True(call.IsUp && call.IsEncrypted);
        Assert.Equal((0L, 0L), (pair.London.Endpoint.Counters.KeysSent, pair.Manchester.Endpoint.Counters.KeysSent));
    }

    private static (IaxPair, Recorder[] Heard, (int ToManchester, int ToLondon) Lost) Talk(double loss, double reordering, bool areSites, ulong seed)
    {
        var pair = EncryptionTests.Pair(EncryptionPolicy.Required, EncryptionPolicy.Required, null, rotation: 5, areSites, seed);
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 10));
        pair.World.Wire.Default = new Impairment { Loss = loss, Reordering = reordering, Latency = TimeSpan.FromMilliseconds(15) };
        var far = pair.Manchester.Received[0];
        Recorder[] heard = [new(), new()];
        (far.VoiceSink, call.VoiceSink) = (heard[0], heard[1]);
        int toManchester = 0, toLondon = 0;
        pair.World.Wire.OnDatagram += datagram =>
        {
            if (datagram.Fate is PathFate.Sent || (datagram.Payload.Span[0] & 0x80) != 0) return;
            if (datagram.To == pair.Manchester.Address) toManchester++;
            else toLondon++;
        };
        var buffer = new byte[Datagram.Headroom + 160];
        for (uint i = 0; i < Frames; i++)
        {
            pair.London.Loop.Invoke(() => call.SendVoice(VoiceFormat.Alaw, i * 20, Recorder.Fill(buffer, i), Datagram.Headroom, 160));
            pair.Manchester.Loop.Invoke(() => far.SendVoice(VoiceFormat.Alaw, i * 20, Recorder.Fill(buffer, i), Datagram.Headroom, 160));
            pair.Run(0.02);
        }
        pair.World.Wire.Default = new Impairment();
        pair.Run(30);
        Assert.True(call.IsUp && far.IsUp);
        Assert.Empty(pair.World.Faults);
        return (pair, heard, (toManchester, toLondon));
    }

    /// <summary>Frames that say their number all over: one wrong octet shows.</summary>
    private sealed class Recorder : IIaxVoiceSink
    {
        private readonly HashSet<uint> numbers = [];

        public int Intact => numbers.Count;

        public int Garbled { get; private set; }

        public static byte[] Fill(byte[] buffer, uint number)
        {
            for (int at = 0; at < 160; at += 4) BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(Datagram.Headroom + at), number);
            return buffer;
        }

        public void OnVoice(IaxCall call, in Datagram datagram, int offset, int length, VoiceFormat format, uint timestampMs)
        {
            var payload = datagram.Buffer.Slice(offset, length);
            uint number = length == 160 ? BinaryPrimitives.ReadUInt32BigEndian(payload) : uint.MaxValue;
            for (int at = 4; at + 4 <= length; at += 4)
                if (BinaryPrimitives.ReadUInt32BigEndian(payload[at..]) != number) number = uint.MaxValue;
            if (number < Frames) numbers.Add(number);
            else Garbled++;
        }
    }
}
