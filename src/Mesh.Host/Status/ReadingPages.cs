using Mesh.Host.Admin;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Status;

/// <summary>How the services do, on the admin listener: for the site's second process, which shows the status page.</summary>
/// <param name="answerWithin">A loop that takes longer is one that does not answer: 503.</param>
public sealed class ReadingPages(IStatusReadings readings, TimeProvider time, TimeSpan answerWithin) : IAdminPages
{
    public const string Path = "/api/readings";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, ReadAsync);

    private async Task<IResult> ReadAsync(CancellationToken cancelled)
    {
        var answer = new TaskCompletionSource<IReadOnlyList<ServiceReading>>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!readings.TryAsk(list => answer.TrySetResult(list))) throw new SiteBusyException();
        try { return TypedResults.Json(await answer.Task.WaitAsync(answerWithin, time, cancelled), AdminListener.Json); }
        catch (TimeoutException) { throw new SiteBusyException(); }
    }
}
