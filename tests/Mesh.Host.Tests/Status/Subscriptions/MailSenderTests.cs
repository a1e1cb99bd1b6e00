using Mesh.Host.Status.Subscriptions;
using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Tests.Status.Subscriptions;

/// <summary>Who sends, when, and what happens when the relay or a site does not.</summary>
public class MailSenderTests
{
    [Fact]
    public async Task What_the_relay_did_not_take_waits_on_disk_and_goes_after_a_restart()
    {
        await using var world = new SubscriptionWorld("127.75.2.");
        var site = await world.StartAsync();
        world.Sink.Close();
        Assert.Equal(System.Net.HttpStatusCode.OK, await site.AskAsync("anna@example.net"));
        await SubscriptionWorld.UntilAsync(() => site.Counters.Now().Waiting == 1, () => "it does not wait");
        await site.DisposeAsync();
        world.Sink.Reopen();
        site = await world.StartAsync();
        Assert.Equal("anna@example.net", (await world.Sink.WaitAsync(1))[0].To);
        await SubscriptionWorld.UntilAsync(() => site.Counters.Now().Waiting == 0, () => "it waits still");
    }

    [Fact]
    public async Task A_relay_that_is_down_is_asked_again_after_a_while_and_nothing_is_lost()
    {
        await using var world = new SubscriptionWorld("127.75.2.");
        var site = await world.StartAsync();
        await site.SubscribeAsync(world.Sink, "anna@example.net");
        world.Sink.Close();
        var incident = await world.OpenAsync("First");
        await world.UpdateAsync(incident, "More of it.");
        await SubscriptionWorld.UntilAsync(() => Troubles(site) > 0, () => "the relay was not asked");
        long asked = Troubles(site);
        world.Sink.Reopen();
        world.Clock.Now += world.Limits.RetryAfter[0];
        var mails = await world.Sink.WaitAsync(3);
        Assert.Contains("More of it.", mails[2].Text);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task One_recipient_that_is_refused_or_put_off_holds_up_nobody()
    {
        await using var world = new SubscriptionWorld("127.75.2.");
        var site = await world.StartAsync();
        foreach (string who in (string[])["gone", "full", "anna", "tom"]) await site.SubscribeAsync(world.Sink, $"{who}@example.net");
        bool isFull = true;
        world.Sink.Recipient = to => to.StartsWith("gone", StringComparison.Ordinal) ? "550 5.1.1 no" : to.StartsWith("full", StringComparison.Ordinal) && isFull ? "452 4.2.2 full" : null;
        await world.OpenAsync("First");
        Assert.Equal(["anna@example.net", "tom@example.net"], (await world.Sink.WaitAsync(6)).Skip(4).Select(m => m.To).Order());
        await SubscriptionWorld.UntilAsync(() => site.Counters.Now().Waiting == 1, () => "nothing waits");
        Assert.Equal((1, 1), (site.Counters.Of(Delivery.Refused), site.Counters.Of(Delivery.Later)));

        isFull = false;
        world.Clock.Now += world.Limits.RetryAfter[0];
        Assert.Equal("full@example.net", (await world.Sink.WaitAsync(7))[6].To);
        await SubscriptionWorld.UntilAsync(() => site.Counters.Now().Waiting == 0, () => "it waits still");
    }

    [Fact]
    public async Task A_letter_that_breaks_the_connection_is_put_off_and_the_others_go_once()
    {
        await using var world = new SubscriptionWorld("127.75.2.");
        var site = await world.StartAsync();
        for (int i = 0; i < 6; i++) await site.SubscribeAsync(world.Sink, $"reader{i}@example.net");
        world.Sink.BreakAfter = 6 + 3;
        await world.OpenAsync("First");
        await SubscriptionWorld.UntilAsync(() => Troubles(site) == 1, () => "nothing broke");
        world.Sink.BreakAfter = null;
        world.Clock.Now += world.Limits.RetryAfter[0];
        Assert.Equal(6, (await world.Sink.WaitAsync(12)).Skip(6).Select(m => m.To).Distinct().Count());
        Assert.Equal(12, world.Sink.Received.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_sites_exactly_one_tells_each_change_whatever_they_think_of_each_other(bool seeEachOther)
    {
        await using var world = new SubscriptionWorld("127.75.2.") { IsAlive = _ => seeEachOther };
        var london = await world.StartAsync("london");
        var manchester = await world.StartAsync("manchester");
        for (int i = 0; i < 5; i++) await (i % 2 == 0 ? london : manchester).SubscribeAsync(world.Sink, $"reader{i}@example.net");
        await SubscriptionWorld.UntilAsync(() => manchester.Counters.Now() is { Subscribers: 5, Missing: 0 } && london.Counters.Now() is { Subscribers: 5, Missing: 0 }, () => "addresses are missing");

        for (int i = 0; i < 6; i++) await world.OpenAsync($"Incident {i}");
        await SubscriptionWorld.UntilAsync(() => Done(world) == 6, () => $"{Done(world)} told");
        Assert.Equal(5 + (6 * 5), world.Sink.Received.Count);
        Assert.Equal(30, world.Sink.Received.Skip(5).Select(m => (m.To, m.Subject)).Distinct().Count());
        // Both have a share, since the order of sites is another for each change.
        if (seeEachOther) Assert.Equal(30, london.Counters.Of(Delivery.Taken) + manchester.Counters.Of(Delivery.Taken) - 5);
    }

    [Fact]
    public async Task When_the_site_that_tells_dies_another_goes_on_where_it_was()
    {
        await using var world = new SubscriptionWorld("127.75.2.")
        {
            Limits = new() { LookEvery = TimeSpan.FromMilliseconds(50), SettleFor = TimeSpan.FromMilliseconds(200), MailsBetweenNotes = 2, TakeOverDeadAfter = TimeSpan.FromSeconds(1), AsksOfSource = 100 },
        };
        var sites = new Dictionary<string, SubscriptionSite> { ["london"] = await world.StartAsync("london"), ["manchester"] = await world.StartAsync("manchester") };
        for (int i = 0; i < 9; i++) await sites["london"].SubscribeAsync(world.Sink, $"reader{i}@example.net");
        await SubscriptionWorld.UntilAsync(() => sites["manchester"].Counters.Now().Missing == 0, () => "addresses are missing");

        world.Sink.HoldAfter = 9 + 5;
        await world.OpenAsync("First");
        await world.Sink.WaitAsync(9 + 5);
        string teller = world.Pages.All.First(e => e.Kind == TellingNote.Kind).Site;
        string other = teller == "london" ? "manchester" : "london";
        Assert.DoesNotContain(world.Pages.All, e => e.Kind == TellingNote.Kind && e.Site == other);
        world.IsAlive = s => s != teller;
        await sites[teller].DisposeAsync();
        world.Sink.Release();

        await SubscriptionWorld.UntilAsync(() => Done(world) == 1, () => "nobody took over");
        Assert.Equal(other, world.Pages.All.Last(e => e.Kind == TellingNote.Kind).Site);
        var told = world.Sink.Received.Skip(9).ToList();
        Assert.Equal(9, told.Select(m => m.To).Distinct().Count());
        // At least once: what the dead site sent since its last note comes twice, as the same letter.
        Assert.All(told.GroupBy(m => m.To), g => Assert.Single(g.Select(m => m.Headers["Message-ID"]).Distinct()));
        Assert.InRange(told.Count, 9, 9 + world.Limits.MailsBetweenNotes);
    }

    [Fact]
    public async Task An_end_at_one_site_is_an_end_at_all_and_what_a_dead_site_confirmed_is_fetched_when_it_is_back()
    {
        await using var world = new SubscriptionWorld("127.75.2.");
        var london = await world.StartAsync("london");
        await london.SubscribeAsync(world.Sink, "anna@example.net");
        await london.DisposeAsync();
        var manchester = await world.StartAsync("manchester");
        Assert.Equal((1, 1), (manchester.Counters.Now().Subscribers, manchester.Counters.Now().Missing));
        london = await world.StartAsync("london");
        await SubscriptionWorld.UntilAsync(() => manchester.Counters.Now().Missing == 0, () => "its address is missing");

        await world.OpenAsync("First");
        string end = (await world.Sink.WaitAsync(2))[1].Link("/subscribe/end/");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await manchester.SendAsync(HttpMethod.Post, end)).Status);
        Assert.Equal((0, 0), (london.Subscribers, manchester.Subscribers));
    }

    [Fact]
    public async Task Old_changes_are_no_news_and_later_subscribers_are_not_told_of_earlier_changes()
    {
        await using var world = new SubscriptionWorld("127.75.2.");
        await world.OpenAsync("Old");
        var site = await world.StartAsync();
        world.Clock.Now += TimeSpan.FromSeconds(1);
        await site.SubscribeAsync(world.Sink, "anna@example.net");
        world.Sink.Close();
        await world.OpenAsync("Missed");
        await SubscriptionWorld.UntilAsync(() => Troubles(site) == 1, () => "the relay was not asked");
        world.Clock.Now += world.Limits.TellWithin;
        world.Sink.Reopen();
        await world.OpenAsync("New");
        Assert.EndsWith("New", (await world.Sink.WaitAsync(2))[1].Subject);
        Assert.Equal(2, world.Sink.Received.Count);
    }

    private static int Done(SubscriptionWorld world) => world.Pages.All.Count(e => e.Kind == TellingNote.Kind && TellingNote.Read(e)!.IsDone);

    private static long Troubles(SubscriptionSite site) => site.Counters.Troubles;
}
