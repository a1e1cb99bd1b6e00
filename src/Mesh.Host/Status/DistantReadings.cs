using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Config.Model;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Status;

/// <summary>
/// What the process that takes the calls knows of its services, asked over its admin listener. One that refuses the connection is not there: its calls are down, and nobody knows of the
/// rest. One that says nothing is silent, which <see cref="StatusSampler"/> judges.
/// </summary>
public sealed class DistantReadings : IStatusReadings, IDisposable
{
    /// <summary>How long the process may take to answer.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    /// <summary>Octets of an answer.</summary>
    public const int MaxOctets = 1024 * 1024;

    private readonly Uri address;
    private readonly HttpClient http;
    private readonly CancellationTokenSource stop = new();
    private IReadOnlyList<ServiceReading> known;
    private int asking;

    /// <param name="admin">The admin listener of the process that takes the calls.</param>
    /// <param name="site">The site's name.</param>
    public DistantReadings(Uri admin, string site, Secret? token)
    {
        address = new Uri(admin, ReadingPages.Path);
        known = [new ServiceReading(ServiceReading.Calls, ServiceKind.Calls, site, ServiceState.Down)];
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = AnswerWithin, AllowAutoRedirect = false }) { Timeout = AnswerWithin, MaxResponseContentBufferSize = MaxOctets };
        if (token is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
    }

    public bool TryAsk(Action<IReadOnlyList<ServiceReading>> answer)
    {
        if (Interlocked.Exchange(ref asking, 1) != 0) return false;
        _ = AskAsync(answer);
        return true;
    }

    public void Dispose()
    {
        stop.Cancel();
        http.Dispose();
    }

    private async Task AskAsync(Action<IReadOnlyList<ServiceReading>> answer)
    {
        try
        {
            using var response = await http.GetAsync(address, stop.Token);
            if (response.IsSuccessStatusCode && await response.Content.ReadFromJsonAsync<ServiceReading[]>(AdminListener.Json, stop.Token) is { Length: > 0 } now) answer(known = now);
        }
        catch (HttpRequestException) { answer([.. known.Select(r => r with { State = r.Id == ServiceReading.Calls ? ServiceState.Down : ServiceState.Unknown })]); }
        catch (Exception e) when (e is OperationCanceledException or JsonException or ObjectDisposedException) { }
        finally { Volatile.Write(ref asking, 0); }
    }
}
