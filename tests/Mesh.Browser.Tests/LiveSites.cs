using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Mesh.Browser.Tests;

/// <summary>Two sites of a mesh as real processes, with people's commands.</summary>
public sealed class LiveSites : IAsyncLifetime
{
    /// <summary>Addresses of our own on loopback.</summary>
    public const string Net = "127.74.1";

    private const string Plan = """
        Extension("301", async call => { await call.Dial(Person("301"), ringFor: 20.Seconds); });
        Inbound("+442079460301", call => call.Goto("301"));
        """;

    public FourSites Sites { get; } = new(Net, new TestPlan(["desk"], Plan) { Numbers = ["+442079460301"], People = new Dictionary<string, string[]> { ["301"] = ["desk"] } });

    /// <summary>The relay of both.</summary>
    public MailSink Mail { get; } = new($"{Net}.8");

    public string Console(string site) => $"http://{Sites.Host(site)}:8080/console/";

    public string Customers(string site) => $"http://{Sites.Host(site)}:8444/";

    public string Status(string site) => $"http://{Sites.Host(site)}:8081";

    public async Task InitializeAsync()
    {
        foreach (string site in FourSites.Names)
            File.WriteAllText(Path.Combine(Sites.Folder, $"sites/{site}.yaml"), $$"""
                listen:
                  sorry: { http: 8082 }
                  customers: http:8444
                status: { name: Example Ltd, url: "http://{{Net}}.1:8081/" }
                mail: { relay: "smtp://{{Net}}.8:{{Mail.Port}}", from: status@example.org, starttls: off }

                """);
        await Sites.StartAsync("london", "manchester");
    }

    public async Task DisposeAsync()
    {
        await Sites.DisposeAsync();
        await Mail.DisposeAsync();
    }

    /// <summary>SIPp is the carrier and a telephone: a call comes in at london, is answered at manchester after three seconds and held, until it is ended or disposed, for a minute and a half at most.</summary>
    public async Task<HeldCall> CallAsync()
    {
        Assert.True(Sipp.IsInstalled, "/usr/bin/sipp is not here: apt-get install sip-tester (./test.sh does it as root)");
        string folder = Directory.CreateDirectory(Path.Combine(Sites.Folder, "sipp", Guid.NewGuid().ToString("n"))).FullName;
        using (var register = Sipp.Start("register", folder, "uac-register.xml", $"{Net}.20", 5060, null, $"{Sites.Host("manchester")}:5060", "-s", "desk", "-au", "desk", "-ap", TestPlan.Secret, "-m", "1", "-timeout", "30s"))
            Assert.Equal(0, await register.WaitAsync(TimeSpan.FromSeconds(60)));
        var phone = Sipp.Start("desk", folder, "uas-phone-holds.xml", $"{Net}.20", 5060, null, "-m", "1", "-timeout", "120s", "-mp", "6000");
        await TakenAsync(new IPEndPoint(IPAddress.Parse($"{Net}.20"), 5060));
        string id = Guid.NewGuid().ToString("n");
        var carrier = Sipp.Start("carrier", folder, "uac-carrier-holds.xml", Sites.Carrier, 5060, new Dictionary<string, string> { ["HOLD"] = "90000" },
            $"{Sites.Host("london")}:5060", "-s", "442079460301", "-m", "1", "-timeout", "120s", "-mp", "6100", "-cid_str", id);
        return new HeldCall(carrier, phone, new IPEndPoint(IPAddress.Parse(Sites.Carrier), 5060), id);
    }

    // A telephone that does not listen yet is unreachable.
    private static async Task TakenAsync(IPEndPoint endpoint)
    {
        for (int i = 0; i < 600; i++)
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try { probe.Bind(endpoint); }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse) { return; }
            probe.Dispose();
            await Task.Delay(100);
        }
        throw new TimeoutException($"nobody listens at {endpoint}");
    }

    /// <summary><c>mesh ...</c> at a site, as an administrator types it; what it printed.</summary>
    public async Task<string> MeshAsync(string site, params string[] words)
    {
        using var command = Process.Start(new ProcessStartInfo("dotnet", [Checkout.MeshDll, .. words, "--admin", Sites.Admin(site).ToString()]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = command.StandardOutput.ReadToEndAsync();
        var chatter = command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        Assert.True(command.ExitCode == 0, $"mesh {string.Join(' ', words)}: {command.ExitCode}\n{await output}{await chatter}");
        return (await output).Trim();
    }
}
