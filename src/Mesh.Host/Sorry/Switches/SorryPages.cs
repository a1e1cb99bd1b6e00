using Mesh.Host.Admin;
using Mesh.Host.Journal;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Copies;
using Mesh.Host.Sorry.Smtp;

namespace Mesh.Host.Sorry.Switches;

/// <summary>The switches on the admin listener, behind its rules. Writing needs a JSON body, which no page of another origin can send unasked.</summary>
public sealed class SorryPages(SorrySwitches switches, SmtpReport report, Func<IReadOnlyList<string>> promptWarnings, ISiteContents? contents = null) : IAdminPages
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/sorry", () => TypedResults.Json(View(), AdminListener.Json));
        routes.MapGet("/api/sorry/mail", (string? domain) => TypedResults.Json(report.Read(domain), AdminListener.Json));
        routes.MapPost("/api/sorry", Order);
    }

    private SorryView View() => SorryView.Of(switches, promptWarnings());

    private async Task<IResult> Order(SorryRequest request, CancellationToken cancelled)
    {
        try
        {
            var order = request.Order with { Customer = "" };
            if (order.Content.Length > 0)
            {
                // People write the beginning of an id, of the target's own pages or of those for all names around it.
                bool isCopy = order.Content == NewestCopy.Word;
                var version = SorryTarget.Parse(request.Target) is not { } target || contents is null ? null
                    : isCopy ? NewestCopy.Of(contents, target) : SorryTarget.Covering(target).Select(t => contents.Find(t, order.Content)).FirstOrDefault(v => v is not null);
                if (version is null && isCopy) return TypedResults.Text($"there is no copy of {request.Target}; 'mesh sorry copy https://{request.Target}/' takes one while it is up\n", statusCode: 400);
                if (version is null) return TypedResults.Text($"there are no stored pages {ContentPath.Quote(order.Content)} for {ContentPath.Quote(request.Target)}\n", statusCode: 400);
                order = order with { Content = version.Id };
            }
            return await switches.OrderAsync(request.Target, order, request.Who, request.Why, cancelled) is { } fault
                ? TypedResults.Text(fault + "\n", statusCode: 400) : TypedResults.Json(View(), AdminListener.Json);
        }
        catch (JournalException e) { return TypedResults.Text(e.Message + "\n", statusCode: 503); }
    }
}

/// <summary>An order, as it is posted.</summary>
public sealed record SorryRequest(string Target, SorryOrder Order, string Who, string Why = "");

/// <summary>What is switched, and what a person should look at.</summary>
public sealed record SorryView(IReadOnlyList<SwitchView> Switches, IReadOnlyList<string> Warnings)
{
    /// <param name="more">To be warned of besides the switches.</param>
    public static SorryView Of(SorrySwitches switches, IReadOnlyList<string> more)
    {
        var now = switches.Now;
        var board = switches.Board;
        return new SorryView(
            [.. board.Notices.Select(n => new SwitchView(n, n.InForce(now))), .. board.Automatic.SelectMany(a => a.Notices).Select(n => new SwitchView(n, board.IsOwn(n) && n.InForce(now)))],
            [.. switches.Warnings, .. more]);
    }
}

/// <param name="InForce">At the site that is asked. False: it has not begun, or is over; or another site switched it by itself, or a person ordered otherwise.</param>
public sealed record SwitchView(SorryNotice Notice, bool InForce);
