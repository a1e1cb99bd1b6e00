using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Config.Model;
using Mesh.Io;

namespace Mesh.Host.Console;

/// <summary>The operators' console of one site: what it asks of all sites, and its pages on the admin listener.</summary>
public sealed class SiteConsole : IDisposable
{
    private readonly Neighbours neighbours;

    /// <param name="view">This site; asked only after it was made.</param>
    /// <param name="chance">A new one for each use.</param>
    public SiteConsole(SiteModel model, Func<ISiteView> view, TimeProvider time, Func<IChance> chance)
    {
        Questions = new SiteQuestions()
            .Add("calls", (_, cancelled) => view().CallsAsync(cancelled))
            .Add("phones", (_, cancelled) => view().PhonesAsync(cancelled))
            .Add("peers", (_, cancelled) => view().PeersAsync(cancelled));
        neighbours = new Neighbours(model, Questions, time, chance);
        Screen = new ConsoleScreen(model.Mesh.Name, model.Site.Name);
    }

    /// <summary>What other sites may ask this one; more may be added before it listens.</summary>
    public SiteQuestions Questions { get; }

    public INeighbours Neighbours => neighbours;

    public ConsoleScreen Screen { get; }

    /// <summary>To be put on the admin listener.</summary>
    public IReadOnlyList<IAdminPages> Pages => [neighbours.Pages];

    public IReadOnlyList<IMetricSource> Metrics => [neighbours.Counters];

    public void Dispose() => neighbours.Dispose();
}
