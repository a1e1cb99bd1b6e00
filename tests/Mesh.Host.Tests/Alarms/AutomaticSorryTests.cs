using Mesh.Host.Config.Model;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Tests.Alarms;

/// <summary>What belongs to a site that is gone is switched by those that live, and by nobody for anybody else.</summary>
public sealed class AutomaticSorryTests : IAsyncLifetime
{
    private const string Host = "www.london.example", Domain = "london.example", Number = "+442079460123";
    private static readonly string[] Living = ["manchester", "office", "offsite"];

    private readonly AlarmMesh mesh = new(
    [
        new SorryAutomaticConfig("london", [Host], [Domain], [Number], "london is gone", ""),
        new SorryAutomaticConfig("manchester", ["www.manchester.example"], [], [], "manchester is gone", ""),
    ], "london", "manchester", "office", "offsite");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await mesh.DisposeAsync();

    [Fact]
    public void Page_mail_and_announcement_come_within_ten_seconds_and_go_when_the_site_lives_again()
    {
        Assert.All(mesh.Sites.Values, s => Assert.Null(s.Answer(Host)));
        mesh["london"].Runs = false;
        mesh.Run(TimeSpan.FromSeconds(1.5));
        Assert.All(Living, s => Assert.Null(mesh[s].Answer(Host)));
        mesh.Run(TimeSpan.FromSeconds(3.5));
        foreach (string site in Living)
        {
            var (board, now) = (mesh[site].Switches.Board, mesh.Time.GetUtcNow());
            Assert.Equal("london is gone", mesh[site].Answer(Host));
            var mail = board.Find(SorryChannel.Smtp, Domain, now)!;
            Assert.Equal((SorryAnswer.Defer, site, "london is not reachable", "london"), (mail.Answer, mail.Who, mail.Why, mail.Automatic));
            Assert.InRange(mail.Until!.Value - now, TimeSpan.FromDays(3.9), TimeSpan.FromDays(4));
            Assert.Equal(SorryAnswer.Announce, board.FindCall(Number, "magrathea", now)!.Answer);
            Assert.Null(mesh[site].Answer("www.manchester.example"));
            Assert.Equal(3, board.Automatic.Count);
        }
        mesh["london"].Runs = true;
        mesh.Run(TimeSpan.FromSeconds(10));
        Assert.All(Living, s => Assert.Equal("london is gone", mesh[s].Answer(Host)));
        mesh.Run(TimeSpan.FromSeconds(10));
        NothingLasts();
    }

    [Fact]
    public void A_site_that_is_cut_off_switches_nothing_for_the_others()
    {
        mesh.Cut(["london"], Living);
        mesh.Run(TimeSpan.FromSeconds(6));
        Assert.All(Living, s => Assert.Equal(("london is gone", null), (mesh[s].Answer(Host), mesh[s].Answer("www.manchester.example"))));
        // What reaches it cannot be brought to manchester; what is its own it serves.
        Assert.Equal((null, "manchester is gone"), (mesh["london"].Answer(Host), mesh["london"].Answer("www.manchester.example")));
        mesh.Heal();
        for (int i = 0; i < 30; i++)
        {
            mesh.Run(TimeSpan.FromSeconds(1));
            Assert.All(Living, s => Assert.Null(mesh[s].Answer("www.manchester.example")));
        }
        NothingLasts();
    }

    [Fact]
    public void One_broken_path_switches_nothing_while_another_site_still_reaches_it()
    {
        mesh.Cut(["london"], ["office"]);
        mesh.Run(TimeSpan.FromMinutes(1));
        Assert.All(mesh.Sites.Values, s => Assert.Null(s.Answer(Host)));
        Assert.Equal(["site-london-1", "site-office-1"], mesh["manchester"].Drafts.Select(d => d.Id).Order());
    }

    [Fact]
    public void Of_two_halves_each_acts_for_what_reaches_it()
    {
        mesh.Cut(["london", "manchester"], ["office", "offsite"]);
        mesh.Run(TimeSpan.FromSeconds(6));
        Assert.All(["office", "offsite"], s => Assert.Equal("london is gone", mesh[s].Answer(Host)));
        Assert.All(["london", "manchester"], s => Assert.Null(mesh[s].Answer(Host)));
        mesh.Heal();
        mesh.Run(TimeSpan.FromMinutes(1));
        NothingLasts();
    }

    [Fact]
    public async Task A_persons_order_goes_before_what_a_site_does_by_itself()
    {
        await Order("*.london.example", new SorryOrder { On = true, Answers = [SorryAnswer.Page], Message = "anna says" });
        mesh["london"].Runs = false;
        mesh.Run(TimeSpan.FromSeconds(6));
        Assert.Equal("anna says", mesh["office"].Answer(Host));
        await Order("*.london.example", new SorryOrder { On = false, Channels = [SorryChannel.Http] });
        mesh.Run(TimeSpan.FromSeconds(1));
        Assert.All(Living, s => Assert.Equal("london is gone", mesh[s].Answer(Host)));
        // Off is an order too, until the site has lived and died again.
        await Order(Host, new SorryOrder { On = false, Channels = [SorryChannel.Http] });
        mesh.Run(TimeSpan.FromMinutes(1));
        Assert.All(Living, s => Assert.Null(mesh[s].Answer(Host)));
        Assert.All(Living, s => Assert.NotNull(mesh[s].Switches.Board.Find(SorryChannel.Smtp, Domain, mesh.Time.GetUtcNow())));
        mesh["london"].Runs = true;
        mesh.Run(TimeSpan.FromSeconds(40));
        mesh["london"].Runs = false;
        mesh.Run(TimeSpan.FromSeconds(6));
        Assert.All(Living, s => Assert.Equal("london is gone", mesh[s].Answer(Host)));

        async Task Order(string target, SorryOrder order) => Assert.Null(await mesh["office"].Switches.OrderAsync(target, order, "anna", ""));
    }

    [Fact]
    public void A_flapping_site_is_not_switched_back_and_forth()
    {
        int changes = 0;
        string? last = null;
        for (int i = 0; i < 120; i++)
        {
            mesh["london"].Runs = i % 6 >= 4;
            mesh.Run(TimeSpan.FromSeconds(1));
            if (mesh["office"].Answer(Host) is var now && now != last) (changes, last) = (changes + 1, now);
        }
        Assert.Equal((1, "london is gone"), (changes, last));
    }

    private void NothingLasts()
    {
        foreach (var site in mesh.Sites.Values)
        {
            Assert.Empty(site.Switches.Board.Automatic);
            Assert.Null(site.Answer(Host));
            Assert.Null(site.Answer("www.manchester.example"));
            Assert.False(site.Switches.Board.HasPhone);
            Assert.Empty(site.Drafts);
        }
    }
}
