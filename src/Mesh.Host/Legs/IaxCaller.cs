using Mesh.Dialplan.Calls;
using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Jitter;

namespace Mesh.Host.Legs;

/// <summary>A call that came over IAX2, as its script drives it. Accepted at once, so that the other side knows the path works.</summary>
public sealed class IaxCaller : ICaller, IIaxCallHandler
{
    private readonly IncomingIaxCall call;
    private readonly IaxVoicePort port;
    private bool isRinging, hasProgress, isOver;

    /// <param name="jitter">For a device over a bad line; null for everybody else.</param>
    public IaxCaller(IncomingIaxCall call, Loop signalling, string description, JitterBufferOptions? jitter = null)
    {
        this.call = call;
        Description = description;
        Codecs = [.. CodecsOf(call)];
        port = new IaxVoicePort(signalling, call, jitter);
        call.VoiceSink = port;
        call.Handler = this;
    }

    public string Description { get; private set; }

    /// <summary>The call on the wire.</summary>
    public IaxCall Call => call;

    public IAudioPort? Audio => port;

    public IReadOnlyList<AudioCodec> Codecs { get; }

    public bool IsAnswered { get; private set; }

    /// <summary>Who drives the call; null until it was let in.</summary>
    public ICallerObserver? Observer { get; set; }

    /// <summary>ACCEPT: the call exists, nobody rings yet.</summary>
    public void Accept() => call.Accept(call.PreferredFormat);

    public void Ringing(bool withAudio)
    {
        if (isOver || IsAnswered) return;
        if (!isRinging) call.Ringing();
        isRinging = true;
        if (withAudio && !hasProgress) call.Progress();
        hasProgress |= withAudio;
    }

    public void Answer()
    {
        if (isOver || IsAnswered) return;
        IsAnswered = true;
        call.Answer();
    }

    public void End(HangupCause cause)
    {
        if (isOver) return;
        isOver = true;
        port.Close();
        call.Hangup(CauseTable.ToIax(cause));
    }

    /// <summary>The call has left this site: nothing of it is to be ended.</summary>
    public void Left()
    {
        isOver = true;
        port.Close();
    }

    public void OnMoved(IaxCall from)
    {
        Description = $"IAX2/{from.PeerName} {from.RemoteAddress}, directly";
        Observer?.OnCallerMoved();
    }

    public void OnDigit(IaxCall from, char digit, bool isEnd) => port.Sink?.OnDigit(new DigitEvent(digit, isEnd, 0));

    public void OnHangup(IaxCall from, CauseCode cause, string text)
    {
        if (isOver) return;
        isOver = true;
        port.Close();
        Observer?.OnCallerGone(CauseTable.FromIax(cause));
    }

    /// <summary>The format that will be spoken first, so that legs are offered it first.</summary>
    private static IEnumerable<AudioCodec> CodecsOf(IncomingIaxCall call)
    {
        var first = IaxVoicePort.CodecOf(call.PreferredFormat);
        if (first != AudioCodec.None) yield return first;
        foreach (var codec in (AudioCodec[])[AudioCodec.Pcma, AudioCodec.Pcmu])
            if (codec != first) yield return codec;
    }
}
