using Mesh.Host.Pages;
using Mesh.Host.Status.Sampling;
using Mesh.Host.Status.Words;

namespace Mesh.Host.Status.Pages;

/// <summary>Ninety days as bars. Height says the same as colour, so nobody needs to tell colours apart.</summary>
public static class ServiceBars
{
    private const int Step = 4, Width = 3, Height = 32;

    public static Html Write(StatusWords words, ServiceStatus service) => Html.Of($"""
        <svg class="bars" role="img" aria-label="{Summary(words, service)}" viewBox="0 0 {(ServiceHistory.Days * Step) - 1} {Height}" preserveAspectRatio="none">{service.Days.Select((d, i) => Bar(words, d, i))}</svg>
        """);

    public static string Class(ServiceState state) => state.ToString().ToLowerInvariant();

    private static string Summary(StatusWords words, ServiceStatus service) =>
        words.BarText(service.Days.Count(d => d.State > ServiceState.Up), service.Days.Count(d => d.State != ServiceState.Unknown));

    private static Html Bar(StatusWords words, ServiceDay day, int index)
    {
        int height = day.State switch { ServiceState.Up => Height, ServiceState.Degraded => 22, ServiceState.Down => 12, _ => 2 };
        return Html.Of($"""<rect class="{Class(day.State)}" x="{index * Step}" y="{Height - height}" width="{Width}" height="{height}"><title>{words.Date(day.Day)}: {words.State(day.State)}</title></rect>""");
    }
}
