using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Rtp;
using Mesh.Media.Sdp;
using Mesh.Media.Sounds;
using Mesh.Sip;

namespace Mesh.Host.Demo.Phones;

/// <summary>The audio of one call of a softphone: its port, its side of offer and answer, the tone it says and the <see cref="PhoneEar"/>.</summary>
public sealed class PhoneAudio : IDisposable
{
    private const int ToneMs = 1000;
    private readonly SdpSession session;
    private readonly LocalAudio local;
    private readonly Sound voice;
    private Playout? playout;

    public PhoneAudio(RtpPort port, SoftPhoneOptions options, Sound voice, IChance chance)
    {
        Port = port;
        this.voice = voice;
        session = SdpSession.New(chance);
        local = new LocalAudio(port.Local, options.Codecs);
        Ear = new PhoneEar(options.HearsHz, port.Loop.Clock);
        port.Sink = Ear;
    }

    public RtpPort Port { get; }

    public PhoneEar Ear { get; }

    /// <summary>The codec spoken; None before an agreement.</summary>
    public AudioCodec Codec => Port.SendCodec;

    /// <summary>A sound of whole periods, so that it repeats without a click.</summary>
    public static Sound VoiceOf(double hertz) => new(ToneGenerator.Sine(hertz, ToneMs));

    public SipBody Offer(AudioDirection direction = AudioDirection.SendReceive) => SipBody.Sdp(session.Offer(local with { Direction = direction }));

    /// <summary>The answer to an offer; null when nothing was agreed.</summary>
    public SipBody? Answer(SipBody offer)
    {
        var outcome = session.Answer(offer.Content.Span, local);
        if (outcome.Agreed is { } agreed) Port.Apply(agreed);
        return outcome.Answer is { } body ? SipBody.Sdp(body) : null;
    }

    /// <summary>Takes the answer to our offer; false when nothing was agreed.</summary>
    public bool TryAccept(SipBody answer)
    {
        if (session.Accept(answer.Content.Span).Agreed is not { } agreed) return false;
        Port.Apply(agreed);
        return true;
    }

    /// <summary>The call is answered: says its tone, and listens for the other's.</summary>
    public void Talk()
    {
        Ear.BeginTalk();
        playout ??= Playout.Start(Port, voice.PlayEndless());
    }

    /// <summary>Presses a key for 100 ms.</summary>
    public void Press(char digit) => Port.OnDigit(new DigitEvent(digit, IsEnd: true, DurationMs: 100));

    public void Dispose()
    {
        playout?.Stop();
        Port.Dispose();
    }
}
