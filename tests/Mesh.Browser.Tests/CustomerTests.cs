using System.IO.Compression;
using System.Text;

namespace Mesh.Browser.Tests;

/// <summary>A customer whose site is down uploads a page of their own and switches it on.</summary>
[Collection(BrowserCollection.Name)]
public sealed class CustomerTests(Chromium chromium, LiveSites live)
{
    private const string Host = "shop.down.example";

    [Fact]
    [Trait(Pictures.Trait, Pictures.Docs)]
    public async Task A_page_is_uploaded_looked_at_switched_on_seen_by_visitors_and_switched_off()
    {
        string password = await live.MeshAsync("london", "sorry", "customer", "add", "anna", "--host", Host, "--who", "miriam");
        await using var customer = await chromium.OpenAsync(new() { Width = 1000 });
        await using var visitor = await chromium.OpenAsync();
        var page = customer.Page;
        await customer.GoAsync(live.Customers("london"));
        await customer.FaultlessAsync();
        await page.GetByLabel("Name").FillAsync("anna");
        await page.GetByLabel("Password").FillAsync("a wrong one");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await customer.FaultlessAsync();
        await page.GetByLabel("Name").FillAsync("anna");
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await customer.FaultlessAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = Host }).ClickAsync();
        await Expect(page.GetByText("Nothing has been uploaded yet.")).ToBeVisibleAsync();

        await page.GetByLabel("Files").SetInputFilesAsync(new FilePayload { Name = "page.zip", MimeType = "application/zip", Buffer = Zip() });
        await page.GetByLabel("Label (optional)").FillAsync("moving");
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Look at the preview");
        await customer.FitsAsync();
        await customer.FaultlessAsync();

        var preview = await page.Context.RunAndWaitForPageAsync(() => page.Locator("td a", new() { HasTextString = "Preview" }).ClickAsync());
        await Expect(preview.GetByRole(AriaRole.Heading, new() { Name = "We move house" })).ToBeVisibleAsync();
        await Expect(preview.Locator("h1")).ToHaveCSSAsync("color", "rgb(10, 20, 30)");
        await preview.CloseAsync();
        await visitor.GoAsync($"http://{Host}:8082/basket");
        await Expect(visitor.Page.GetByText($"{Host} cannot be reached at the moment")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Expect(page.GetByText("The sorry page is on.")).ToBeVisibleAsync();
        await customer.FaultlessAsync();
        await Pictures.TakeAsync(page, "customer", 900);
        Assert.Equal(503, await visitor.GoAsync($"http://{Host}:8082/basket"));
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "We move house" })).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("h1")).ToHaveCSSAsync("color", "rgb(10, 20, 30)");

        await page.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await Expect(page.GetByText("The sorry page is off.")).ToBeVisibleAsync();
        await visitor.GoAsync($"http://{Host}:8082/basket");
        await Expect(visitor.Page.GetByText($"{Host} cannot be reached at the moment")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "anna" }).ClickAsync();
        await customer.FaultlessAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Log in" })).ToBeVisibleAsync();
    }

    private static byte[] Zip()
    {
        using var octets = new MemoryStream();
        using (var zip = new ZipArchive(octets, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in (ReadOnlySpan<(string, string)>)[
                ("index.html", "<!doctype html><html lang=\"en\"><head><title>Moving</title><link rel=\"stylesheet\" href=\"style.css\"></head><body><main><h1>We move house</h1><p>Back at four.</p></main></body></html>"),
                ("style.css", "h1 { color: rgb(10, 20, 30) }")])
            {
                using var file = zip.CreateEntry(name).Open();
                file.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return octets.ToArray();
    }
}
