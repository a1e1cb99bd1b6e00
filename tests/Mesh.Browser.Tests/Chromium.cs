namespace Mesh.Browser.Tests;

/// <summary>Debian's Chromium, started once and driven by Playwright. It reaches loopback only: every other name is unknown to it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string Path = "/usr/bin/chromium";

    /// <summary>A name of which the sites say sorry; all names below <c>down.example</c> lead to the first of them.</summary>
    public const string DownHost = "www.down.example";

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Path), $"{Path} is not here: apt-get install chromium (./test.sh does it as root)");
        // The browser is the system's; the driver must not look for one of its own.
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = await Playwright.CreateAsync();
        SetDefaultExpectTimeout(30_000);
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Timeout = 120_000,
            Args =
            [
                "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run",
                $"--host-resolver-rules=MAP *.down.example {LiveSites.Net}.1, MAP * ~NOTFOUND, EXCLUDE 127.*",
            ],
        });
    }

    public async Task<Reader> OpenAsync(ReaderWishes? wishes = null) => await Reader.OpenAsync(browser!, wishes ?? new ReaderWishes());

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}

/// <summary>All browser tests share the browser and the sites, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Chromium>, ICollectionFixture<LiveSites>
{
    public const string Name = "browser";
}
