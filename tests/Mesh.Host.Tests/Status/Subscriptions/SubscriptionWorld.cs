using Mesh.Host.Incidents;
using Mesh.Host.Status.Subscriptions;
using Mesh.Host.Status.Subscriptions.Mail;
using Mesh.Host.Tests.Config;
using Mesh.Host.Tests.Sorry;
using Mesh.Host.Tests.Storage;
using Mesh.Io;
using Mesh.Scenarios;

namespace Mesh.Host.Tests.Status.Subscriptions;

/// <summary>Sites with subscriptions: real listeners, databases and a mail server; the wall clock and what a site believes of another are set by hand.</summary>
internal sealed class SubscriptionWorld : IAsyncDisposable
{
    private readonly string host;
    private readonly Loop loop = TestLoop.Start();
    private readonly BundleFolder bundle;
    private readonly List<SubscriptionSite> sites = [];

    /// <param name="host">Two addresses from here on are ours: <c>127.75.1.</c></param>
    public SubscriptionWorld(string host, bool mailToo = true)
    {
        this.host = host;
        IsAlive = name => sites.Any(s => s.Name == name);
        Sink = new MailSink(host + "9");
        Pages = new SharedPages(Clock);
        Desk = new IncidentDesk(Pages.At("london"), Clock, new CryptoChance());
        bundle = new BundleFolder(BundleFolder.TwoSites.Replace("127.77.0.", host, StringComparison.Ordinal)
            + $"\nstatus: {{ name: Example Ltd, url: \"{Url}\" }}\n" + (mailToo ? $"mail: {{ relay: \"smtp://{host}9:{Sink.Port}\", from: status@example.org, starttls: off }}\n" : ""));
    }

    public const string Url = "https://status.example.org/here/";

    public HandClock Clock { get; } = new();

    public MailSink Sink { get; }

    public SharedPages Pages { get; }

    public IncidentDesk Desk { get; }

    /// <summary>What every site believes of others; the truth, unless somebody says otherwise.</summary>
    public Func<string, bool> IsAlive { get; set; }

    public SubscriptionLimits Limits { get; set; } = new() { LookEvery = TimeSpan.FromMilliseconds(50), SettleFor = TimeSpan.FromMilliseconds(200) };

    public static Mailbox Box(string text) => Mailbox.TryParse(text, out var box) ? box : throw new FormatException(text);

    /// <summary>A site begins, or begins again with what is on its disk.</summary>
    public async Task<SubscriptionSite> StartAsync(string site = "london")
    {
        var started = await SubscriptionSite.StartAsync(site, host + (site == "london" ? "1" : "2"), bundle.Path, loop, this, sites);
        sites.Add(started);
        return started;
    }

    /// <summary>Opens an incident; later than everything before.</summary>
    public async Task<Incident> OpenAsync(string title, string text = "We look into it.")
    {
        Clock.Now += TimeSpan.FromSeconds(1);
        return await Desk.OpenAsync(new IncidentRequest("anna", "secret reason") { Title = title, Text = text }, CancellationToken.None);
    }

    public async Task<Incident> UpdateAsync(Incident incident, string text, string? state = null)
    {
        Clock.Now += TimeSpan.FromSeconds(1);
        return await Desk.UpdateAsync(Desk.Find(incident.Id)!, new IncidentRequest("anna", "secret reason") { Text = text, State = state }, CancellationToken.None);
    }

    public static async Task UntilAsync(Func<bool> holds, Func<string> otherwise)
    {
        for (int i = 0; i < 1_200; i++)
        {
            if (holds()) return;
            await Task.Delay(50);
        }
        Assert.Fail(otherwise());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var site in sites.ToArray()) await site.DisposeAsync();
        await Sink.DisposeAsync();
        loop.Dispose();
        bundle.Dispose();
    }
}
