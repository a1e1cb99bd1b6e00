using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Commands;
using Mesh.Host.Config.Model;
using Mesh.Host.Sorry.Smtp;
using Mesh.Host.Sorry.Switches;
using Mesh.Host.Tests.Admin;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Sorry.Switches;

/// <summary><c>mesh sorry</c> against an admin listener with switches behind it.</summary>
public class SorryCommandTests
{
    private readonly StringWriter output = new(), error = new();

    [Fact]
    public async Task On_list_and_off()
    {
        await using var site = await World.StartAsync("127.62.5.1");
        Assert.Equal(ExitCode.Ok, await Run(site, "on", "www.example", "--http", "https://else.example/", "--keep-method", "--smtp", "450", "--until", "2h", "--message", "moving", "--why", "ticket 7", "--who", "anna"));
        var http = site.Switches.Board.At(SorryChannel.Http, "www.example")!;
        Assert.Equal((SorryAnswer.TemporaryRedirect, "https://else.example/", "moving", "anna", "ticket 7"), (http.Answer, http.Location, http.Message, http.Who, http.Why));
        var smtp = site.Switches.Board.At(SorryChannel.Smtp, "www.example")!;
        Assert.Equal(SorryAnswer.Defer, smtp.Answer);
        Assert.InRange((smtp.Until!.Value - DateTimeOffset.UtcNow).TotalMinutes, 110, 120);
        Assert.Contains("www.example", output.ToString());
        Assert.Contains("smtp 450", output.ToString());

        Assert.Equal(ExitCode.Ok, await Run(site, "list", "--json"));
        using var json = JsonDocument.Parse(output.ToString());
        Assert.True(json.RootElement.GetProperty("switches")[0].GetProperty("inForce").GetBoolean());

        Assert.Equal(ExitCode.Ok, await Run(site, "off", "www.example", "--smtp"));
        Assert.Equal(SorryChannel.Http, Assert.Single(site.Switches.Board.Notices).Channel);
        Assert.Equal(ExitCode.Ok, await Run(site, "off", "www.example"));
        Assert.Empty(site.Switches.Board.Notices);

        Assert.Equal(ExitCode.Ok, await Run(site, "on", "020 7946 0123", "--phone", "sounds/closed.wav", "--phone-early", "--who", "anna"));
        Assert.Contains("phone sounds/closed.wav, early", output.ToString());
        Assert.Equal(("+442079460123", SorryAnswer.AnnounceEarly, "closed"), Assert.Single(site.Switches.Board.Notices) is var call ? (call.Target, call.Answer, call.Recording) : default);
        Assert.Equal(ExitCode.Ok, await Run(site, "off", "+442079460123", "--phone"));
        Assert.Empty(site.Switches.Board.Notices);

        site.Report.Add(new ToldRecipient("www.example", "s@else.example", "b@www.example", smtp), "450");
        Assert.Equal(ExitCode.Ok, await Run(site, "mail", "www.example"));
        Assert.Contains("<s@else.example>", output.ToString());
    }

    [Theory]
    [InlineData(ExitCode.Usage, "what is to be answered")]
    [InlineData(ExitCode.Usage, "450, 421, 550, 556 or 521", "--smtp", "250")]
    [InlineData(ExitCode.Usage, "page, copy, close, reset or an address", "--http", "503")]
    [InlineData(ExitCode.Usage, "--until: a time", "--http", "page", "--until", "soon")]
    [InlineData(ExitCode.Usage, "sounds/closed.wav", "--phone", "../closed.wav")]
    [InlineData(ExitCode.Refused, "needs an end", "--smtp")]
    [InlineData(ExitCode.Refused, "leads to an http", "--http", "ftp://else.example/")]
    public async Task What_cannot_be_is_said(int exitCode, string why, params string[] arguments)
    {
        await using var site = await World.StartAsync("127.62.5.2");
        Assert.Equal(exitCode, await Run(site, ["on", "www.example", .. arguments]));
        Assert.Contains(why, error.ToString());
        Assert.Empty(site.Switches.Board.Notices);
    }

    [Fact]
    public async Task A_page_of_another_origin_cannot_give_orders()
    {
        await using var site = await World.StartAsync("127.62.5.3");
        using var http = new HttpClient();
        const string order = """{"target":"*","who":"x","order":{"on":true,"answers":["page"]}}""";
        foreach (string type in (string[])["text/plain", "application/x-www-form-urlencoded"])
            Assert.Equal(415, (int)(await http.PostAsync(site.Url + "/api/sorry", new StringContent(order, null, type))).StatusCode);
        Assert.Empty(site.Switches.Board.Notices);
        Assert.Equal(200, (int)(await http.PostAsync(site.Url + "/api/sorry", new StringContent(order, null, "application/json"))).StatusCode);
        Assert.Single(site.Switches.Board.Notices);
    }

    private Task<int> Run(World site, params string[] arguments)
    {
        output.GetStringBuilder().Clear();
        return new MeshCommandLine(new Terminal(output, error, new Dictionary<string, string>()), null, null).RunAsync(["sorry", .. arguments, "--admin", site.Url]);
    }

    private sealed class World : IAsyncDisposable
    {
        private AdminListener? admin;

        public SorrySwitches Switches { get; } = new(new MemoryJournal(TimeProvider.System), TimeProvider.System);

        public SmtpReport Report { get; } = new(TimeProvider.System);

        public string Url { get; private set; } = "";

        public static async Task<World> StartAsync(string address)
        {
            var world = new World();
            ListenAddress listen = FreePort.On(address, "http");
            world.admin = await AdminListener.StartAsync(new FakeSiteView(), null, listen, NullLoggerFactory.Instance, CancellationToken.None, new SorryPages(world.Switches, world.Report, () => []));
            world.Url = $"http://{address}:{listen.Port}";
            return world;
        }

        public async ValueTask DisposeAsync()
        {
            await admin!.DisposeAsync();
            Switches.Dispose();
        }
    }
}
