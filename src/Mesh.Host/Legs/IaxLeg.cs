using Mesh.Dialplan.Calls;
using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Jitter;

namespace Mesh.Host.Legs;

/// <summary>A call placed over IAX2: to another site, another system, or a device registered here.</summary>
public sealed class IaxLeg(string description, ILegObserver observer, Loop signalling, LegCount count, JitterBufferOptions? jitter = null) : ILeg, IIaxCallHandler
{
    private OutgoingIaxCall? call;
    private IaxVoicePort? port;
    private bool isTrying, isAnswered, isOver;

    public string Description { get; private set; } = description;

    /// <summary>The call on the wire; null when none could be placed.</summary>
    public IaxCall? Call => call;

    public IAudioPort? Audio => port;

    /// <summary>Nothing was heard from the far end yet.</summary>
    public bool IsWaiting => !isTrying && !isOver;

    /// <summary>Sends NEW; what prevents it is told later, as a fork expects.</summary>
    public void Place(IaxEndpoint endpoint, string peer, NewCallOptions options)
    {
        count.Made();
        if (endpoint.TryPlace(peer, options, this, out call, out var refusal)) return;
        signalling.Post(static state =>
        {
            var (leg, cause) = ((IaxLeg, CauseCode))state!;
            leg.Fail(CauseTable.FromIax(cause));
        }, (this, refusal));
    }

    public void End(HangupCause cause)
    {
        if (isOver) return;
        Close();
        if (cause == HangupCause.AnsweredElsewhere) count.ToldElsewhere();
        call?.Hangup(CauseTable.ToIax(cause));
    }

    /// <summary>The peer is known to be dead: a leg that never heard from it waits no longer.</summary>
    public void PeerDied()
    {
        if (!IsWaiting) return;
        call?.Hangup(CauseCode.DestinationOutOfOrder);
        Fail(HangupCause.DestinationOutOfOrder);
    }

    public void OnAcknowledged(IaxCall placed) => Trying();

    public void OnAccepted(IaxCall placed)
    {
        port = new IaxVoicePort(signalling, placed, jitter);
        placed.VoiceSink = port;
        Trying();
    }

    public void OnProceeding(IaxCall placed) => Trying();

    public void OnRinging(IaxCall placed)
    {
        if (!isOver) observer.OnRinging(this);
    }

    public void OnProgress(IaxCall placed)
    {
        if (!isOver) observer.OnEarlyMedia(this);
    }

    public void OnAnswered(IaxCall placed)
    {
        isAnswered = true;
        if (!isOver) observer.OnAnswered(this);
    }

    /// <summary>The call has left this site: nothing of it is to be ended.</summary>
    public void Left()
    {
        if (!isOver) Close();
    }

    public void OnMoved(IaxCall placed)
    {
        Description = $"IAX2/{placed.PeerName} {placed.RemoteAddress}, directly";
        observer.OnMoved(this);
    }

    public void OnDigit(IaxCall placed, char digit, bool isEnd) => port?.Sink?.OnDigit(new DigitEvent(digit, isEnd, 0));

    public void OnHangup(IaxCall placed, CauseCode cause, string text)
    {
        var why = CauseTable.FromIax(cause);
        if (!isAnswered) { Fail(why); return; }
        if (isOver) return;
        Close();
        observer.OnEnded(this, why);
    }

    private void Trying()
    {
        if (isTrying || isOver) return;
        isTrying = true;
        observer.OnTrying(this);
    }

    private void Fail(HangupCause cause)
    {
        if (isOver) return;
        Close();
        observer.OnFailed(this, cause, quiet: cause == HangupCause.NormalUnspecified);
    }

    private void Close()
    {
        isOver = true;
        count.Ended();
        port?.Close();
    }
}
