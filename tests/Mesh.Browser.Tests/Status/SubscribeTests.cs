namespace Mesh.Browser.Tests.Status;

/// <summary>Somebody subscribes to the status page of real sites, is told of an incident by mail, and leaves.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SubscribeTests(Chromium chromium, LiveSites live)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_subscribes_confirms_at_another_site_is_told_and_leaves(bool scripts)
    {
        await using var reader = await chromium.OpenAsync(new() { Scripts = scripts, Width = 390 });
        var page = reader.Page;
        string address = $"anna-{(scripts ? "with" : "without")}@example.net";
        await reader.GoAsync(live.Status("london"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Tell me of incidents" }).ClickAsync();
        await page.GetByLabel("E-mail address").FillAsync(address);
        await Faultless(reader, scripts);
        await page.GetByRole(AriaRole.Button, new() { Name = "Tell me of incidents" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Look into your mailbox", Level = 1 })).ToBeVisibleAsync();
        await Faultless(reader, scripts);

        string link = (await MailAsync(address, 1)).Link("/subscribe/confirm/");
        // Behind the public's address any site may answer.
        await reader.GoAsync(link.Replace(live.Status("london"), live.Status("manchester"), StringComparison.Ordinal));
        await Faultless(reader, scripts);
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, tell me" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You will be told", Level = 1 })).ToBeVisibleAsync();
        await Faultless(reader, scripts);

        string title = $"A line is down, {address}";
        string id = await live.MeshAsync("london", "incident", "open", title, "--text", "Nobody is cut off.", "--who", "anna");
        var told = await MailAsync(address, 2);
        Assert.Equal($"Example Ltd status: {title}", told.Subject);
        await live.MeshAsync("manchester", "incident", "close", id, "--text", "Mended.", "--who", "anna");
        Assert.Equal(told.Headers["Message-ID"], (await MailAsync(address, 3)).Headers["References"]);

        await reader.GoAsync(told.Link("/incidents/"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title, Level = 1 })).ToBeVisibleAsync();
        await reader.GoAsync(told.Link("/subscribe/end/"));
        await Faultless(reader, scripts);
        await page.GetByRole(AriaRole.Button, new() { Name = "No more mails" }).ClickAsync();
        await Expect(page.GetByText("Your subscription has ended and your address is deleted.")).ToBeVisibleAsync();
        Assert.Equal(3, live.Mail.Received.Count(m => m.To == address));
    }

    [Fact]
    public async Task What_is_no_address_is_said_beside_the_field()
    {
        await using var reader = await chromium.OpenAsync(new() { Language = "de-DE", Dark = true });
        var page = reader.Page;
        await reader.GoAsync(live.Status("london") + "/de/subscribe/");
        // Good enough for a browser, not for us.
        await page.GetByLabel("E-Mail-Adresse").FillAsync("anna@localhost");
        await page.GetByRole(AriaRole.Button, new() { Name = "Störungen mitteilen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Das ist keine Mail-Adresse, an die wir schreiben können.");
        await Expect(page.GetByLabel("E-Mail-Adresse")).ToHaveValueAsync("anna@localhost");
        await reader.FaultlessAsync();
    }

    [Fact]
    public async Task A_command_deletes_an_address_that_another_site_took()
    {
        await using var reader = await chromium.OpenAsync();
        var page = reader.Page;
        await reader.GoAsync(live.Status("london"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Tell me of incidents" }).ClickAsync();
        await page.GetByLabel("E-mail address").FillAsync("tom@example.net");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tell me of incidents" }).ClickAsync();
        await reader.GoAsync((await MailAsync("tom@example.net", 1)).Link("/subscribe/confirm/"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, tell me" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You will be told", Level = 1 })).ToBeVisibleAsync();
        // Manchester has the address as soon as it has fetched it.
        for (int i = 0; i < 600 && await live.Sites.GetAsync("manchester", "/api/status/subscribers") is not "{\"subscribers\":1,\"missing\":0,\"waiting\":0}"; i++) await Task.Delay(100);
        Assert.Equal("1", await live.MeshAsync("manchester", "status", "forget", "tom@example.net", "--who", "miriam"));
        for (int i = 0; i < 600 && await live.Sites.GetAsync("london", "/api/status/subscribers") is not "{\"subscribers\":0,\"missing\":0,\"waiting\":0}"; i++) await Task.Delay(100);
        Assert.Contains("\"subscribers\":0", await live.Sites.GetAsync("london", "/api/status/subscribers"));
    }

    private static async Task Faultless(Reader reader, bool scripts)
    {
        if (!scripts) return;
        await reader.FitsAsync();
        await reader.FaultlessAsync();
    }

    private async Task<ReceivedMail> MailAsync(string to, int number)
    {
        for (int i = 0; i < 900 && live.Mail.Received.Count(m => m.To == to) < number; i++) await Task.Delay(100);
        return live.Mail.Received.Where(m => m.To == to).ElementAtOrDefault(number - 1) ?? throw new TimeoutException($"no mail {number} to {to}: {string.Join(" | ", live.Mail.Commands.TakeLast(9))}");
    }
}
