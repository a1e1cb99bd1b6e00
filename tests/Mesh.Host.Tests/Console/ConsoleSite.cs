using System.Net;
using Mesh.Host.Admin;
using Mesh.Host.Admin.Access;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Config.Model;
using Mesh.Host.Console;
using Mesh.Host.Sorry.Switches;
using Mesh.Host.Tests.Sorry;
using Mesh.Io;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Console;

/// <summary>One site's console behind a real admin listener.</summary>
internal sealed class ConsoleSite : IAsyncDisposable
{
    private readonly AdminListener listener;
    private readonly SiteConsole console;
    private readonly SorrySwitches switches;

    private ConsoleSite(FakeConsoleSite view, MemoryJournal journal, SorrySwitches switches, SiteConsole console, AdminListener listener, string url) =>
        (View, Journal, this.switches, this.console, this.listener, Url) = (view, journal, switches, console, listener, url);

    public FakeConsoleSite View { get; }

    public MemoryJournal Journal { get; }

    public string Url { get; }

    public AdminDoor Door => console.Door;

    /// <param name="remote">Where connections seem to come from; null: from where they do, which is this machine.</param>
    public static async Task<ConsoleSite> StartAsync(SiteModel model, TimeProvider clock, IPAddress? remote = null, Func<ConsoleParts, ConsoleParts>? change = null, AdminTls? tls = null)
    {
        var view = new FakeConsoleSite(model.Site.Name);
        var journal = new MemoryJournal(clock);
        var switches = new SorrySwitches(journal, clock, site: model.Site.Name);
        var parts = new ConsoleParts
        {
            // Nobody waits for less because this machine is slow.
            Pair = new PairLimits { AnswerWithin = TimeSpan.FromSeconds(30) },
            Model = model, View = () => view, Journal = journal, Switches = switches, Sorry = () => SorryView.Of(switches, []), Time = clock, Chance = static () => new CryptoChance(),
        };
        var console = new SiteConsole(change?.Invoke(parts) ?? parts);
        var listen = model.Site.Listen.Admin;
        var listener = await AdminListener.StartAsync(view, console.Door, listen, Endpoint(remote, tls), NullLoggerFactory.Instance, CancellationToken.None, console.Pages);
        return new ConsoleSite(view, journal, switches, console, listener, $"{listen.Transport}://{listen.Bind}");
    }

    public string Metrics()
    {
        var writer = new MetricWriter();
        foreach (var source in console.Metrics) source.Write(writer);
        return writer.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await console.DisposeAsync();
        await listener.DisposeAsync();
        switches.Dispose();
    }

    private static Action<ListenOptions> Endpoint(IPAddress? remote, AdminTls? tls) => options =>
    {
        if (remote is not null)
            options.Use(next => connection =>
            {
                connection.RemoteEndPoint = new IPEndPoint(remote, 50_000);
                return next(connection);
            });
        tls?.Use(options);
    };
}
