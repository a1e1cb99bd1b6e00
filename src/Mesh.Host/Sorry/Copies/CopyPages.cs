using Mesh.Host.Admin;
using Mesh.Host.Journal;

namespace Mesh.Host.Sorry.Copies;

/// <summary>Copies of sites on the admin listener, behind its rules. Writing needs a JSON body, which no page of another origin can send unasked.</summary>
public sealed class CopyPages(CopyDesk desk) : IAdminPages
{
    public const string Path = "/api/sorry/copies";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, () => TypedResults.Json(desk.List(), AdminListener.Json));
        routes.MapPost(Path, Order);
    }

    private async Task<IResult> Order(CopyRequest request, CancellationToken cancelled)
    {
        if (request is not { Order: not null, Who: not null, Why: not null }) return TypedResults.Text("an order and who gives it are expected\n", statusCode: 400);
        if (request.Who.Length is 0 or > 200 || request.Why.Length > 200 || request.Who.Any(char.IsControl) || request.Why.Any(char.IsControl))
            return TypedResults.Text("who and why are one line of at most 200 characters\n", statusCode: 400);
        try { return await desk.OrderAsync(request.Order, request.Who, request.Why, cancelled) is { } fault ? TypedResults.Text(fault + "\n", statusCode: 400) : TypedResults.Json(desk.List(), AdminListener.Json); }
        catch (JournalException e) { return TypedResults.Text(e.Message + "\n", statusCode: 503); }
    }
}

/// <summary>An order, as it is posted.</summary>
public sealed record CopyRequest(CopyOrder Order, string Who, string Why = "");
