using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

public class VoiceTests
{
    private readonly byte[] buffer = new byte[Datagram.Headroom + 160];

    [Fact]
    public void Voice_goes_both_ways_with_its_spacing()
    {
        using var pair = new IaxPair();
        var (call, far, voice) = Up(pair);
        for (uint i = 0; i < 100; i++)
        {
            Send(pair.London, call, i, VoiceFormat.Alaw);
            Send(pair.Manchester, far, i, VoiceFormat.Alaw);
            pair.Run(0.02);
        }
        foreach (var heard in (VoiceLog[])[voice, pair.Manchester.ReceivedVoice[0]])
        {
            Assert.Equal(100, heard.Frames.Count);
            Assert.Equal(Enumerable.Range(0, 100).Select(i => (byte)i), heard.Frames.Select(frame => frame.First));
            Assert.All(heard.Frames.Zip(heard.Frames.Skip(1)), two => Assert.Equal(20u, two.Second.Timestamp - two.First.Timestamp));
            Assert.All(heard.Frames, frame => Assert.Equal((VoiceFormat.Alaw, 160), (frame.Format, frame.Length)));
        }
        Assert.Equal(1, pair.Conversation().Count(line => line == "> Voice"));
        Assert.Equal(100u, call.Report.Packets);
    }

    [Fact]
    public void A_call_longer_than_the_wrap_of_mini_frames_loses_no_stamp()
    {
        using var pair = new IaxPair();
        var (call, _, _) = Up(pair);
        const int Frames = 150 * 50;
        for (uint i = 0; i < Frames; i++) { Send(pair.London, call, i, VoiceFormat.Alaw); pair.Run(0.02); }
        var heard = pair.Manchester.ReceivedVoice[0].Frames;
        Assert.Equal(Frames, heard.Count);
        Assert.All(heard.Zip(heard.Skip(1)), two => Assert.Equal(20u, two.Second.Timestamp - two.First.Timestamp));
        Assert.Equal(3, pair.Conversation().Count(line => line == "> Voice"));
    }

    [Fact]
    public void The_wrap_survives_the_loss_of_its_full_frame()
    {
        using var pair = new IaxPair();
        var (call, _, _) = Up(pair);
        uint i = 0;
        for (; i < 65 * 50; i++) { Send(pair.London, call, i, VoiceFormat.Alaw); pair.Run(0.02); }
        pair.World.Wire.Cut(pair.London.Address, pair.Manchester.Address);
        for (; i < 66 * 50; i++) { Send(pair.London, call, i, VoiceFormat.Alaw); pair.Run(0.02); }
        pair.World.Wire.Heal();
        for (; i < 68 * 50; i++) { Send(pair.London, call, i, VoiceFormat.Alaw); pair.Run(0.02); }
        var heard = pair.Manchester.ReceivedVoice[0].Frames;
        Assert.All(heard.Select((frame, at) => (frame, at)).Where(both => both.at > 0 && both.frame.First != heard[0].First), both =>
            Assert.Equal(0u, (both.frame.Timestamp - heard[0].Timestamp) % 20));
        Assert.InRange(heard[^1].Timestamp - heard[0].Timestamp, 67_900u, 68_020u);
    }

    [Fact]
    public void The_format_may_change_while_the_call_goes_on()
    {
        using var pair = new IaxPair();
        var (call, _, _) = Up(pair);
        for (uint i = 0; i < 30; i++) { Send(pair.London, call, i, i < 10 || i >= 20 ? VoiceFormat.Alaw : VoiceFormat.Ulaw); pair.Run(0.02); }
        Assert.Equal(Enumerable.Range(0, 30).Select(i => i is < 10 or >= 20 ? VoiceFormat.Alaw : VoiceFormat.Ulaw), pair.Manchester.ReceivedVoice[0].Frames.Select(frame => frame.Format));
        Assert.Equal(3, pair.Conversation().Count(line => line == "> Voice"));
    }

