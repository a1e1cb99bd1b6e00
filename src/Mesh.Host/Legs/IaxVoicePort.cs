using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Codecs;

namespace Mesh.Host.Legs;

/// <summary>
/// The voice of one IAX2 call as an audio port. What it receives arrives on the signalling loop; what is sent to it may come from a media loop, and goes
/// out from there as a mini frame.
/// </summary>
public sealed class IaxVoicePort(Loop signalling, IaxCall call) : IAudioPort, IIaxVoiceSink
{
    private IAudioSink? sink;

    public IAudioSink? Sink
    {
        get => Volatile.Read(ref sink);
        set => Volatile.Write(ref sink, value);
    }

    public AudioCodec SendCodec => CodecOf(call.Format);

    public AudioPortCounters Counters { get; } = new();

    public AudioInlet Inlet { get; } = new(signalling.Clock, 0);

    public Loop Loop => signalling;

    public static AudioCodec CodecOf(VoiceFormat format) => format switch
    {
        VoiceFormat.Alaw => AudioCodec.Pcma,
        VoiceFormat.Ulaw => AudioCodec.Pcmu,
        _ => AudioCodec.None,
    };

    public static VoiceFormat FormatOf(AudioCodec codec) => codec == AudioCodec.Pcmu ? VoiceFormat.Ulaw : VoiceFormat.Alaw;

    public void OnAudio(in AudioFrame frame)
    {
        var codec = SendCodec;
        if (codec == AudioCodec.None) { Counters.Discarded++; return; }
        G711.Transcode(frame.Payload, frame.Codec, codec);
        call.SendVoice(call.Format, frame.Timestamp / 8, frame.Buffer, frame.Offset, frame.Length);
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
        Sink?.OnAudio(new AudioFrame(datagram.Buffer, offset, length, codec, timestampMs * 8, marker: false));
    }
}
