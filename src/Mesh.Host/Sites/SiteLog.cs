using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Loading;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Sealing;

namespace Mesh.Host.Sites;

/// <summary>What calls and loops have to say, in the site's log.</summary>
public sealed partial class SiteLog(ILogger log) : ICallLog
{
    public void HeaderAlarm(AdmissionKind kind, string from, string originId) => Alarm(log, from, kind, originId);

    public void Refused(CallRefusal refusal, CallEntry entry, string from, string called, HangupCause cause) => CallRefused(log, entry, from, called, refusal, cause);

    public void ScriptFailed(string callId, string originId, DialplanEntry? entry, string file, int line, Exception failure) =>
        Script(log, callId, originId, entry?.Pattern ?? "", file, line, failure.Message, failure);

    public void SoundMissing(string callId, string sound) => Sound(log, callId, sound);

    public void Fault(string callId, string where, Exception failure) => CallFault(log, callId, where, failure);

    public void LoopFault(string loop, string where, Exception failure) => Loop(log, loop, where, failure);

    public void PeerChanged(Peer peer, PeerState before)
    {
        if (peer.State == PeerState.Dead) PeerDown(log, peer.Name, before);
        else if (before != PeerState.Unknown || peer.State == PeerState.Alive) PeerUp(log, peer.Name, peer.State, peer.RoundTripMs);
    }

    public void SealChanged(Peer peer)
    {
        switch (peer.Seal)
        {
            case SealState.Associated: Sealed(log, peer.Name); break;
            case SealState.WrongKey: SealWrongKey(log, peer.Name); break;
            case SealState.Unsealed: SealMissing(log, peer.Name); break;
        }
    }

    public void PlanInForce(DialplanModel plan) => Plan(log, plan.Hash);

    public void PlanRefused(IReadOnlyList<DialplanError> errors)
    {
        foreach (var error in errors) PlanError(log, error.ToString());
    }

    public void Unusable(string problem) => SoundUnusable(log, problem);

    public void RecordLost(CallRecord record) => Record(log, record.CallId, record.OriginId, record.From, record.Called, record.Cause);

    public void NoStatusPage(string why) => StatusPage(log, why);

    public void StorageFault(Exception failure) => Storage(log, failure);

    /// <param name="trouble">Null when it works again.</param>
    public void JournalChanged(string site, string? trouble)
    {
        if (trouble is null) JournalShared(log, site);
        else JournalAlone(log, site, trouble);
    }

    public void CertificateUnusable(string file, string why) => Certificate(log, file, why);

    public void FewSockets(int openFiles, int connections)
    {
        if (connections < 1_000) SocketsMissing(log, openFiles, connections);
        else SocketsShared(log, openFiles, connections);
    }

    public void AlarmFault(Exception failure) => Alarms(log, failure);

    public void NoSorry(string why) => SorryNot(log, why);

    [LoggerMessage(100, LogLevel.Warning, "{From} sent a call whose hop header does not hold ({Kind}); it may ring local phones only (origin {Origin})")]
    private static partial void Alarm(ILogger log, string from, AdmissionKind kind, string origin);

    [LoggerMessage(101, LogLevel.Information, "{Entry} {From} called {Called}: refused, {Refusal} (cause {Cause})")]
    private static partial void CallRefused(ILogger log, CallEntry entry, string from, string called, CallRefusal refusal, HangupCause cause);

    [LoggerMessage(102, LogLevel.Error, "call {Call} (origin {Origin}): the handler of '{Pattern}' failed at {File}:{Line}: {Message}")]
    private static partial void Script(ILogger log, string call, string origin, string pattern, string file, int line, string message, Exception failure);

    [LoggerMessage(103, LogLevel.Warning, "call {Call}: there is no sound '{Sound}'")]
    private static partial void Sound(ILogger log, string call, string sound);

    [LoggerMessage(104, LogLevel.Error, "call {Call}: fault in {Where}")]
    private static partial void CallFault(ILogger log, string call, string where, Exception failure);

    [LoggerMessage(105, LogLevel.Error, "loop {Name}: fault in {Where}; it goes on")]
    private static partial void Loop(ILogger log, string name, string where, Exception failure);

    [LoggerMessage(106, LogLevel.Warning, "peer {Peer} does not answer (was {Before})")]
    private static partial void PeerDown(ILogger log, string peer, PeerState before);

    [LoggerMessage(107, LogLevel.Information, "peer {Peer} is {State}, round trip {RoundTripMs} ms")]
    private static partial void PeerUp(ILogger log, string peer, PeerState state, int roundTripMs);

    [LoggerMessage(108, LogLevel.Information, "dialplan {Hash} is in force")]
    private static partial void Plan(ILogger log, string hash);

    [LoggerMessage(109, LogLevel.Error, "the dialplan as saved is refused, the one before stays in force: {Error}")]
    private static partial void PlanError(ILogger log, string error);

    [LoggerMessage(110, LogLevel.Warning, "sound left out: {Problem}")]
    private static partial void SoundUnusable(ILogger log, string problem);

    [LoggerMessage(112, LogLevel.Error, "the record of call {Call} (origin {Origin}) from {From} to {Called}, cause {Cause}, was lost: the store does not take it")]
    private static partial void Record(ILogger log, string call, string origin, string from, string called, HangupCause cause);

    [LoggerMessage(111, LogLevel.Error, "the store failed to write")]
    private static partial void Storage(ILogger log, Exception failure);

    [LoggerMessage(113, LogLevel.Information, "the path to {Peer} is sealed")]
    private static partial void Sealed(ILogger log, string peer);

    [LoggerMessage(114, LogLevel.Warning, "what claims to be {Peer} has another mesh key, so no call goes there: is mesh_key the same at both sites? (said once)")]
    private static partial void SealWrongKey(ILogger log, string peer);

    [LoggerMessage(115, LogLevel.Warning, "what comes from {Peer} is not sealed and is dropped: is mesh_seal on at both sites? (said once)")]
    private static partial void SealMissing(ILogger log, string peer);

    [LoggerMessage(140, LogLevel.Error, "there is no status page: {Why}; calls are taken all the same")]
    private static partial void StatusPage(ILogger log, string why);
    [LoggerMessage(116, LogLevel.Information, "the shared journal is exchanged with {Site}")]
    private static partial void JournalShared(ILogger log, string site);

    [LoggerMessage(117, LogLevel.Warning, "the shared journal is not exchanged with {Site}: {Trouble}")]
    private static partial void JournalAlone(ILogger log, string site, string trouble);

    [LoggerMessage(120, LogLevel.Warning, "the certificate {File} cannot be used: {Why}")]
    private static partial void Certificate(ILogger log, string file, string why);

    [LoggerMessage(124, LogLevel.Information, "{OpenFiles} files may be open, some are kept for calls: sorry takes {Connections} connections of HTTP and as many of SMTP")]
    private static partial void SocketsShared(ILogger log, int openFiles, int connections);

    [LoggerMessage(123, LogLevel.Warning, "only {OpenFiles} files may be open, which calls may need: sorry takes {Connections} connections of HTTP and as many of SMTP; raise LimitNOFILE (ulimit -n) to 65536")]
    private static partial void SocketsMissing(ILogger log, int openFiles, int connections);

    [LoggerMessage(122, LogLevel.Error, "what is amiss could not be said; it is tried again")]
    private static partial void Alarms(ILogger log, Exception failure);

    [LoggerMessage(121, LogLevel.Error, "{Why}; calls are served without it")]
    private static partial void SorryNot(ILogger log, string why);
}
