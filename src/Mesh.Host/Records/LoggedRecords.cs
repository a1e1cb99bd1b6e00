using Mesh.Dialplan.Calls;

namespace Mesh.Host.Records;

/// <summary>Writes each finished call into the log as well, with its origin and the hop header it came with, so that one call can be followed over all sites.</summary>
public sealed partial class LoggedRecords(ICdrSink records, ILogger log) : ICdrSink
{
    public void Write(CallRecord record)
    {
        Ended(log, record.CallId, record.OriginId, record.Entry, record.From, record.Called, record.Cause, record.Winner, record.Legs.Count, record.Hop);
        records.Write(record);
    }

    [LoggerMessage(120, LogLevel.Debug, "call {Call} (origin {Origin}) {Entry} {From} -> {Called} is over: {Cause}, answered by '{Winner}', {Legs} legs, hop '{Hop}'")]
    private static partial void Ended(ILogger log, string call, string origin, CallEntry entry, string from, string called, HangupCause cause, string winner, int legs, string hop);
}
