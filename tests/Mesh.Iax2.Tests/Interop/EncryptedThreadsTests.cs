using System.Buffers.Binary;
using System.Diagnostics;

namespace Mesh.Iax2.Tests.Interop;

/// <summary>Encrypted voice from threads of its own while the loop sends full frames and new keys of the same call, over real sockets.</summary>
public class EncryptedThreadsTests
{
    private const int Frames = 400;

    [Fact]
    public void Voice_from_media_threads_arrives_intact_while_the_loop_signals_and_changes_keys()
    {
        using var near = new RealSite("127.51.254.1");
        using var far = new RealSite("127.51.254.2") { Answering = call => call.Answer() };
        var both = new PeerOptions { Name = "", Secret = "meshsecret", Encryption = EncryptionPolicy.Required, KeyRotationSeconds = 1, IsSite = true };
        near.Do(() => near.Endpoint.AddPeer(both with { Name = "far", OurUsername = "near", Address = far.Endpoint.Local }));
        far.Do(() => far.Endpoint.AddPeer(both with { Name = "near", Address = near.Endpoint.Local }));
        var call = near.Place("far", "301")!;
        Until(() => call.IsUp && !far.Received.IsEmpty);
        var other = far.Received.First();
        Recorder[] heard = [new(), new()];
        (other.VoiceSink, call.VoiceSink) = (heard[0], heard[1]);
        Thread[] speakers = [new(() => Speak(call)), new(() => Speak(other))];
        foreach (var speaker in speakers) speaker.Start();
        while (speakers.Any(speaker => speaker.IsAlive))
        {
            near.Do(() => { call.SendDigit('5', false); call.SendDigit('5', true); });
            far.Do(() => other.SendText("hello"));
            Thread.Sleep(10);
        }
        foreach (var speaker in speakers) speaker.Join();
        Until(() => call.Unacknowledged == 0 && other.Unacknowledged == 0 && heard.All(one => one.Intact == Frames));
        Assert.All(heard, one => Assert.Equal((Frames, 0), (one.Intact, one.Garbled)));
        foreach (var site in (RealSite[])[near, far])
        {
            Assert.True(site.Endpoint.Counters.KeysSent >= 1);
            Assert.Equal((0L, 0L), (site.Endpoint.Counters[DropReason.Undecryptable], site.Faults));
        }
        near.Do(() => call.Hangup(CauseCode.NormalClearing));
        Until(() => near.Endpoint.CallCount == 0 && far.Endpoint.CallCount == 0);
    }

    private static void Speak(IaxCall call)
    {
        var buffer = new byte[Datagram.Headroom + 160];
        for (int i = 0; i < Frames; i++)
        {
            for (int at = 0; at < 160; at += 4) BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(Datagram.Headroom + at), i);
            // What cannot go now is tried again: here none may be missing.
            while (!call.SendVoice(VoiceFormat.Alaw, (uint)i * 20, buffer, Datagram.Headroom, 160)) Thread.Sleep(1);
            Thread.Sleep(10);
        }
    }

    private static void Until(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "it takes too long");
            Thread.Sleep(5);
        }
    }

    private sealed class Recorder : IIaxVoiceSink
    {
        private readonly HashSet<int> numbers = [];
        private volatile int intact, garbled;

        public int Intact => intact;

        public int Garbled => garbled;

        public void OnVoice(IaxCall call, in Datagram datagram, int offset, int length, VoiceFormat format, uint timestampMs)
        {
            var payload = datagram.Buffer.Slice(offset, length);
            int number = BinaryPrimitives.ReadInt32BigEndian(payload);
            bool isIntact = length == 160 && number is >= 0 and < Frames;
            for (int at = 4; at + 4 <= length; at += 4) isIntact &= BinaryPrimitives.ReadInt32BigEndian(payload[at..]) == number;
            if (isIntact) numbers.Add(number);
            else garbled++;
            intact = numbers.Count;
        }
    }
}
