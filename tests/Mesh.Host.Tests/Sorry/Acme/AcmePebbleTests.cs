using System.Diagnostics;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Mesh.Host.Admin;
using Mesh.Host.Config.Model;
using Mesh.Host.Journal;
using Mesh.Host.Sorry.Acme;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Sorry.Switches;
using Mesh.Host.Tests.Config;
using Mesh.Host.Tests.Journal;
using Mesh.Host.Tests.Storage;

namespace Mesh.Host.Tests.Sorry.Acme;

/// <summary>Certificates ordered of a real authority over real sockets.</summary>
public sealed class AcmePebbleTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-acme-");
    private readonly HandClock clock = new() { Now = DateTimeOffset.UtcNow };

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_host_gets_its_certificate_without_a_restart_and_its_renewal_drops_no_connection()
    {
        await using var pebble = await Pebble.StartAsync("127.70.1.1", visits: "127.70.1.2");
        using var root = await pebble.RootAsync();
        await using var site = new AcmeSite("127.70.1.2", folder.FullName, Config(pebble, "www.mesh.test", "shop.mesh.test"), new MemoryJournal(clock), clock);
        await site.ListenAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => site.HandshakeAsync("www.mesh.test", root));

        await site.Orders.LookAsync(CancellationToken.None);
        Assert.All(site.Orders.Standings, s => Assert.Null(s.Failure));
        await Until(async () => (await Names(site, "www.mesh.test", root)).SequenceEqual(["www.mesh.test"]));
        Assert.Equal(["shop.mesh.test"], await Names(site, "shop.mesh.test", root));
        // By SNI each its own: what is for another host is not good for a third.
        await Assert.ThrowsAsync<AuthenticationException>(() => site.HandshakeAsync("other.mesh.test", root));
        Assert.Contains("mesh_sorry_acme_orders_total{outcome=\"issued\"} 2", Metrics(site));
        Assert.DoesNotContain("mesh_sorry_acme_bad_nonces_total 0", Metrics(site));

        await site.Orders.LookAsync(CancellationToken.None);
        Assert.Contains("outcome=\"issued\"} 2", Metrics(site));

        using var open = await site.HandshakeAsync("www.mesh.test", root);
        string before = ((X509Certificate2)open.RemoteCertificate!).Thumbprint;
        Assert.Equal("HTTP/1.1 503 Service Unavailable", await AcmeSite.AskAsync(open, "www.mesh.test"));
        var started = clock.Now;
        clock.Now = site.Of("www.mesh.test").Due.AddSeconds(-1);
        await site.Orders.LookAsync(CancellationToken.None);
        Assert.Contains("outcome=\"issued\"} 2", Metrics(site));
        clock.Now = site.Orders.Standings.Max(s => s.Due);
        await site.Orders.LookAsync(CancellationToken.None);
        clock.Now = started;
        Assert.Contains("outcome=\"issued\"} 4", Metrics(site));
        await Until(async () =>
        {
            using var again = await site.HandshakeAsync("www.mesh.test", root);
            return ((X509Certificate2)again.RemoteCertificate!).Thumbprint != before;
        });
        Assert.Equal("HTTP/1.1 503 Service Unavailable", await AcmeSite.AskAsync(open, "www.mesh.test"));

        foreach (string secret in (string[])[site.FileOf("www.mesh.test"), site.KeyFile])
            Assert.True(AcmeSite.IsForItsOwnerOnly(secret), secret);
    }

    [Fact]
    public async Task The_authority_may_come_to_the_other_site()
    {
        using var loop = TestLoop.Start();
        IReadOnlyList<(string, string)> all = [("london", "127.70.2.2"), ("manchester", "127.70.2.3")];
        JournalSite Site(string name, string address) => new(name, address, all, "a-key-that-is-long-enough-for-anybody-to-use-0003", folder.FullName, loop, new JournalLimits());
        await using var london = Site("london", "127.70.2.2");
        await using var manchester = Site("manchester", "127.70.2.3");
        await london.JoinAsync("manchester");
        await manchester.JoinAsync("london");
        await using var pebble = await Pebble.StartAsync("127.70.2.1", visits: "127.70.2.3");
        using var root = await pebble.RootAsync();
        var config = Config(pebble, "www.mesh.test");
        // Sent for only when the other site has it: nothing here waits for a time and hopes.
        await using var orders = new AcmeSite("127.70.2.2", Path.Combine(folder.FullName, "london"), config, london.Journal, TimeProvider.System, london.Lacking);
        await using var answers = new AcmeSite("127.70.2.3", Path.Combine(folder.FullName, "manchester"), config, manchester.Journal, TimeProvider.System, manchester.Lacking);
        await orders.ListenAsync();
        await answers.ListenAsync();

        await orders.Orders.LookAsync(CancellationToken.None);
        Assert.Null(orders.Of("www.mesh.test").Failure);
        await Until(async () => (await Names(orders, "www.mesh.test", root)).SequenceEqual(["www.mesh.test"]));
        Assert.Equal(0, orders.Responder.Counters.Of(HttpOutcome.Challenge));
        Assert.True(answers.Responder.Counters.Of(HttpOutcome.Challenge) > 0);

        // What is shared is no key: each site has its own certificate, the other its own too.
        Assert.False(File.Exists(answers.FileOf("www.mesh.test")));
        await pebble.LeadToAsync("127.70.2.2");
        await answers.Orders.LookAsync(CancellationToken.None);
        Assert.Null(answers.Of("www.mesh.test").Failure);
        Assert.True(orders.Responder.Counters.Of(HttpOutcome.Challenge) > 0);
        Assert.DoesNotContain("PRIVATE", string.Concat(london.Texts));
    }

    [Fact]
    public async Task A_failing_authority_is_left_alone_and_the_old_certificate_stays()
    {
        await using var pebble = await Pebble.StartAsync("127.70.3.1", visits: "127.70.3.2");
        using var root = await pebble.RootAsync();
        await using var site = new AcmeSite("127.70.3.2", folder.FullName, Config(pebble, "www.mesh.test"), new MemoryJournal(clock), clock);
        await site.ListenAsync();
        await site.Orders.LookAsync(CancellationToken.None);
        string before = File.ReadAllText(site.FileOf("www.mesh.test"));
        var started = clock.Now;

        // Visitors find nobody: the authority says so, and it is passed on.
        await pebble.ForgetAsync();
        await pebble.LeadToAsync("127.70.3.99");
        clock.Now = site.Of("www.mesh.test").Due;
        await site.Orders.LookAsync(CancellationToken.None);
        Assert.True(site.Of("www.mesh.test").Failure is not null, $"{site.Of("www.mesh.test")}\n{Metrics(site)}");
        var first = site.Of("www.mesh.test").Failure!;
        Assert.Equal(1, first.Times);
        Assert.Contains("www.mesh.test was not found to be ours", first.Why);
        Assert.InRange((first.NotBefore - clock.Now).TotalMinutes, 3.75, 6.25);

        pebble.StopAuthority();
        await site.Orders.LookAsync(CancellationToken.None);
        Assert.Equal(1, site.Of("www.mesh.test").Failure!.Times);
        clock.Now = first.NotBefore;
        await site.Orders.LookAsync(CancellationToken.None);
        var second = site.Of("www.mesh.test").Failure!;
        Assert.Equal(2, second.Times);
        Assert.StartsWith("directory: ", second.Why);
        Assert.InRange((second.NotBefore - clock.Now).TotalMinutes, 7.5, 12.5);
        Assert.Contains("mesh_sorry_acme_failures{host=\"www.mesh.test\"} 2", Metrics(site));

        Assert.Equal(before, File.ReadAllText(site.FileOf("www.mesh.test")));
        clock.Now = started;
        await Until(async () => (await Names(site, "www.mesh.test", root)).SequenceEqual(["www.mesh.test"]));
    }

    [Fact]
    public async Task No_more_is_ordered_in_a_day_than_may_be_even_after_a_restart_and_nothing_off_the_list()
    {
        await using var pebble = await Pebble.StartAsync("127.70.4.1", visits: "127.70.4.2");
        var config = Config(pebble, "www.mesh.test", "shop.mesh.test") with { OrdersADay = 1 };
        var journal = new MemoryJournal(clock);
        await using (var site = new AcmeSite("127.70.4.2", folder.FullName, config, journal, clock))
        {
            await site.ListenAsync();
            // Somebody asks for a host that is not on the list, and a journal says that its challenge is to be answered.
            await site.Switches.OrderAsync("off.mesh.test", new SorryOrder { On = true, Answers = [SorryAnswer.Page] }, "anna", "");
            await site.Challenges.ShowAsync("off.mesh.test", "token-1", "token-1.print", CancellationToken.None);
            await site.Challenges.ShowAsync("www.mesh.test", "token-2", "token-2.print", CancellationToken.None);
            Assert.Equal(503, (await site.GetAsync("off.mesh.test", "/.well-known/acme-challenge/token-1")).Status);
            Assert.Equal(503, (await site.GetAsync("off.mesh.test", "/.well-known/acme-challenge/token-2")).Status);
            Assert.Equal(503, (await site.GetAsync("www.mesh.test", "/.well-known/acme-challenge/token-1")).Status);
            Assert.Equal((200, "token-2.print", "text/plain"), await site.GetAsync("www.mesh.test", "/.well-known/acme-challenge/token-2"));
            Assert.Equal(503, (await site.GetAsync("www.mesh.test", "/.well-known/acme-challenge/token-2/")).Status);
            clock.Now += TimeSpan.FromMinutes(10);
            Assert.Equal(503, (await site.GetAsync("www.mesh.test", "/.well-known/acme-challenge/token-2")).Status);

            await site.Orders.LookAsync(CancellationToken.None);
            Assert.True(File.Exists(site.FileOf("www.mesh.test")));
            Assert.Contains("outcome=\"limited\"} 1", Metrics(site));
        }
        await using (var site = new AcmeSite("127.70.4.2", folder.FullName, config, journal, clock))
        {
            await site.ListenAsync();
            await site.Orders.LookAsync(CancellationToken.None);
            Assert.Contains("outcome=\"limited\"} 1", Metrics(site));
            Assert.False(File.Exists(site.FileOf("shop.mesh.test")));
            clock.Now += TimeSpan.FromHours(24);
            await site.Orders.LookAsync(CancellationToken.None);
            Assert.True(File.Exists(site.FileOf("shop.mesh.test")), site.Of("shop.mesh.test").Failure?.Why);
        }
        Assert.DoesNotContain(journal.Read(ChallengeAnswers.Kind).Skip(2), e => e.Subject is not ("www.mesh.test" or "shop.mesh.test"));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(folder.FullName, "certificates")).Length);
    }

    [Fact]
    public async Task A_real_site_orders_by_itself_once_it_is_told_to()
    {
        await using var pebble = await Pebble.StartAsync("127.70.9.1", visits: "127.70.9.2");
        using var root = await pebble.RootAsync();
        using var bundle = new BundleFolder($$"""
            name: one
            sites: { london: { host: 127.70.9.2 } }
            listen: { sorry: { http: {{Pebble.HttpPort}}, https: 8443 } }
            sorry: { acme: { directory: "{{pebble.Directory_}}", contact: ops@mesh.test, hosts: [ www.mesh.test ], ca: "{{pebble.CaFile}}", agree: yes } }
            """);
        bundle.Write("dialplan/plan.csx", "Extension(\"100\", call => call.Answer());\n");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [ProcessRun.MeshDll, "run", "--bundle", bundle.Path, "--site", "london"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEndAsync();
        try
        {
            var list = new ProcessRun(1, "", "");
            await Until(async () =>
            {
                Assert.False(process.HasExited);
                list = await ProcessRun.Mesh("sorry", "certificates", "--bundle", bundle.Path, "--site", "london");
                return list.ExitCode == 0 && list.Output.Contains("www.mesh.test.pem");
            });
            Assert.Matches("www.mesh.test +Pebble Intermediate.* acme +www.mesh.test.pem", list.Output);
            using var tls = await AcmeSite.HandshakeAsync("127.70.9.2", "www.mesh.test", root);
            Assert.True(tls.IsAuthenticated);
        }
        finally
        {
            process.Kill();
            string log = await said;
            Assert.DoesNotContain("PRIVATE", log);
            Assert.Contains("the certificate of www.mesh.test was ordered", log);
        }
    }

    private static AcmeConfig Config(Pebble pebble, params string[] hosts) => new(pebble.Directory_, ["ops@mesh.test"], hosts, pebble.CaFile, 20);

    private static string Metrics(AcmeSite site)
    {
        var writer = new MetricWriter();
        site.Orders.Write(writer);
        return writer.ToString();
    }

    private static async Task<IReadOnlyList<string>> Names(AcmeSite site, string host, X509Certificate2 root)
    {
        try
        {
            using var tls = await site.HandshakeAsync(host, root);
            return [.. ((X509Certificate2)tls.RemoteCertificate!).Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames()];
        }
        catch (Exception e) when (e is AuthenticationException or IOException) { return []; }
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (int i = 0; i < 300; i++)
        {
            if (await holds()) return;
            await Task.Delay(100);
        }
        Assert.Fail("it did not come about within 30 s");
    }
}
