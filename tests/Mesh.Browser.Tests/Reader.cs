namespace Mesh.Browser.Tests;

/// <summary>Somebody with a browser window of their own. What the browser complains of, a broken script or a refusal of the content security policy, fails the test.</summary>
public sealed class Reader : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    private Reader(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) => { if (message.Type is "error" or "warning" && !IsAnswer(message.Text)) Complain(message.Text); };
        page.PageError += (_, error) => Complain(error);
    }

    public IPage Page { get; }

    public static async Task<Reader> OpenAsync(IBrowser browser, ReaderWishes wishes)
    {
        var context = await browser.NewContextAsync(new()
        {
            ColorScheme = wishes.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = wishes.Width, Height = 844 },
            Locale = wishes.Language,
            TimezoneId = wishes.TimeZone,
            JavaScriptEnabled = wishes.Scripts,
            DeviceScaleFactor = wishes.Scale,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        // Put there by the browser, not the page, so that the page's policy need not let it in.
        if (wishes.Scripts) await context.AddInitScriptAsync(Axe.Source);
        return new Reader(context, await context.NewPageAsync());
    }

    /// <summary>Goes there; the status of the answer.</summary>
    public async Task<int> GoAsync(string url) => (await Page.GotoAsync(url))!.Status;

    /// <summary>Loads the page again until a text is on it: the page is made anew at most once a second, and other sites hear of things a moment later.</summary>
    public async Task ReloadUntilAsync(string text)
    {
        for (int i = 0; i < 300; i++)
        {
            if ((await Page.Locator("body").InnerTextAsync()).Contains(text, StringComparison.Ordinal)) return;
            await Task.Delay(200);
            await Page.ReloadAsync();
        }
        Assert.Fail($"'{text}' is not on {Page.Url}:\n{await Page.Locator("body").InnerTextAsync()}");
    }

    /// <summary>axe-core finds nothing serious or critical on the page as it is now.</summary>
    public Task FaultlessAsync() => Axe.FaultlessAsync(Page);

    /// <summary>Nothing is wider than the window, and no text is cut off.</summary>
    public async Task FitsAsync()
    {
        string[] outside = await Page.EvaluateAsync<string[]>("""
            () => {
              const width = document.documentElement.clientWidth, bad = [];
              if (document.documentElement.scrollWidth > width) bad.push(`the page is ${document.documentElement.scrollWidth} wide`);
              for (const e of document.body.querySelectorAll('*')) {
                const style = getComputedStyle(e), box = e.getBoundingClientRect();
                if (!box.width || style.visibility === 'hidden' || e.closest('.skip, .old, svg, script, style, template')) continue;
                let scrolls = false;
                for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll/.test(getComputedStyle(p).overflowX)) scrolls = true;
                const name = `${e.tagName.toLowerCase()}.${e.className} "${(e.textContent || '').trim().slice(0, 40)}"`;
                if (!scrolls && (box.right > width + 1 || box.left < -1)) bad.push(`${name} reaches from ${box.left} to ${box.right}`);
                if (/hidden|clip/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && !/rect|inset/.test(style.clip + style.clipPath)) bad.push(`${name} is cut off`);
              }
              return bad;
            }
            """);
        Assert.Empty(outside);
    }

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        string[] all;
        lock (complaints) all = [.. complaints];
        Assert.Empty(all);
    }

    // That an address answered 404 or 503 is for the test to judge.
    private static bool IsAnswer(string text) => text.StartsWith("Failed to load resource: the server responded with a status of", StringComparison.Ordinal);

    private void Complain(string what)
    {
        lock (complaints) complaints.Add(what);
    }
}
