namespace Mesh.Dialplan.Language;

/// <summary>Thrown by the verb in progress when the call is over (the caller hung up, or the script rejected it), so that the handler unwinds. Not an error.</summary>
public sealed class CallEnded(Mesh.Dialplan.Calls.HangupCause cause) : OperationCanceledException("")
{
    /// <summary>Made when somebody reads it: nearly every call ends with one that nobody does. (Without a text of ours the base would look one up in the resources, every time.)</summary>
    public override string Message => $"the call is over: {Cause}";

    public Mesh.Dialplan.Calls.HangupCause Cause { get; } = cause;
}
