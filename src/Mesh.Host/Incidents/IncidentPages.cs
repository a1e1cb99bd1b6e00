using Mesh.Host.Admin;
using Mesh.Host.Journal;

namespace Mesh.Host.Incidents;

/// <summary>Incidents on the admin listener, behind its rules. Writing needs a JSON body, which no page of another origin can send unasked.</summary>
public sealed class IncidentPages(IncidentDesk desk) : IAdminPages
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/incidents", (bool? all) => TypedResults.Json(desk.All.Where(i => all == true || i.IsOpen).ToList(), AdminListener.Json));
        routes.MapGet("/api/incidents/{id}", (string id) => Answer(id, i => Task.FromResult(i), 200));
        routes.MapPost("/api/incidents", (IncidentRequest request, CancellationToken cancelled) => Do(() => desk.OpenAsync(request, cancelled), 201));
        routes.MapPost("/api/incidents/{id}/updates", (string id, IncidentRequest request, CancellationToken cancelled) => Answer(id, i => desk.UpdateAsync(i, request, cancelled), 200));
        routes.MapPost("/api/incidents/{id}/confirm", (string id, IncidentRequest request, CancellationToken cancelled) => Answer(id, i => desk.ConfirmAsync(i, request, cancelled), 200));
        routes.MapPost("/api/incidents/{id}/close", (string id, IncidentRequest request, CancellationToken cancelled) => Answer(id, i => desk.CloseAsync(i, request, cancelled), 200));
    }

    private Task<IResult> Answer(string id, Func<Incident, Task<Incident>> what, int status) =>
        desk.Find(id) is { } incident ? Do(() => what(incident), status) : Task.FromResult<IResult>(TypedResults.Text("there is no such incident\n", statusCode: 404));

    private static async Task<IResult> Do(Func<Task<Incident>> what, int status)
    {
        try { return TypedResults.Json(await what(), AdminListener.Json, statusCode: status); }
        catch (IncidentException e) { return TypedResults.Text(e.Message + "\n", statusCode: 400); }
        catch (JournalException e) { return TypedResults.Text(e.Message + "\n", statusCode: e.Fault == JournalFault.None ? 503 : 400); }
    }
}
