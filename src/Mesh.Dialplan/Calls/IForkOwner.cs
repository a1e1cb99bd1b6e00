using Mesh.Dialplan.Language;
using Mesh.Media;

namespace Mesh.Dialplan.Calls;

/// <summary>The call a fork rings for. Signalling loop only.</summary>
public interface IForkOwner
{
    /// <summary>A leg rings.</summary>
    void OnForkRinging(ForkLeg leg);

    /// <summary>This is to be heard instead of ringback.</summary>
    void OnForkEarlyMedia(IAudioPort audio);

    /// <summary>What was to be heard is gone: ringback again.</summary>
    void OnForkEarlyMediaOver();

    /// <summary>The winner, handed over before any loser is told. Once.</summary>
    void OnForkAnswered(ForkLeg winner);

    /// <summary>The winner hung up.</summary>
    void OnConversationOver(ForkLeg winner, HangupCause cause);

    /// <summary>Nobody answered, and nothing rings any more. Not after <see cref="Fork.Cancel"/>. May come from within <see cref="Fork.Start"/>.</summary>
    void OnForkFailed(DialResult result);

    /// <summary>A line for the call's trace.</summary>
    void Trace(string text, ScriptPlace at = default);
}
