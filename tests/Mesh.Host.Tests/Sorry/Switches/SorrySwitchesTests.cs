using Mesh.Host.Journal;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Tests.Sorry.Switches;

public class SorrySwitchesTests
{
    private readonly HandClock clock = new();
    private readonly MemoryJournal journal;
    private readonly SorrySwitches switches;

    public SorrySwitchesTests()
    {
        journal = new MemoryJournal(clock);
        switches = new SorrySwitches(journal, clock);
    }

    [Theory]
    [InlineData("www.Example.ORG.", "www.example.org")]
    [InlineData("*.example.org", "*.example.org")]
    [InlineData("*", "*")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("_dmarc.example", "_dmarc.example")]
    [InlineData("", null)]
    [InlineData("*.*.example", null)]
    [InlineData("a..b", null)]
    [InlineData("-a.example", null)]
    [InlineData("a/b", null)]
    [InlineData("<script>", null)]
    [InlineData("a b", null)]
    [InlineData("a\r\nb", null)]
    public void A_target_has_one_spelling(string text, string? target) => Assert.Equal(target, SorryTarget.Parse(text));

    [Fact]
    public async Task The_most_specific_switch_in_force_answers()
    {
        await On("*", SorryAnswer.Page);
        await On("*.example.org", SorryAnswer.Close);
        await On("www.example.org", SorryAnswer.Reset);
        await On("*.deep.example.org", SorryAnswer.Found, o => o with { Location = "https://else.example/" });
        Assert.Equal(SorryAnswer.Reset, Http("www.example.org"));
        Assert.Equal(SorryAnswer.Close, Http("a.b.example.org"));
        Assert.Equal(SorryAnswer.Found, Http("x.deep.example.org"));
        Assert.Equal(SorryAnswer.Page, Http("example.org"));
        Assert.Null(switches.Board.Find(SorryChannel.Smtp, "www.example.org", clock.Now));
        await Off("www.example.org");
        Assert.Equal(SorryAnswer.Close, Http("www.example.org"));
    }

    [Fact]
    public async Task A_switch_comes_and_goes_by_the_clock()
    {
        await On("a.example", SorryAnswer.Page, o => o with { From = clock.Now.AddHours(1), Until = clock.Now.AddHours(2) });
        Assert.Null(Http("a.example"));
        clock.Now = clock.Now.AddHours(1);
        Assert.Equal(SorryAnswer.Page, Http("a.example"));
        clock.Now = clock.Now.AddHours(1);
        Assert.Null(Http("a.example"));
    }

    [Fact]
    public async Task What_another_site_ordered_is_in_force_when_it_arrives_and_sorts_by_its_time()
    {
        await On("a.example", SorryAnswer.Page);
        await Off("a.example");
        // Ordered at manchester before we switched off, heard of after: off stands. Ordered after: on.
        journal.Put(new JournalEntry("manchester", 1, clock.Now.AddMinutes(-1), SorryOrder.Kind, "a.example", "tom", "", new SorryOrder { On = true, Answers = [SorryAnswer.Reset] }.Write()));
        Assert.Null(Http("a.example"));
        journal.Put(new JournalEntry("manchester", 2, clock.Now.AddMinutes(1), SorryOrder.Kind, "a.example", "tom", "", new SorryOrder { On = true, Answers = [SorryAnswer.Reset] }.Write()));
        clock.Now = clock.Now.AddMinutes(2);
        Assert.Equal(SorryAnswer.Reset, Http("a.example"));
        Assert.Equal(("tom", "manchester"), (switches.Board.At(SorryChannel.Http, "a.example")!.Who, switches.Board.At(SorryChannel.Http, "a.example")!.Site));
    }

    [Fact]
    public void What_this_version_does_not_understand_is_passed_over()
    {
        foreach (string body in (string[])["{}", "[]", "1", "null", """{"on":true,"answers":["pigeon"]}""", """{"on":true,"answers":[3]}""", """{"on":"yes"}"""])
            journal.Put(new JournalEntry("offsite", 1, clock.Now, SorryOrder.Kind, "a.example", "x", "", System.Text.Json.JsonDocument.Parse(body).RootElement));
        Assert.Equal((7, 0), (switches.Board.Unreadable, switches.Board.Count));
    }

