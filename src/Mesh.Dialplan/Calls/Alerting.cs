using Mesh.Media;

namespace Mesh.Dialplan.Calls;

/// <summary>
/// What the caller hears before anybody answers: one ringback, begun when the first leg rings and kept up however many legs come and go, over one dial to the next; or the first
/// early media there is instead of it.
/// </summary>
/// <param name="generates">Ringback is made here; else the caller's own phone, or the site the call entered at, makes it.</param>
internal sealed class Alerting(ICaller caller, ICallAudio audio, bool generates)
{
    private bool hasRung, isRinging;

    /// <summary>Somebody is being alerted.</summary>
    public void Ring()
    {
        hasRung = true;
        if (isRinging) return;
        isRinging = true;
        // A caller who has been answered, by a menu say, has no phone that makes a ringing tone of its own.
        bool withAudio = generates || caller.IsAnswered;
        if (!caller.IsAnswered) caller.Ringing(withAudio);
        if (withAudio && caller.Audio is { } port) audio.StartRingback(port);
    }

    public void PassOn(IAudioPort early)
    {
        isRinging = true;
        if (!caller.IsAnswered) caller.Ringing(withAudio: true);
        if (caller.Audio is { } port) audio.Bridge(port, early);
    }

    public void EarlyMediaOver()
    {
        if (caller.Audio is { } port) audio.Stop(port);
        isRinging = false;
        if (hasRung) Ring();
    }

    /// <summary>Something else is to be heard now.</summary>
    public void Stop()
    {
        if (isRinging && caller.Audio is { } port) audio.Stop(port);
        isRinging = false;
    }
}
