using Mesh.Media;

namespace Mesh.Dialplan.Calls;

/// <summary>
/// One outgoing attempt to reach somebody: a SIP INVITE to a phone, an IAX2 call to a site, a call through a carrier.
/// Owned by the fork while it rings and by the call once answered; ending it is the owner's duty, exactly once. Signalling loop only.
/// </summary>
public interface ILeg
{
    /// <summary>For traces, CDRs and ladders: <c>SIP/mbloch-desk 127.0.0.1:5062</c>.</summary>
    string Description { get; }

    /// <summary>The leg's audio, from the first early media on; null before.</summary>
    IAudioPort? Audio { get; }

    /// <summary>Ends the leg on the wire, whatever its state: CANCEL, BYE, HANGUP. Idempotent; no <see cref="ILegObserver.OnEnded"/> follows.</summary>
    void End(HangupCause cause);
}

/// <summary>What a leg tells its owner, on the signalling loop. After <see cref="OnFailed"/> or <see cref="OnEnded"/> nothing more comes.</summary>
public interface ILegObserver
{
    /// <summary>Any sign of life before ringing (100 Trying, ACK of NEW): the path works (mesh law R11).</summary>
    void OnTrying(ILeg leg);

    void OnRinging(ILeg leg);

    /// <summary>Audio before the answer is to be heard on <see cref="ILeg.Audio"/>.</summary>
    void OnEarlyMedia(ILeg leg);

    /// <summary>Answered; <see cref="ILeg.Audio"/> is set.</summary>
    void OnAnswered(ILeg leg);

    /// <summary>Ended before an answer. <paramref name="quiet"/>: nothing was left to ring there (mesh law R11), not a refusal by a person.</summary>
    void OnFailed(ILeg leg, HangupCause cause, bool quiet);

    /// <summary>The far end hung up an answered leg.</summary>
    void OnEnded(ILeg leg, HangupCause cause);

    /// <summary>The far end wants the call moved (SIP 302): <paramref name="target"/> in the dialplan's spelling. The leg has failed otherwise.</summary>
    void OnDiverted(ILeg leg, string target);

    /// <summary>The site the leg led to has left the call, which goes on with whoever was behind it; <see cref="ILeg.Description"/> says who.</summary>
    void OnMoved(ILeg leg) { }
}
