namespace Mesh.Dialplan.Language;

/// <summary>Thrown by the verb in progress when the call is over (the caller hung up, or the script rejected it), so that the handler unwinds. Not an error.</summary>
public sealed class CallEnded(Mesh.Dialplan.Calls.HangupCause cause) : OperationCanceledException($"the call is over: {cause}")
{
    public Mesh.Dialplan.Calls.HangupCause Cause { get; } = cause;
}
