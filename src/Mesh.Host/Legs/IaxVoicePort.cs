using System.Buffers.Binary;
using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Codecs;
using Mesh.Media.Jitter;

namespace Mesh.Host.Legs;

/// <summary>
/// The voice of one IAX2 call as an audio port. What it receives arrives on the signalling loop; what is sent to it may come from a media loop, and goes
/// out from there as a mini frame.
/// </summary>
public sealed class IaxVoicePort : IAudioPort, IIaxVoiceSink, IVoiceBuffer
{
    private const int MaxSamples = 480, SamplesPerMs = 8;
    private readonly byte[] linear = new byte[Datagram.Headroom + 2 * MaxSamples];
    private readonly Loop signalling;
    private readonly IaxCall call;
    private readonly JitterPlayout? playout;
    private IAudioSink? sink;
    private VoiceSteps steps;

    /// <param name="jitter">What is received gets its rhythm back before it goes on; null: it goes on as it came.</param>
    public IaxVoicePort(Loop signalling, IaxCall call, JitterBufferOptions? jitter = null)
    {
        (this.signalling, this.call) = (signalling, call);
        Inlet = new AudioInlet(signalling.Clock, 0);
        if (jitter is null) return;
        playout = new JitterPlayout(this, jitter);
        call.VoiceBuffer = this;
    }

    public IAudioSink? Sink
    {
        get => Volatile.Read(ref sink);
        set => Volatile.Write(ref sink, value);
    }

    public AudioCodec SendCodec => CodecOf(call.Format);

    public AudioPortCounters Counters { get; } = new();

    /// <summary>Whose voice it is.</summary>
    public IaxCall Call => call;

    public AudioInlet Inlet { get; }

    public Loop Loop => signalling;

    int IVoiceBuffer.DelayMs => playout?.DelayMs ?? 0;

    long IVoiceBuffer.Dropped => playout?.Statistics.Dropped ?? 0;

    long IVoiceBuffer.Lost => playout?.Statistics.Lost ?? 0;

    /// <summary>The call is over: nothing more is played.</summary>
    public void Close()
    {
        Sink = null;
        playout?.Dispose();
    }

    public static AudioCodec CodecOf(VoiceFormat format) => format switch
    {
        // Linear samples are made A-law as they come in, and again linear as they go out.
        VoiceFormat.Alaw or VoiceFormat.Slin => AudioCodec.Pcma,
        VoiceFormat.Ulaw => AudioCodec.Pcmu,
        _ => AudioCodec.None,
    };

    public static VoiceFormat FormatOf(AudioCodec codec) => codec == AudioCodec.Pcmu ? VoiceFormat.Ulaw : VoiceFormat.Alaw;

    public void OnAudio(in AudioFrame frame)
    {
        var codec = SendCodec;
        if (codec == AudioCodec.None) { Counters.Discarded++; return; }
        G711.Transcode(frame.Payload, frame.Codec, codec);
        if (call.Format != VoiceFormat.Slin) call.SendVoice(call.Format, frame.Timestamp / 8, frame.Buffer, frame.Offset, frame.Length);
        else if (!TrySendLinear(frame)) { Counters.Discarded++; return; }
        Counters.PacketsSent++;
        Counters.OctetsSent += frame.Length;
    }

    public void OnDigit(DigitEvent digit)
    {
        if (Loop.IsCurrent) call.SendDigit(digit.Digit, digit.IsEnd);
        else Loop.Post(state => call.SendDigit(((DigitEvent)state!).Digit, ((DigitEvent)state).IsEnd), digit);
    }

    public void OnVoice(IaxCall from, in Datagram datagram, int offset, int length, VoiceFormat format, uint timestampMs)
    {
        var codec = CodecOf(format);
        if (codec == AudioCodec.None) { Counters.Discarded++; return; }
        long ms = datagram.ReceivedAtMicros / 1000;
        if (Counters.PacketsReceived++ == 0) Counters.FirstReceivedMs = ms;
        Counters.LastReceivedMs = ms;
        Counters.OctetsReceived += length;
        if (format == VoiceFormat.Slin) length = Compress(datagram.Buffer.Slice(offset, length));
        var frame = new AudioFrame(datagram.Buffer, offset, length, codec, timestampMs * SamplesPerMs, marker: false, steps.Next(timestampMs, length / SamplesPerMs));
        if (playout is { } buffered) buffered.OnAudio(frame, timestampMs, ms);
        else Sink?.OnAudio(frame);
    }

    /// <summary>16-bit samples in network order become A-law in their place; the new length.</summary>
    private static int Compress(Span<byte> samples)
    {
        for (int i = 0; i < samples.Length / 2; i++) samples[i] = Alaw.Encode(BinaryPrimitives.ReadInt16BigEndian(samples[(2 * i)..]));
        return samples.Length / 2;
    }

    private bool TrySendLinear(in AudioFrame frame)
    {
        if (frame.Length > MaxSamples) return false;
        var payload = frame.Payload;
        for (int i = 0; i < payload.Length; i++) BinaryPrimitives.WriteInt16BigEndian(linear.AsSpan(Datagram.Headroom + 2 * i), Alaw.Decode(payload[i]));
        return call.SendVoice(VoiceFormat.Slin, frame.Timestamp / 8, linear, Datagram.Headroom, 2 * payload.Length);
    }
}
