namespace Mesh.Dialplan.Tests.Loading;

/// <summary>After which Dials a plan does nothing more: a call there may leave the site.</summary>
public sealed class LastDialTests
{
    [Theory]
    [InlineData("""Extension("1", call => call.Dial(Sip("kitchen")));""")]
    [InlineData("""Extension("1", async call => await call.Dial(Sip("kitchen")));""")]
    [InlineData("""Extension("1", async call => { await call.Dial(Sip("kitchen")); });""")]
    [InlineData("""Extension("1", async call => { await call.Dial(Sip("kitchen")); return; });""")]
    [InlineData("""Inbound("+442079460123", call => call.Dial("SIP/kitchen"));""")]
    [InlineData("""Otherwise(call => { return call.Dial(Sip("kitchen")); });""")]
    [InlineData("""Extension("1", async call => { if (await call.Dial(Sip("kitchen"))) return; await call.Play("closed"); });""")]
    [InlineData("""Extension("1", async call => { if ((await call.Dial(Sip("kitchen")))) { return; } await call.Play("closed"); });""")]
    [InlineData("""Extension("1", async call => { if (call.Number == "1" && await call.Dial(Sip("kitchen"))) return; await call.Play("closed"); });""")]
    [InlineData("""Extension("1", async call => { if (call.Number == "2") await call.Play("closed"); else await call.Dial(Sip("kitchen")); });""")]
    [InlineData("""Extension("1", async call => { switch (call.Number) { case "1": await call.Dial(Sip("kitchen")); break; default: await call.Play("closed"); break; } });""")]
    [InlineData("""Extension("1", async call => { await call.Play("closed"); { await call.Dial(Sip("kitchen")); } });""")]
    [InlineData("""foreach (var n in new[] { "1", "2" }) Extension(n, call => call.Dial(Sip("kitchen")));""")]
    public void Nothing_follows(string plan) => Assert.True(Plan.Model(plan).IsLastDial("dialplan/a.csx", 1));

    [Theory]
    [InlineData("""Extension("1", async call => { await call.Dial(Sip("kitchen")); await call.Play("closed"); });""")]
    [InlineData("""Extension("1", async call => { await call.Dial(Sip("kitchen")); call.Note("over"); });""")]
    [InlineData("""Extension("1", async call => { var result = await call.Dial(Sip("kitchen")); if (!result) await call.Play("closed"); });""")]
    [InlineData("""Extension("1", async call => { if (await call.Dial(Sip("kitchen"))) { call.Note("over"); return; } });""")]
    [InlineData("""Extension("1", async call => { if (await call.Dial(Sip("kitchen"))) call.Note("over"); });""")]
    [InlineData("""Extension("1", async call => { if (!await call.Dial(Sip("kitchen"))) return; await call.Play("closed"); });""")]
    [InlineData("""Extension("1", async call => { if (await call.Dial(Sip("kitchen")) && call.Number == "1") return; await call.Play("closed"); });""")]
    [InlineData("""Extension("1", async call => { foreach (var n in new[] { 1, 2 }) await call.Dial(Sip("kitchen")); });""")]
    [InlineData("""Extension("1", async call => { while (!await call.Dial(Sip("kitchen"))) { } });""")]
    [InlineData("""Extension("1", async call => { try { await call.Dial(Sip("kitchen")); } finally { call.Note("over"); } });""")]
    [InlineData("""Extension("1", async call => { try { if (await call.Dial(Sip("kitchen"))) return; } finally { call.Note("over"); } });""")]
    [InlineData("""Extension("1", async call => { if (await call.Dial(Sip("kitchen"))) return; await call.Dial(Sip("reception")); await call.Play("closed"); });""")]
    [InlineData("""async Task Ring(Call call) { await call.Dial(Sip("kitchen")); } Extension("1", async call => { await Ring(call); await call.Play("closed"); });""")]
    [InlineData("""Extension("1", async call => { async Task Ring() => await call.Dial(Sip("kitchen")); await Ring(); await call.Play("closed"); });""")]
    [InlineData("""Extension("1", async call => { Func<Task> ring = async () => await call.Dial(Sip("kitchen")); await ring(); await call.Play("closed"); });""")]
    public void Something_follows_or_it_cannot_be_told(string plan) => Assert.False(Plan.Model(plan).IsLastDial("dialplan/a.csx", 1));

    [Fact]
    public void The_place_is_the_one_a_running_Dial_gives()
    {
        var model = Plan.Model("""
            Extension("1", async call =>
            {
                if (await call
                    .Dial(
                        Sip("kitchen"),
                        ringFor: 5.Seconds)) return;
                await call.Dial(Sip("reception"), 5.Seconds);
                await call.Play("closed");
            });
            """, """
            Extension("2", call => call.Dial(Sip("kitchen")));
            """);
        var said = new List<(string File, int Line)>();
        foreach (string number in (string[])["1", "2"])
        {
            var control = new Language.FakeCallControl { OnDial = options => said.Add((options.File, options.Line)) };
            model.Call(number, control).GetAwaiter().GetResult();
        }
        Assert.Equal([("dialplan/a.csx", 4), ("dialplan/a.csx", 7), ("dialplan/b.csx", 1)], said);
        Assert.Equal([true, false, true], said.Select(place => model.IsLastDial(place.File, place.Line)));
    }
}
