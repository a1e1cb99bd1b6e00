using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mesh.Load.Floods;

/// <summary>Clients as they should be, at a steady rate, each on a connection of its own: a page, a mail, the status page. Counts those that were answered rightly in time.</summary>
public sealed class GoodClients(string host, string from, int perSecond)
{
    /// <summary>Longer, and a browser or a mail server would have given up or wondered.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const string Page = "GET / HTTP/1.1\r\nHost: down.example\r\nConnection: close\r\n\r\n";
    private const string StatusPage = "GET /api/v2/status.json HTTP/1.1\r\nHost: status.example\r\nConnection: close\r\n\r\n";
    private const string Mail = "EHLO good.example\r\nMAIL FROM:<a@else.example>\r\nRCPT TO:<b@down.example>\r\nQUIT\r\n";

    private readonly Lock gate = new();
    private readonly Dictionary<string, List<double>> answered = new() { ["page"] = [], ["mail"] = [], ["status"] = [] };
    private readonly Dictionary<string, int> asked = new() { ["page"] = 0, ["mail"] = 0, ["status"] = 0 };
    private readonly List<string> complaints = [];

    public IEnumerable<string> Names => asked.Keys;

    /// <summary>The first that were not answered, and what they got.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public double Share(string name) => asked[name] == 0 ? 0 : (double)answered[name].Count / asked[name];

    public int Asked(string name) => asked[name];

    /// <summary>Milliseconds within which 99 of 100 of those answered were.</summary>
    public double P99(string name) => answered[name].Count == 0 ? double.NaN : answered[name].Order().ElementAt((int)(answered[name].Count * 0.99));

    /// <summary>Comes until told to stop, then waits for those on their way.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var way = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        try
        {
            for (int i = 0; await timer.WaitForNextTickAsync(stop); i++)
            {
                way.Add(AskAsync("page", FloodKind.Http, Page, "X-Sorry: flooded"));
                way.Add(AskAsync("mail", FloodKind.Smtp, Mail, "450 4.3.2 down.example: flooded"));
                if (i % 4 == 0) way.Add(AskAsync("status", FloodKind.Status, StatusPage, "\"indicator\""));
            }
        }
        catch (OperationCanceledException) { }
        await Task.WhenAll(way);
    }

    private async Task AskAsync(string name, int port, string says, string wants)
    {
        long began = Stopwatch.GetTimestamp();
        string got = await TalkAsync(port, says);
        double took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        lock (gate)
        {
            asked[name]++;
            if (got.Contains(wants, StringComparison.Ordinal)) answered[name].Add(took);
            else if (complaints.Count < 10) complaints.Add($"{name} after {took:F0} ms: {got.ReplaceLineEndings(" | ")}");
        }
    }

    private async Task<string> TalkAsync(int port, string says)
    {
        var got = new StringBuilder();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(IPAddress.Parse(host), port, limit.Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes(says), limit.Token);
            byte[] buffer = new byte[4096];
            for (int n; (n = await socket.ReceiveAsync(buffer, limit.Token)) > 0;) got.Append(Encoding.Latin1.GetString(buffer, 0, n));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException) { got.Append(e.Message); }
        return got.ToString();
    }
}
