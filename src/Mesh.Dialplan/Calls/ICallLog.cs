using Mesh.Dialplan.Loading;

namespace Mesh.Dialplan.Calls;

/// <summary>What the host writes to its log. Called on the signalling loop; must not throw.</summary>
public interface ICallLog
{
    /// <summary>An aware peer's header did not hold (R2): the call became a leaf.</summary>
    void HeaderAlarm(AdmissionKind kind, string from, string originId);

    /// <summary>An incoming call was refused before any handler ran.</summary>
    void Refused(CallRefusal refusal, CallEntry entry, string from, string called, HangupCause cause);

    /// <summary>A handler threw, or went over its budget. <paramref name="file"/> and <paramref name="line"/>: where in the plan, as far as it can be told.</summary>
    void ScriptFailed(string callId, string originId, DialplanEntry? entry, string file, int line, Exception failure);

    /// <summary>A sound the plan names is not there.</summary>
    void SoundMissing(string callId, string sound);

    /// <summary>A dialer, a sink or an adapter threw: our own mistake; one leg or one record is lost.</summary>
    void Fault(string callId, string where, Exception failure);
}
