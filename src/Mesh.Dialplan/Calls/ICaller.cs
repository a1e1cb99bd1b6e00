using Mesh.Media;

namespace Mesh.Dialplan.Calls;

/// <summary>The incoming side of a call, as the call's script drives it. Signalling loop only.</summary>
public interface ICaller
{
    string Description { get; }

    /// <summary>The caller's audio; null until the caller's offer has been taken up.</summary>
    IAudioPort? Audio { get; }

    /// <summary>The codecs the caller can hear, best first: legs are offered these first, so that nothing is transcoded without need.</summary>
    IReadOnlyList<AudioCodec> Codecs { get; }

    bool IsAnswered { get; }

    /// <summary>The called party is being alerted. <paramref name="withAudio"/>: ringback or early media will be sent on <see cref="Audio"/>. Safe to repeat.</summary>
    void Ringing(bool withAudio);

    /// <summary>Lets the caller hear what is sent on <see cref="Audio"/> without an answer (183). False when this caller cannot: nothing was said.</summary>
    bool Progress() => false;

    /// <summary>Answers, so that audio flows both ways. Safe to repeat.</summary>
    void Answer();

    /// <summary>Ends the call: a refusal before the answer, a hang-up after it. Idempotent; <see cref="ICallerObserver.OnCallerGone"/> does not follow.</summary>
    void End(HangupCause cause);
}

/// <summary>What the caller does, on the signalling loop.</summary>
public interface ICallerObserver
{
    /// <summary>The caller cancelled or hung up.</summary>
    void OnCallerGone(HangupCause cause);

    /// <summary>The site the call came from has left it; <see cref="ICaller.Description"/> says with whom it goes on.</summary>
    void OnCallerMoved() { }
}
