namespace Mesh.Load.Floods;

/// <summary>One way to flood a site.</summary>
/// <param name="Specs">As <c>bench/reference/flood.c</c> has them, of <c>HOST</c> and <c>NET</c>.</param>
/// <param name="Fills">It is measured once all its connections are open.</param>
public sealed record FloodKind(string Name, IReadOnlyList<string> Specs, bool Fills)
{
    public const int Status = 8081, Http = 8082, Https = 8443, Smtp = 2525;

    /// <summary>The one the others are beside: 5,000 of each.</summary>
    public static readonly FloodKind Slow = new("10,000 slow connections: 5,000 HTTP, 5,000 SMTP", [$"slow-http,HOST,{Http},NET.0,5000,2500", $"slow-smtp,HOST,{Smtp},NET.20,5000,2500"], Fills: true);

    public static readonly IReadOnlyList<FloodKind> Others =
    [
        new("pipelined: thousands of requests and commands in one segment", [$"pipe-http,HOST,{Http},NET.0,20,60", $"pipe-smtp,HOST,{Smtp},NET.20,20,60"], Fills: false),
        new("connected and closed, 1,500 a second", [$"churn,HOST,{Http},NET.0,100,750", $"churn,HOST,{Smtp},NET.20,100,750"], Fills: false),
        new("TLS handshakes, 200 a second", [$"tls,HOST,{Https},NET.0,100,200"], Fills: false),
        new("slow connections to the status page and the operators", [$"slow-http,HOST,{Status},NET.0,480,480", $"slow-http,HOST,8080,NET.20,150,150"], Fills: true),
    ];

    /// <summary>Every listener of a site that is flooded.</summary>
    public static readonly IReadOnlyList<int> Ports = [8080, Status, Http, Https, Smtp];

    /// <param name="net">The first two octets of the addresses it comes from.</param>
    public IReadOnlyList<string> Against(string host, string net) => [.. Specs.Select(s => s.Replace("HOST", host, StringComparison.Ordinal).Replace("NET.0", $"{net}.100", StringComparison.Ordinal).Replace("NET.20", $"{net}.140", StringComparison.Ordinal))];
}