    [Fact]
    public void Early_media_is_heard_before_the_answer()
    {
        using var pair = new IaxPair();
        pair.Manchester.Answering = call => call.Progress();
        var (call, log, voice) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => log.Events.Contains("progress"), 1));
        for (uint i = 0; i < 10; i++) { Send(pair.Manchester, pair.Manchester.Received[0], i, VoiceFormat.Alaw); pair.Run(0.02); }
        Assert.Equal(10, voice.Frames.Count);
        Assert.False(call.IsUp);
    }

    [Fact]
    public void Mini_frames_before_the_first_full_one_are_asked_about_once()
    {
        using var pair = new IaxPair();
        var (call, _, _) = Up(pair);
        // The full frame is lost, the mini frames behind it are not.
        pair.World.Wire.Cut(pair.London.Address, pair.Manchester.Address);
        Send(pair.London, call, 0, VoiceFormat.Alaw);
        pair.Run(0.01);
        pair.World.Wire.Heal();
        for (uint i = 1; i < 50; i++) { Send(pair.London, call, i, VoiceFormat.Alaw); pair.Run(0.02); }
        Assert.Equal(1, pair.Conversation().Count(line => line == "< Vnak"));
        // Asked for at once: only what came in the same moment is lost.
        Assert.InRange(pair.Manchester.ReceivedVoice[0].Frames.Count, 48, 50);
    }

    [Fact]
    public void Who_asks_for_silence_gets_it()
    {
        using var pair = new IaxPair();
        var (call, _, _) = Up(pair);
        using var quelch = new Quelcher(pair, call);
        Send(pair.London, call, 0, VoiceFormat.Alaw);
        quelch.Say(IaxCommand.Quelch);
        Assert.False(Send(pair.London, call, 1, VoiceFormat.Alaw));
        quelch.Say(IaxCommand.Unquelch);
        Assert.True(Send(pair.London, call, 2, VoiceFormat.Alaw));
    }

    [Fact]
    public void Trunk_frames_of_both_forms_are_voice()
    {
        using var pair = new IaxPair();
        var (call, far, voice) = Up(pair);
        Send(pair.Manchester, far, 0, VoiceFormat.Alaw);
        pair.Run(0.02);
        uint first = voice.Frames[0].Timestamp;
        var datagram = new byte[400];
        for (uint i = 1; i <= 10; i++)
        {
            var writer = new TrunkWriter(datagram, i % 2 == 0, 7_000_000 + i * 20);
            writer.TryAdd(0x7FFF, 5, new byte[20]);
            writer.TryAdd(far.LocalNumber, (ushort)(first + i * 20), Enumerable.Repeat((byte)i, 160).ToArray());
            Inject(pair, datagram.AsSpan(0, writer.Length).ToArray());
            pair.Run(0.02);
        }
        Assert.Equal(11, voice.Frames.Count);
        Assert.Equal(Enumerable.Range(0, 11).Select(i => (byte)i), voice.Frames.Select(frame => frame.First));
        Assert.All(voice.Frames.Zip(voice.Frames.Skip(1)), two => Assert.InRange(two.Second.Timestamp - two.First.Timestamp, 19u, 41u));
        Assert.Equal(10, pair.London.Endpoint.Counters[DropReason.UnknownMini]);
        Assert.True(call.IsUp);
    }

    private static (OutgoingIaxCall Call, IncomingIaxCall Far, VoiceLog Voice) Up(IaxPair pair)
    {
        var (call, _, voice) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        return (call, pair.Manchester.Received[0], voice);
    }

    private bool Send(IaxSite site, IaxCall call, uint i, VoiceFormat format)
    {
        buffer.AsSpan(Datagram.Headroom).Fill((byte)i);
        return site.Loop.Invoke(() => call.SendVoice(format, i * 20, buffer, Datagram.Headroom, 160));
    }

    /// <summary>Hands London a datagram as if Manchester had sent it.</summary>
    internal static void Inject(IaxPair pair, byte[] payload) => pair.London.Loop.Invoke(() =>
    {
        var copy = new byte[Datagram.Headroom + payload.Length];
        payload.CopyTo(copy, Datagram.Headroom);
        ((IDatagramReceiver)pair.London.Endpoint).OnDatagram(null!, new Datagram(copy, payload.Length, pair.Manchester.Address, pair.World.Time.NowMicros));
    });

    /// <summary>Speaks for Manchester in the call, which goes no other way: nothing of ours asks for silence.</summary>
    private sealed class Quelcher(IaxPair pair, OutgoingIaxCall call) : IDisposable
    {
        private byte next = (byte)pair.Datagrams.Count(d => d.From == pair.Manchester.Address && FullFrame.TryRead(d.Payload.Span, out var f) && f.IsSequenced
            && f.Command != IaxCommand.CallToken);

        public void Say(IaxCommand command)
        {
            var bytes = new byte[FullFrame.HeaderLength];
            new FullFrame
            {
                SourceCall = call.RemoteNumber, DestinationCall = call.LocalNumber, Timestamp = 900, OutSequence = next++, InSequence = 3,
                Type = FrameType.Iax, SubclassOctet = (byte)command,
            }.Write(bytes);
            Inject(pair, bytes);
        }

        public void Dispose() => pair.Run(0.01);
    }
}
