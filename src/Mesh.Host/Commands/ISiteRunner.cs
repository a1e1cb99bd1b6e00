using Mesh.Host.Config;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Commands;

/// <summary>Runs one site in this process.</summary>
public interface ISiteRunner
{
    /// <summary>
    /// Returns when <paramref name="stop"/> was cancelled and the site has drained within <see cref="SiteModel.StopAfter"/>. What keeps it from starting (an address in use)
    /// is a <see cref="SiteStartException"/>.
    /// </summary>
    Task RunAsync(SiteModel site, SiteSurroundings surroundings, CancellationToken stop);
}

/// <summary>What <c>mesh run</c> hands a site besides its model.</summary>
/// <param name="Request">Reads the same bundle again, for a reload.</param>
public sealed record SiteSurroundings(BundleRequest Request, ILoggerFactory Loggers, TimeProvider Time)
{
    /// <summary>What this process runs.</summary>
    public SitePart Parts { get; init; } = SitePart.All;
}

/// <summary>A site cannot start, for a reason its operator can do something about.</summary>
public sealed class SiteStartException(string reason, Exception? inner = null) : Exception(reason, inner);
