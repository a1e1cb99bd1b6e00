using System.Text.Json;

namespace Mesh.Browser.Tests;

/// <summary>The page of a call, while it lives and afterwards.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LadderPageTests(Chromium chromium, LiveSites live)
{
    [Fact]
    public async Task A_call_is_read_live_and_after_by_keyboard_and_on_a_small_screen()
    {
        string folder = Directory.CreateDirectory(Path.Combine(live.Sites.Folder, "ladder")).FullName, desk = $"{LiveSites.Net}.21";
        using (var register = Sipp.Start("register", folder, "uac-register.xml", desk, 5060, null, $"{live.Sites.Host("london")}:5060", "-s", "desk", "-au", "desk", "-ap", TestPlan.Secret, "-m", "1", "-timeout", "20s"))
            Assert.Equal(0, await register.WaitAsync(TimeSpan.FromSeconds(30)));
        using var phone = Sipp.Start("desk", folder, "uas-phone-answers.xml", desk, 5060, new Dictionary<string, string> { ["DELAY"] = "8000" }, "-m", "1", "-timeout", "90s", "-mp", "6000");
        using var carrier = Sipp.Start("carrier", folder, "uac-carrier-call.xml", live.Sites.Carrier, 5060, null, $"{live.Sites.Host("london")}:5060", "-s", "442079460301", "-m", "1", "-timeout", "90s");
        string origin = await OriginAsync(), url = $"{live.Sites.Admin("manchester")}console/calls/{origin}";

        // Manchester has nothing to do with the call, and tells of it all the same.
        await using var reader = await chromium.OpenAsync();
        Assert.Equal(200, await reader.GoAsync(url));
        // However the call goes on a machine with too much to do: its end comes to the page by itself.
        await Expect(reader.Page.GetByText("The call is over")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await Expect(reader.Page.GetByText("plan.csx:2")).Not.ToHaveCountAsync(0);
        await Expect(reader.Page.GetByText("ACK sip:")).Not.ToHaveCountAsync(0);
        await reader.FaultlessAsync();
        await reader.FitsAsync();

        var invite = reader.Page.Locator("summary", new() { HasText = "INVITE sip:442079460301" }).First;
        await invite.FocusAsync();
        await reader.Page.Keyboard.PressAsync("Enter");
        await Expect(reader.Page.GetByText("From: \"Caller\"").First).ToBeVisibleAsync();

        foreach (bool dark in (bool[])[false, true])
        {
            await using var small = await chromium.OpenAsync(new() { Width = 390, Dark = dark });
            Assert.Equal(200, await small.GoAsync(url));
            await Expect(small.Page.GetByText("carrier to london:").First).ToBeVisibleAsync();
            await small.FitsAsync();
            await small.FaultlessAsync();
        }
    }

    private async Task<string> OriginAsync()
    {
        for (int i = 0; i < 150; i++)
        {
            if (await live.Sites.GetAsync("london", "/api/calls") is { } text)
            {
                using var calls = JsonDocument.Parse(text);
                foreach (var call in calls.RootElement.EnumerateArray()) return call.GetProperty("id").GetString()!;
            }
            await Task.Delay(200);
        }
        throw new TimeoutException($"London has no call\n{live.Sites.Logs()}");
    }
}
