namespace Mesh.Host.Logging;

/// <summary>What <c>mesh run</c> says about the life of the process. Event ids 1000-1019.</summary>
public static partial class RunLog
{
    [LoggerMessage(1000, LogLevel.Information, "{Site} of {Mesh} starts, version {Version}")]
    public static partial void Starting(ILogger log, string site, string mesh, string version);

    [LoggerMessage(1001, LogLevel.Warning, "{Problem}")]
    public static partial void BundleWarning(ILogger log, string problem);

    [LoggerMessage(1002, LogLevel.Information, "told to stop ({Signal}): calls have {Seconds} s to finish")]
    public static partial void Stopping(ILogger log, string signal, double seconds);

    [LoggerMessage(1003, LogLevel.Information, "stopped")]
    public static partial void Stopped(ILogger log);

    [LoggerMessage(1004, LogLevel.Error, "cannot start: {Reason}")]
    public static partial void CannotStart(ILogger log, string reason);

    [LoggerMessage(1005, LogLevel.Critical, "ended by a fault of the program")]
    public static partial void Failed(ILogger log, Exception fault);
}
