using Mesh.Host.Commands;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Sites;

/// <summary>Runs a <see cref="Site"/> until it is told to stop.</summary>
public sealed class SiteRunner : ISiteRunner
{
    public async Task RunAsync(SiteModel site, SiteSurroundings surroundings, CancellationToken stop)
    {
        if (!surroundings.Parts.HasFlag(SitePart.Calls))
        {
            await using var second = new SecondSite(site, surroundings);
            await second.StartAsync(surroundings.Loggers, surroundings.Time, stop);
            await Told(stop);
            return;
        }
        await using var running = new Site(site, surroundings);
        await running.StartAsync(surroundings.Loggers, surroundings.Time, stop);
        await Told(stop);
        await running.DrainAsync(surroundings.Time);
    }

    private static async Task Told(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }
}