    [Fact]
    public async Task Orders_that_do_harm_are_refused_with_the_reason()
    {
        var soft = new SorryOrder { On = true, Answers = [SorryAnswer.Defer], Until = clock.Now.AddHours(1) };
        var hard = new SorryOrder { On = true, Answers = [SorryAnswer.Reject] };
        await Refused("a.example", soft with { Until = null }, "needs an end");
        await Refused("a.example", soft with { Until = clock.Now.AddDays(6) }, "within 5 days");
        await Refused("a.example", soft with { Until = clock.Now }, "over already");
        await Refused("a.example", soft with { From = clock.Now.AddHours(2) }, "before it begins");
        await Refused("not a host", hard, "the target is");
        await Refused("a.example", hard with { Answers = [] }, "what to answer");
        await Refused("a.example", hard with { Answers = [SorryAnswer.Reject, SorryAnswer.Defer] }, "one answer for each");
        await Refused("a.example", hard with { Message = "x\ny" }, "one line");
        await Refused("a.example", hard with { Message = new string('x', 401) }, "400 characters");
        await Refused("a.example", new SorryOrder { On = false }, "what to switch off");
        foreach (string location in (string[])["", "javascript:alert(1)", "/path", "ftp://a.example/", "https://u:p@a.example/", "https://a.example/\r\nX: y"])
            await Refused("a.example", new SorryOrder { On = true, Answers = [SorryAnswer.Found], Location = location }, location.Length == 0 ? "needs the address" : "leads to an http");
        Assert.Equal("say who orders it", await switches.OrderAsync("a.example", hard, "", ""));
    }

    [Fact]
    public async Task No_end_of_a_soft_answer_turns_into_a_hard_one()
    {
        await On("*.example", SorryAnswer.Reject);
        await Refused("a.example", new SorryOrder { On = true, Answers = [SorryAnswer.Defer], Until = clock.Now.AddHours(1) }, "*.example is rejected");
        await On("b.other", SorryAnswer.Defer, o => o with { Until = clock.Now.AddHours(1) });
        await Refused("*", new SorryOrder { On = true, Answers = [SorryAnswer.NoMail] }, "b.other is told to wait");
        // One that never takes mail beside others that wait is no mixture: each domain is told one thing.
        await On("*.wait", SorryAnswer.Defer, o => o with { Until = clock.Now.AddHours(1) });
        await On("dead.wait", SorryAnswer.NoMail);
    }

    [Fact]
    public async Task Before_the_fifth_day_of_waiting_it_is_warned_also_when_the_end_was_put_off()
    {
        var began = clock.Now;
        for (int day = 0; day < 4; day++)
        {
            await On("a.example", SorryAnswer.Defer, o => o with { Until = clock.Now.AddDays(2) });
            Assert.Empty(switches.Warnings);
            clock.Now = clock.Now.AddDays(1);
        }
        Assert.Equal(began, switches.Board.At(SorryChannel.Smtp, "a.example")!.Since);
        Assert.StartsWith("a.example: mail has been told to wait since 2026-03-02 12:00 UTC", Assert.Single(switches.Warnings));
        await Off("a.example");
        await On("a.example", SorryAnswer.Defer, o => o with { Until = clock.Now.AddDays(2) });
        Assert.Empty(switches.Warnings);
    }

    private SorryAnswer? Http(string host) => switches.Board.Find(SorryChannel.Http, host, clock.Now)?.Answer;

    private async Task On(string target, SorryAnswer answer, Func<SorryOrder, SorryOrder>? more = null)
    {
        Assert.Null(await switches.OrderAsync(target, (more ?? (o => o))(new SorryOrder { On = true, Answers = [answer] }), "anna", "moving"));
    }

    private async Task Off(string target) => Assert.Null(await switches.OrderAsync(target, new SorryOrder { On = false, Channels = [SorryChannel.Http, SorryChannel.Smtp] }, "anna", ""));

    private async Task Refused(string target, SorryOrder order, string why) => Assert.Contains(why, await switches.OrderAsync(target, order, "anna", ""));
}
