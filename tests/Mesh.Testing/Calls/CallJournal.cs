using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Loading;

namespace Mesh.Testing.Calls;

/// <summary>Log and records of a site under test.</summary>
public sealed class CallJournal : ICallLog, ICdrSink
{
    public List<CallRecord> Records { get; } = [];

    public List<(AdmissionKind Kind, string From)> Alarms { get; } = [];

    public List<(CallRefusal Refusal, HangupCause Cause)> Refusals { get; } = [];

    public List<(string File, int Line, Exception Failure)> ScriptFailures { get; } = [];

    public List<string> MissingSounds { get; } = [];

    public List<Exception> Faults { get; } = [];

    public void Write(CallRecord record) => Records.Add(record);

    public void HeaderAlarm(AdmissionKind kind, string from, string originId) => Alarms.Add((kind, from));

    public void Refused(CallRefusal refusal, CallEntry entry, string from, string called, HangupCause cause) => Refusals.Add((refusal, cause));

    public void ScriptFailed(string callId, string originId, DialplanEntry? entry, string file, int line, Exception failure) =>
        ScriptFailures.Add((file, line, failure));

    public void SoundMissing(string callId, string sound) => MissingSounds.Add(sound);

    public void Fault(string callId, string where, Exception failure) => Faults.Add(failure);
}
