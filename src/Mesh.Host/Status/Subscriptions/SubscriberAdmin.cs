using Mesh.Host.Admin;
using Mesh.Host.Journal;
using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>What operators may know and do of subscriptions, on the admin listener: how many there are, and to have an address deleted whose owner asked for it. Addresses are not listed.</summary>
public sealed class SubscriberAdmin(SubscriptionDesk desk, SubscriptionCounters counters) : IAdminPages
{
    public const string Path = "/api/status/subscribers";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, () =>
        {
            var (subscribers, missing, waiting) = counters.Now();
            return TypedResults.Json(new { subscribers, missing, waiting }, AdminListener.Json);
        });
        routes.MapPost(Path + "/end", EndAsync);
    }

    private async Task<IResult> EndAsync(SubscriberEnd end)
    {
        if (string.IsNullOrWhiteSpace(end.Who)) return TypedResults.Text("who does it is needed\n", statusCode: 400);
        if (!Mailbox.TryParse(end.Address ?? "", out var mailbox)) return TypedResults.Text("that is no mail address\n", statusCode: 400);
        try { return TypedResults.Json(new SubscriberEnded(await desk.EndAsync(mailbox, end.Who)), AdminListener.Json); }
        catch (JournalException e) { return TypedResults.Text(e.Message + "\n", statusCode: e.Fault == JournalFault.None ? 503 : 400); }
    }
}

/// <summary>Whose subscriptions are to end, and who says so.</summary>
public sealed record SubscriberEnd(string? Address, string? Who);

/// <param name="Ended">Their number.</param>
public sealed record SubscriberEnded(int Ended);
