using System.Net;
using System.Text;
using Mesh.Host.Status.Subscriptions;
using Mesh.Scenarios;

namespace Mesh.Host.Tests.Status.Subscriptions;

/// <summary>From the form to the last mail, with the page and the mail server as readers know them.</summary>
public class SubscriptionTests
{
    [Fact]
    public async Task Nobody_is_told_before_a_button_was_pressed_and_a_scanner_that_opens_links_presses_none()
    {
        await using var world = new SubscriptionWorld("127.75.1.");
        var site = await world.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await site.AskAsync("Anna@Example.net", "de"));
        var letter = Assert.Single(await world.Sink.WaitAsync(1));
        Assert.Equal("Anna@example.net", letter.To);
        Assert.Contains("Störungsmeldungen bestätigen", letter.Subject);
        string link = letter.Link("/subscribe/confirm/");
        Assert.StartsWith(SubscriptionWorld.Url + "de/", link);
        Assert.DoesNotContain("anna", link, StringComparison.OrdinalIgnoreCase);

        // What guards mailboxes opens every link, some of it twice.
        foreach (var method in (HttpMethod[])[HttpMethod.Head, HttpMethod.Get, HttpMethod.Get])
            Assert.Equal(HttpStatusCode.OK, (await site.SendAsync(method, link)).Status);
        await world.OpenAsync("Before");
        Assert.Equal(0, site.Subscribers);

