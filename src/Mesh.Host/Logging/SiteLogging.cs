using Mesh.Host.Config.Model;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace Mesh.Host.Logging;

/// <summary>Where a running site's log goes: the terminal's stderr, and a file when the bundle names one.</summary>
public static class SiteLogging
{
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";

    /// <summary>Days of log files kept.</summary>
    public const int KeptFiles = 14;

    /// <summary>Largest log file of one day; the day continues in another.</summary>
    public const long MaxFileSize = 256L * 1024 * 1024;

    /// <summary>The caller disposes it, which writes out what is buffered.</summary>
    public static ILoggerFactory Create(SiteModel site)
    {
        var log = new LoggerConfiguration()
            .MinimumLevel.Is(Level(site.LogLevel))
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .WriteTo.Console(outputTemplate: Template, standardErrorFromLevel: LogEventLevel.Verbose);
        if (site.LogFile is { } file)
            log.WriteTo.File(file, outputTemplate: Template, rollingInterval: RollingInterval.Day, retainedFileCountLimit: KeptFiles, fileSizeLimitBytes: MaxFileSize, rollOnFileSizeLimit: true);
        return new SerilogLoggerFactory(log.CreateLogger(), dispose: true);
    }

    private static LogEventLevel Level(string word) => word switch
    {
        "trace" => LogEventLevel.Verbose,
        "debug" => LogEventLevel.Debug,
        "warning" => LogEventLevel.Warning,
        "error" => LogEventLevel.Error,
        _ => LogEventLevel.Information,
    };
}
