using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Mesh.Host.Tests.Config;
using Mesh.Host.Tests.Sorry;

namespace Mesh.Host.Tests.Console;

/// <summary>The real program: two sites whose admin listeners are https, an operator with a certificate, and the commands.</summary>
public class ConsoleProcessTests
{
    private const string Bundle = BundleFolder.TwoSites + "\nlisten: { admin: https:8443 }\nadmin: { token: open-sesame, certificate: secrets/london.pem, key: secrets/london.key, clients: secrets/operator.pem }\n";

    [Fact]
    public async Task Two_sites_over_tls_show_each_other_and_take_commands_and_certificates()
    {
        using var certificates = new Certificates("london", "operator");
        using var bundle = new BundleFolder(Bundle.Replace("127.77.0.", "127.64.30."));
        foreach (string file in Directory.GetFiles(certificates.Folder)) bundle.Write("secrets/" + Path.GetFileName(file), await File.ReadAllTextAsync(file), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var london = Start(bundle, "london");
        using var manchester = Start(bundle, "manchester");
        try
        {
            using var holder = X509Certificate2.CreateFromPemFile(At("operator.pem"), At("operator.key"));
            using var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, given, _, _) => given!.Subject == "CN=london";
            handler.SslOptions.ClientCertificates = [X509CertificateLoader.LoadPkcs12(holder.Export(X509ContentType.Pfx), null)];
            using var browser = new Browser("https://127.64.30.1:8443", handler);

            var peers = await EventuallyAsync(browser, "/console/peers", p => p.ById("faults")?.Value == "All 2 sites answer." && p.ById("peer-manchester-site-london")?.Value.Contains("up") == true
                && p.ById("peer-london-site-manchester")?.Value.Contains("up") == true, london, manchester);
            var way = peers.ById("peer-london-site-manchester")!.Elements("td").Select(c => c.Value.Trim()).ToArray();
            Assert.Matches("^[0-9]+ ms$", way[2]);
            Assert.Matches("^[0-9]+ %$", way[3]);
            Assert.Matches("^[0-9a-f]{12}$", peers.ById("site-manchester")!.Element("td")!.ElementsAfterSelf().First().Value);
            Assert.Contains("operator, read only", peers.ById("reader")!.Value);
            Assert.Equal("no", (await browser.GetAsync("/console/phones")).ById("phone-mbloch-desk-")!.Elements("td").Last().Value);
            Assert.Contains("london", (await browser.GetAsync("/console/trunks")).ById("number-magrathea-+442079460123")!.Elements("td").Last().Value);

            // The commands trust the bundle's certificate, the sites each other's keys.
            Assert.Equal(0, (await ProcessRun.Mesh("peers", "--bundle", bundle.Path, "--site", "london")).ExitCode);
            var opened = await ProcessRun.Mesh("incident", "open", "No calls", "--who", "miriam", "--bundle", bundle.Path, "--site", "manchester");
            Assert.Equal(0, opened.ExitCode);
            await EventuallyAsync(browser, "/console/incidents", p => p.Text.Contains("No calls"), london, manchester);
        }
        finally
        {
            foreach (var process in (Process[])[london, manchester])
            {
                process.Kill();
                await process.WaitForExitAsync();
            }
        }

        string At(string file) => Path.Combine(certificates.Folder, file);
    }

    private static async Task<Browser.Answer> EventuallyAsync(Browser browser, string page, Func<Browser.Answer, bool> holds, params Process[] running)
    {
        string last = "";
        for (int i = 0; i < 600 && running.All(p => !p.HasExited); i++)
        {
            try
            {
                var answer = await browser.GetAsync(page);
                if (holds(answer)) return answer;
                last = answer.Text;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { last = e.Message; }
            await Task.Delay(100);
        }
        throw new InvalidOperationException($"{page} never became what it should: {last}");
    }

    private static Process Start(BundleFolder bundle, string site)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [ProcessRun.MeshDll, "run", "--bundle", bundle.Path, "--site", site]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return process;
    }
}
