using System.Net;
using System.Net.Sockets;
using Mesh.Iax2.Tests.Interop;
using Mesh.Io;

namespace Mesh.Interop.Tests;

/// <summary>An IAX2 endpoint nobody of us wrote registers at a site and calls a desk phone.</summary>
public sealed class IaxmodemTests
{
    private static readonly TestPlan Plan = new(["desk1"], """
        Extension("301", async call => { await call.Dial(Person("301"), ringFor: 20.Seconds); });
        Extension("400", async call => { await call.Dial("IAX2/fax-modem", ringFor: 20.Seconds); });
        """)
    { IaxAccounts = ["fax-modem"], People = new Dictionary<string, string[]> { ["301"] = ["desk1"] } };

    [Theory]
    [InlineData("slinear", "127.38.0")]
    [InlineData("alaw", "127.38.1")]
    public async Task It_registers_and_calls_301_and_the_phone_rings_and_answers(string codec, string net)
    {
        Referee.Require("/usr/bin/iaxmodem", "iaxmodem");
        Referee.Require(Sipp.Path, "sip-tester");
        await using var sites = new FourSites(net, Plan);
        await sites.StartAsync("london");
        using var modem = new Iaxmodem(NetAddress.Parse($"{sites.Host("london")}:4569"), FreePort(), "fax-modem", TestPlan.Secret, codec);
        await EventuallyAsync(async () => (await sites.GetAsync("london", "/api/phones"))?.Contains("iax2:fax-modem@", StringComparison.Ordinal) == true, "it registers", modem, sites);

        string folder = Directory.CreateDirectory(Path.Combine(sites.Folder, "iaxmodem")).FullName;
        using var register = Sipp.Start("register", folder, "uac-register.xml", $"{net}.20", 5060, null, $"{sites.Host("london")}:5060", "-s", "desk1", "-au", "desk1", "-ap", TestPlan.Secret, "-m", "1", "-timeout", "10s");
        Assert.Equal(0, await register.WaitAsync(TimeSpan.FromSeconds(15)));
        using var phone = Sipp.Start("desk1", folder, "uas-phone-answers.xml", $"{net}.20", 5060, null, "-m", "1", "-timeout", "30s");

        modem.Say("ATE0Q0V1+FCLASS=1\r");
        await EventuallyAsync(() => Task.FromResult(modem.Heard.Contains("OK", StringComparison.Ordinal)), "it talks", modem, sites);
        modem.Say("ATDT301\r");
        await EventuallyAsync(() => Task.FromResult(Sipp.Messages(folder, phone).Any(m => m.Line.StartsWith("ACK", StringComparison.Ordinal))), "the phone rings and answers", modem, sites);
        await EventuallyAsync(async () => (await sites.GetAsync("london", "/api/calls"))?.Contains("answered", StringComparison.Ordinal) == true, "the call is up", modem, sites);
        await EventuallyAsync(async () => (await Metrics.ReadAsync(sites, "london"))["mesh_iax_mini_total"] > 50, "voice crosses", modem, sites);

        // Any character ends its wait for a carrier; then it listens to commands.
        modem.Say("\r");
        await EventuallyAsync(() => Task.FromResult(modem.Heard.Contains("OK", StringComparison.Ordinal)), "it stops waiting for a fax", modem, sites);
        modem.Say("ATH\r");
        Assert.Equal(0, await phone.WaitAsync(TimeSpan.FromSeconds(15)));
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition, string what, Iaxmodem modem, FourSites sites)
    {
        for (int i = 0; i < 400; i++)
        {
            if (await condition()) return;
            await Task.Delay(50);
        }
        Assert.Fail($"not within 20 s: {what}\nmodem:\n{modem.Log}\nline: {modem.Heard}\n{sites.Logs()}");
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