        var page = StatusScenes.Parse((await site.GetAsync(link)).Body);
        Assert.Equal("post", page.One("form").Get("method"));
        Assert.Contains("bestätigen", page.One("h1").Value);
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync(HttpMethod.Post, link)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync(HttpMethod.Post, link)).Status);
        Assert.Equal(1, site.Subscribers);
        await world.OpenAsync("After");
        Assert.EndsWith("After", (await world.Sink.WaitAsync(2))[1].Subject);
        Assert.Equal(2, world.Sink.Received.Count);
    }

    [Fact]
    public async Task Each_change_of_an_incident_is_one_mail_of_one_thread_and_says_only_what_is_public()
    {
        await using var world = new SubscriptionWorld("127.75.1.");
        var site = await world.StartAsync();
        await site.SubscribeAsync(world.Sink, "anna@example.net");
        await site.SubscribeAsync(world.Sink, "tom@example.net", "de");

        var incident = await world.OpenAsync("No calls\u2028to Zürich", "We **look** into it.\n.\nBcc: nobody");
        await world.UpdateAsync(incident, "It is the line.", "identified");
        await world.Desk.CloseAsync(world.Desk.Find(incident.Id)!, new("anna", "secret reason") { Text = "Mended." }, CancellationToken.None);
        var mails = (await world.Sink.WaitAsync(8)).Skip(2).ToList();

        var annas = mails.Where(m => m.To == "anna@example.net").ToList();
        Assert.Equal(3, annas.Count);
        Assert.Equal(3, mails.Count(m => m.To == "tom@example.net"));
        Assert.All(annas, m => Assert.Equal("Example Ltd status: No calls\u2028to Zürich", m.Subject));
        Assert.Contains("We **look** into it.\r\n.\r\nBcc: nobody", annas[0].Text);
        Assert.Contains($"{SubscriptionWorld.Url}en/incidents/{incident.Id}/", annas[0].Text);
        Assert.Contains("Identified", annas[1].Text);
        Assert.Contains("Mended.", annas[2].Text);
        Assert.Contains("Wird untersucht", mails.First(m => m.To == "tom@example.net").Text);
        Assert.All(mails, m => Assert.DoesNotContain("secret reason", m.Raw));

        string first = annas[0].Headers["Message-ID"];
        Assert.DoesNotContain("References", annas[0].Headers.Keys);
        Assert.All(annas.Skip(1), m => Assert.Equal((first, first), (m.Headers["References"], m.Headers["In-Reply-To"])));
        Assert.Equal(6, mails.Select(m => m.Headers["Message-ID"]).Distinct().Count());
        Assert.All(mails, m => Assert.Equal("auto-generated", m.Headers["Auto-Submitted"]));
    }

    [Fact]
    public async Task Drafts_and_what_was_said_of_them_are_mailed_to_nobody()
    {
        await using var world = new SubscriptionWorld("127.75.1.");
        var site = await world.StartAsync();
        await site.SubscribeAsync(world.Sink, "anna@example.net");
        var draft = await world.Desk.OpenAsync(new("alarm", "") { Title = "Perhaps", Text = "Two phones fewer.", State = "draft" }, CancellationToken.None);
        await world.UpdateAsync(draft, "It is nothing, I think.");
        await world.UpdateAsync(draft, "It is something.", "investigating");
        var mail = (await world.Sink.WaitAsync(2))[1];
        Assert.Contains("It is something.", mail.Text);
        await world.OpenAsync("Another");
        await world.Sink.WaitAsync(3);
        Assert.DoesNotContain(world.Sink.Received, m => m.Text.Contains("It is nothing") || m.Text.Contains("Two phones"));
    }

    [Fact]
    public async Task One_click_ends_it_and_the_address_is_gone_from_disk_and_was_never_in_the_journal()
    {
        await using var world = new SubscriptionWorld("127.75.1.");
        var site = await world.StartAsync();
        await site.SubscribeAsync(world.Sink, "anna@example.net");
        await site.SubscribeAsync(world.Sink, "tom@example.net");
        await world.OpenAsync("First");
        var mail = (await world.Sink.WaitAsync(4)).Last(m => m.To == "anna@example.net");
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        string end = mail.Headers["List-Unsubscribe"].Trim('<', '>');
        Assert.Contains(end, mail.Text);

        // Opening it asks only; the mail program's POST (RFC 8058) ends it, and so does a second one.
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync(end)).Status);
        Assert.Equal(2, site.Subscribers);
        for (int i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.OK, (await site.SendAsync(HttpMethod.Post, end, ("List-Unsubscribe", "One-Click"))).Status);
        Assert.Equal(1, site.Subscribers);
        await world.OpenAsync("Second");
        await world.Sink.WaitAsync(5);
        Assert.DoesNotContain(world.Sink.Received.Skip(4), m => m.To == "anna@example.net");

        Assert.Contains("tom@example.net", await OnDiskAsync(site));
        Assert.DoesNotContain("anna@", await OnDiskAsync(site));
        Assert.All(world.Pages.All, e => Assert.DoesNotContain("example.net", e.ToString() + e.Body));
    }

    [Fact]
    public async Task A_link_works_for_a_day_and_one_that_is_not_ours_never()
    {
        await using var world = new SubscriptionWorld("127.75.1.");
        var site = await world.StartAsync();
        await site.AskAsync("anna@example.net");
        string link = (await world.Sink.WaitAsync(1))[0].Link("/subscribe/confirm/");
        foreach (string forged in (string[])[link[..^4] + "AAA/", link.Replace("/confirm/", "/confirm/x"), SubscriptionWorld.Url + "en/subscribe/confirm/" + Convert.ToBase64String(new byte[90]).TrimEnd('=') + "/", SubscriptionWorld.Url + "en/subscribe/end/x/"])
            Assert.Equal(HttpStatusCode.NotFound, (await site.SendAsync(HttpMethod.Post, forged)).Status);
        // A link that begins does not end.
        Assert.Equal(HttpStatusCode.NotFound, (await site.SendAsync(HttpMethod.Post, link.Replace("/confirm/", "/end/"))).Status);

        world.Clock.Now += TimeSpan.FromHours(24) + TimeSpan.FromMinutes(1);
        Assert.Equal(HttpStatusCode.Gone, (await site.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await site.SendAsync(HttpMethod.Post, link)).Status);
        Assert.Equal(0, site.Subscribers);
    }

    [Fact]
    public async Task An_old_confirmation_does_not_bring_back_who_has_left()
    {
        await using var world = new SubscriptionWorld("127.75.1.");
        var site = await world.StartAsync();
        string confirm = (await site.SubscribeAsync(world.Sink, "anna@example.net")).Link("/subscribe/confirm/");
        await world.OpenAsync("First");
        string end = (await world.Sink.WaitAsync(2))[1].Link("/subscribe/end/");
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync(HttpMethod.Post, end)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await site.SendAsync(HttpMethod.Post, confirm)).Status);
        Assert.Equal(0, site.Subscribers);
        // But whoever asks again is let in again.
        await site.SubscribeAsync(world.Sink, "anna@example.net");
        Assert.Equal(1, site.Subscribers);
    }

    [Fact]
    public async Task Subscribing_twice_is_one_subscription_in_the_language_of_the_second()
    {
        await using var world = new SubscriptionWorld("127.75.1.");
        var site = await world.StartAsync();
        await site.SubscribeAsync(world.Sink, "anna@example.net");
        await site.SubscribeAsync(world.Sink, "ANNA@example.net", "de");
        Assert.Equal(1, site.Subscribers);
        await world.OpenAsync("First");
        Assert.Equal("de", (await world.Sink.WaitAsync(3))[2].Headers["Content-Language"]);
    }

    [Fact]
    public async Task Nobodys_mailbox_is_filled_by_others()
    {
        await using var world = new SubscriptionWorld("127.75.1.") { Limits = new() { LookEvery = TimeSpan.FromMilliseconds(50), AsksOfSource = 6, AsksOfAddress = 3, AsksInAll = 8 } };
        var site = await world.StartAsync();
        for (int i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, await site.AskAsync("anna@example.net"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await site.AskAsync("aNNa@example.net"));
        for (int i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, await site.AskAsync($"tom{i}@example.net"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await site.AskAsync("tom9@example.net"));
        Assert.Equal(2, site.Counters.Of(SubscriptionOutcome.TooMany));
        Assert.Equal(6, (await world.Sink.WaitAsync(6)).Count);

        // Other sources are not kept out, until there is too much in all.
        for (int i = 0; i < 3; i++)
            Assert.Equal(i < 2 ? SubscriptionOutcome.Asked : SubscriptionOutcome.TooMany, await site.Subscriptions.Desk.AskAsync($"uwe{i}@example.net", "", "en", IPAddress.Parse($"192.0.2.{i}")));
        world.Clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(HttpStatusCode.OK, await site.AskAsync("tom9@example.net"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await site.AskAsync("anna@example.net"));
    }

    [Theory]
    [InlineData("no address", 400)]
    [InlineData("anna@example.net\r\nBcc: tom@example.net", 400)]
    [InlineData("\"><script>alert(1)</script>@x", 400)]
    [InlineData("", 400)]
    public async Task What_is_no_address_is_said_beside_the_form_and_mailed_nowhere(string address, int status)
    {
        await using var world = new SubscriptionWorld("127.75.1.");
        var site = await world.StartAsync();
        var (got, body) = await site.SendAsync(HttpMethod.Post, "en/subscribe/", (SubscriptionForm.Address, address));
        Assert.Equal(status, (int)got);
        var page = StatusScenes.Parse(body);
        Assert.Equal("alert", page.All("p").Single(p => p.Get("id") == "fault").Get("role"));
        Assert.Equal(address.Replace("\r\n", "\n"), page.All("input").First().Get("value")!.Replace("\r\n", "\n"));
        Assert.Equal(1, site.Counters.Of(SubscriptionOutcome.BadAddress));
        Assert.Empty(world.Sink.Commands);
    }

    [Fact]
    public async Task A_robot_that_fills_in_every_field_is_thanked_and_forgotten()
    {
        await using var world = new SubscriptionWorld("127.75.1.");
        var site = await world.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await site.AskAsync("anna@example.net", trap: "https://pills.example"));
        Assert.Equal(1, site.Counters.Trapped);
        await site.SubscribeAsync(world.Sink, "tom@example.net");
        Assert.DoesNotContain(world.Sink.Received, m => m.To == "anna@example.net");
    }

    [Fact]
    public async Task An_operator_has_an_address_deleted_whose_owner_asked_for_it()
    {
        await using var world = new SubscriptionWorld("127.75.1.");
        var site = await world.StartAsync();
        await site.SubscribeAsync(world.Sink, "anna@example.net");
        await site.SubscribeAsync(world.Sink, "tom@example.net");
        Assert.Equal(1, await site.Subscriptions.Desk.EndAsync(SubscriptionWorld.Box("ANNA@example.net"), "miriam"));
        Assert.Equal(0, await site.Subscriptions.Desk.EndAsync(SubscriptionWorld.Box("anna@example.net"), "miriam"));
        Assert.Equal(1, site.Subscribers);
        Assert.Equal("miriam", world.Pages.All.Last().Who);
        Assert.DoesNotContain("anna@", await OnDiskAsync(site), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Subscribers_have_a_limit_that_is_said()
    {
        await using var world = new SubscriptionWorld("127.75.1.") { Limits = new() { LookEvery = TimeSpan.FromMilliseconds(50), Subscribers = 1 } };
        var site = await world.StartAsync();
        await site.SubscribeAsync(world.Sink, "anna@example.net");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await site.AskAsync("tom@example.net"));
        Assert.Equal(1, site.Counters.Of(SubscriptionOutcome.Full));
    }

    private static async Task<string> OnDiskAsync(SubscriptionSite site)
    {
        // What was deleted last is on its way to disk; then everything of it is in the one file.
        await site.DisposeAsync();
        return Encoding.Latin1.GetString(await File.ReadAllBytesAsync(site.File));
    }
}
