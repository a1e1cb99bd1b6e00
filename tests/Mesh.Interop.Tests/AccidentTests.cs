using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mesh.Interop.Tests;

/// <summary>The accident that started it all: every dialplan forwards everything to everyone. One call must stay one call.</summary>
public sealed class AccidentTests
{
    private const string Net = "127.34.0";
    private const int MaxLegs = 40;

    private static readonly TestPlan Plan = new(["desk1", "desk2"], """
        Otherwise(async call =>
        {
            for (var i = 0; i < 20; i++)
                if (await call.Dial(Sip("desk1") & Sip("desk2") & Iax("london/" + call.Number) & Iax("manchester/301") & Iax("manchester/302")
                    & Iax("office/" + call.Number) & Iax("office/303") & Iax("offsite/" + call.Number), ringFor: 2.Seconds)) return;
        });
        Inbound("+442079460300", call => call.Goto("300"));
        """)
    { Numbers = ["+442079460300"] };

    [Fact]
    public async Task Everything_to_everyone_makes_at_most_forty_legs_and_leaves_nothing()
    {
        Referee.Require(Tshark.Path, "tshark");
        Referee.Require(Sipp.Path, "sip-tester");
        await using var sites = new FourSites(Net, Plan);
        await sites.StartAsync();
        var armed = new Dictionary<string, double>();
        foreach (string site in FourSites.Names) armed[site] = (await Metrics.ReadAsync(sites, site))["mesh_deadlines_armed"];
        string folder = Directory.CreateDirectory(Path.Combine(sites.Folder, "accident")).FullName;
        var phones = new List<ChildProcess>();
        foreach (var (account, host) in new[] { ("desk1", $"{Net}.20"), ("desk2", $"{Net}.21") })
        {
            foreach (string site in FourSites.Names)
            {
                using var register = Sipp.Start($"register-{account}-{site}", folder, "uac-register.xml", host, 5060, null, $"{sites.Host(site)}:5060", "-s", account, "-au", account, "-ap", TestPlan.Secret, "-m", "1", "-timeout", "10s");
                Assert.Equal(0, await register.WaitAsync(TimeSpan.FromSeconds(15)));
            }
            phones.Add(Sipp.Start(account, folder, "uas-phone-busy.xml", host, 5060));
        }
        try
        {
            using var capture = await Tshark.StartAsync(folder, Net);
            var (status, seconds) = await CallAsync(sites);
            await capture.StopAsync();

            int legs = Legs(capture);
            Assert.InRange(legs, 3, MaxLegs);
            Assert.InRange(status, 200, 699);
            double lastLegEnd = capture.Rows($"(sip.Status-Code >= 300 && ip.dst != {Net}.9) || iax2.iax.subclass == 5 || iax2.iax.subclass == 6", "frame.time_epoch").Max(r => double.Parse(r[0], System.Globalization.CultureInfo.InvariantCulture));
            double refused = capture.Rows($"sip.Status-Code >= 200 && ip.dst == {Net}.9", "frame.time_epoch").Min(r => double.Parse(r[0], System.Globalization.CultureInfo.InvariantCulture));
            Assert.True(refused - lastLegEnd <= 2, $"the caller was answered {refused - lastLegEnd:F1} s after the last leg's end ({seconds:F1} s in all)");
            foreach (string account in new[] { $"{Net}.20", $"{Net}.21" })
                Assert.Single(capture.Rows($"sip.Method == INVITE && ip.dst == {account}", "sip.Call-ID").Select(r => r[0]).Distinct());
            foreach (string site in FourSites.Names) await NothingIsLeftAsync(sites, site, armed[site]);
        }
        finally { phones.ForEach(p => p.Dispose()); }
    }

    /// <summary>Distinct INVITEs and NEWs, without the carrier's own call.</summary>
    private static int Legs(Tshark capture)
    {
        int sip = capture.Rows("sip.Method == INVITE", "sip.Call-ID").Select(r => r[0]).Distinct().Count(id => !id.EndsWith("@accident", StringComparison.Ordinal));
        int iax = capture.Rows("iax2.iax.subclass == 1", "ip.src", "ip.dst", "iax2.src_call").Select(r => string.Join(' ', r)).Distinct().Count();
        return sip + iax;
    }

    private static async Task<(int Status, double Seconds)> CallAsync(FourSites sites)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Parse(sites.Carrier), 5060));
        var london = new IPEndPoint(IPAddress.Parse(sites.Host("london")), 5060);
        string sdp = $"v=0\r\no=- 1 1 IN IP4 {sites.Carrier}\r\ns=-\r\nc=IN IP4 {sites.Carrier}\r\nt=0 0\r\nm=audio 7000 RTP/AVP 8\r\n";
        string head = $"Via: SIP/2.0/UDP {sites.Carrier}:5060;branch=z9hG4bKaccident\r\nFrom: <sip:+441619460000@{sites.Carrier}>;tag=1\r\nCall-ID: call@accident\r\nMax-Forwards: 70\r\n";
        var watch = Stopwatch.StartNew();
        await socket.SendAsync(Encoding.ASCII.GetBytes($"INVITE sip:442079460300@{london.Address} SIP/2.0\r\n{head}To: <sip:442079460300@{london.Address}>\r\nCSeq: 1 INVITE\r\nContact: <sip:carrier@{sites.Carrier}:5060>\r\nContent-Type: application/sdp\r\nContent-Length: {sdp.Length}\r\n\r\n{sdp}"), london);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (true)
        {
            string answer = Encoding.ASCII.GetString((await socket.ReceiveAsync(limit.Token)).Buffer);
            int status = int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            if (status < 200) continue;
            string to = answer.Split("\r\n").First(l => l.StartsWith("To:", StringComparison.Ordinal));
            await socket.SendAsync(Encoding.ASCII.GetBytes($"ACK sip:442079460300@{london.Address} SIP/2.0\r\n{head}{to}\r\nCSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n"), london);
            return (status, watch.Elapsed.TotalSeconds);
        }
    }

    /// <summary>Transactions linger for 64 T1 (32 s) by the RFC; after that everything a call takes is given back.</summary>
    private static async Task NothingIsLeftAsync(FourSites sites, string site, double deadlinesBefore)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var metrics = await Metrics.ReadAsync(sites, site);
            var left = Metrics.OfCalls.Where(m => metrics[m] != 0).Select(m => $"{m} {metrics[m]}").ToList();
            if (metrics["mesh_deadlines_armed"] > deadlinesBefore) left.Add($"mesh_deadlines_armed {metrics["mesh_deadlines_armed"]} instead of {deadlinesBefore}");
            if (left.Count == 0) return;
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{site} still has {string.Join(", ", left)}");
            await Task.Delay(500);
        }
    }
}
