using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Tests.Sorry.Http;

public class SorryPageTests
{
    [Fact]
    public async Task Every_method_and_path_of_any_host_is_503_and_stored_nowhere()
    {
        await using var world = await HttpWorld.StartAsync("127.62.3.1");
        await world.On("*.example", SorryAnswer.Page, o => o with { Message = "We move house.", Until = DateTimeOffset.UtcNow.AddMinutes(10) });
        foreach (string method in (string[])["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
            foreach (string path in (string[])["/", "/robots.txt", "/a/b?c=d", "/..%2f", "/.well-known/x"])
            {
                string said = await world.AskAsync(method, path, "www.example");
                Assert.StartsWith("HTTP/1.1 503 Service Unavailable\r\n", said);
                Assert.Contains("\r\nCache-Control: no-store\r\n", said);
                Assert.Contains("\r\nX-Sorry: We move house.\r\n", said);
                Assert.Contains("\r\nContent-Security-Policy: default-src 'none'; style-src 'sha256-", said);
                Assert.InRange(int.Parse(said.Split("Retry-After: ")[1].Split('\r')[0]), 500, 600);
                Assert.Contains("We move house.", said.Split("\r\n\r\n")[1]);
            }
        string head = await world.AskAsync("HEAD", "/", "www.example");
        Assert.StartsWith("HTTP/1.1 503", head);
        Assert.EndsWith("\r\n\r\n", head);
        Assert.DoesNotContain("Content-Length: 0", head);
        string unlisted = await world.AskAsync("GET", "/", "other.test:8082");
        Assert.Contains("\r\nX-Sorry: unlisted\r\n", unlisted);
        Assert.Contains("\r\nRetry-After: 300\r\n", unlisted);
        Assert.Contains("other.test cannot be reached", unlisted);
        Assert.StartsWith("HTTP/1.1 503", await world.RawAsync("GET / HTTP/1.0\r\n\r\n"));
        Assert.Equal(36, world.Responder.Counters.Of(HttpOutcome.Page));
    }

    [Theory]
    [InlineData("*/*", "", "text/html", "en")]
    [InlineData("", "de-AT,en;q=0.5", "text/html", "de")]
    [InlineData("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "fr, de;q=0.2", "text/html", "de")]
    [InlineData("application/json", "en-GB,de;q=0.9", "application/problem+json", "en")]
    [InlineData("application/problem+json, text/html;q=0.5", "DE", "application/problem+json", "de")]
    [InlineData("text/html, application/json", "zz", "text/html", "en")]
    [InlineData("text/plain", "de;q=0, en;q=0.1", "text/plain", "en")]
    [InlineData("text/plain;q=0.4, text/html;q=0", "", "text/plain", "en")]
    [InlineData("garbage;;;=,", ";;", "text/html", "en")]
    [InlineData("image/png", "", "text/html", "en")]
    public async Task The_form_and_language_are_those_preferred(string accept, string language, string type, string tag)
    {
        await using var world = await HttpWorld.StartAsync("127.62.3.2");
        string said = await world.AskAsync("GET", "/", "www.example", $"Accept: {accept}", $"Accept-Language: {language}");
        Assert.Contains($"\r\nContent-Type: {type}", said);
        Assert.Contains($"\r\nContent-Language: {tag}\r\n", said);
        string body = said.Split("\r\n\r\n", 2)[1];
        if (type == "application/problem+json")
        {
            using var problem = JsonDocument.Parse(body);
            Assert.Equal(503, problem.RootElement.GetProperty("status").GetInt32());
            Assert.Equal("www.example", problem.RootElement.GetProperty("host").GetString());
        }
        else Assert.Equal(type == "text/html", body.StartsWith("<!doctype html>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hosts_and_messages_are_escaped()
    {
        await using var world = await HttpWorld.StartAsync("127.62.3.3");
        foreach (string evil in (string[])["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</title><svg/onload=alert(1)>", "'-alert(1)-'", "&lt;b&gt;", "{{7*7}}", "\u2028</p><iframe>"])
        {
            await world.On("www.example", SorryAnswer.Page, o => o with { Message = evil });
            string html = await world.AskAsync("GET", "/", "www.example");
            Assert.DoesNotContain(evil, html.Split("\r\n\r\n", 2)[1].Replace("{{7*7}}", ""));
            Assert.DoesNotMatch("<(script|img|svg|iframe)", html.Split("\r\n\r\n", 2)[1]);
            using var problem = JsonDocument.Parse((await world.AskAsync("GET", "/", "www.example", "Accept: application/json")).Split("\r\n\r\n", 2)[1]);
            Assert.Equal(evil, problem.RootElement.GetProperty("detail").GetString());
        }
        foreach (string host in (string[])["<script>", "a\"b", "a<b>.example", "a'b", "a b"])
        {
            string said = await world.AskAsync("GET", "/", host);
            Assert.Contains(said.Split(' ')[1], (string[])["400", "503"]);
            Assert.DoesNotContain(host, said);
        }
    }

    [Theory]
    [InlineData(SorryAnswer.Found, "302 Found")]
    [InlineData(SorryAnswer.TemporaryRedirect, "307 Temporary Redirect")]
    [InlineData(SorryAnswer.MovedPermanently, "301 Moved Permanently")]
    public async Task A_redirect(SorryAnswer answer, string status)
    {
        await using var world = await HttpWorld.StartAsync("127.62.3.4");
        await world.On("www.example", answer, o => o with { Location = "https://else.example/?a=b&c" });
        string said = await world.AskAsync("POST", "/form", "www.example", "Content-Length: 0");
        Assert.StartsWith($"HTTP/1.1 {status}\r\n", said);
        Assert.Contains("\r\nLocation: https://else.example/?a=b&c\r\n", said);
        Assert.Contains("\r\nCache-Control: no-store\r\n", said);
    }

    [Fact]
    public async Task A_connection_is_closed_or_reset_without_a_word()
    {
        await using var world = await HttpWorld.StartAsync("127.62.3.5");
        await world.On("close.example", SorryAnswer.Close);
        await world.On("reset.example", SorryAnswer.Reset);
        Assert.Equal("", await world.AskAsync("GET", "/", "close.example"));
        Assert.Equal("RESET", await world.AskAsync("GET", "/", "reset.example"));
    }

    [Fact]
    public async Task Over_tls_the_certificate_is_that_of_the_name_asked_for_and_a_new_one_needs_no_restart()
    {
        await using var world = await HttpWorld.StartAsync("127.62.3.6");
        Assert.Equal("CN=www.example", (await SecureAsync(world, "www.example")).Subject);
        Assert.Equal("CN=shop.example", (await SecureAsync(world, "shop.example")).Subject);
        Assert.Equal("CN=*.wild.example", (await SecureAsync(world, "a.wild.example")).Subject);
        string renewed = world.Files.Put("www.example");
        world.Files.Put("late.example");
        for (int i = 0; i < 100 && (await SecureAsync(world, "www.example")).Print != renewed; i++) await Task.Delay(100);
        Assert.Equal(renewed, (await SecureAsync(world, "www.example")).Print);
        Assert.Equal("CN=late.example", (await SecureAsync(world, "late.example")).Subject);
        // Half a renewal, a certificate without its key, leaves what was in force.
        File.WriteAllText(Path.Combine(world.Files.Folder, "shop.example.key"), "rubbish");
        await Task.Delay(1200);
        Assert.Equal("CN=shop.example", (await SecureAsync(world, "shop.example")).Subject);
    }

    private static async Task<(string Subject, string Print)> SecureAsync(HttpWorld world, string name)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(world.Https.Bind.ToIPEndPoint());
        await using var tls = new SslStream(new NetworkStream(socket), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(name);
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(tls);
        Assert.StartsWith("HTTP/1.1 503", await reader.ReadToEndAsync());
        using var leaf = new X509Certificate2(tls.RemoteCertificate!);
        return (leaf.Subject, leaf.Thumbprint);
    }
}
