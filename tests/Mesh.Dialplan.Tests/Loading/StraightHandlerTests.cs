namespace Mesh.Dialplan.Tests.Loading;

/// <summary>Which handlers may run on the signalling loop: those that can neither block nor go round.</summary>
public sealed class StraightHandlerTests
{
    [Theory]
    [InlineData("""Extension("1", call => call.Dial(Sip("kitchen")));""")]
    [InlineData("""Extension("1", call => call.Dial(Sip("kitchen") & Sip("reception"), ringFor: 25.Seconds));""")]
    [InlineData("""Extension("1", async call => { if (await call.Dial(Person("301"), 1.5.Minutes)) return; await call.Reject(DialStatus.NoAnswer); });""")]
    [InlineData("""var open = Hours.Weekdays("09:00-17:30"); Extension("1", async call => { if (call.During(open) && await call.Dial("SIP/kitchen")) return; await call.Play("closed"); });""")]
    [InlineData("""Extension("1", async call => { var result = await call.Dial(Sip("kitchen")); if (result.Status == Busy) await call.Play("closed"); else await call.Hangup(); });""")]
    [InlineData("""Extension("1", async call => { switch (await call.Menu("welcome", "12")) { case '1': await call.Dial(Sip("kitchen")); break; default: await call.Goto("1"); break; } });""")]
    [InlineData("""Extension("1", call => call.Number == "1" ? call.Goto("1") : call.Dial(Trunk("magrathea", $"+44{call.Number}")));""")]
    [InlineData("""Extension("1", async call => { call.Note("from " + call.CallerNumber); await call.Dial(call.Number switch { "1" => Sip("kitchen"), _ => Sip("reception") }); });""")]
    [InlineData("""foreach (var n in new[] { "1", "2" }) Extension(n, call => call.Dial(Sip("kitchen")));""")]
    [InlineData("""Extension("1", call => { return call.Echo(); });""")]
    public void It_can_neither_block_nor_go_round(string plan) => Assert.True(Plan.Model(plan).FindExtension("1")!.IsStraight);

    [Theory]
    [InlineData("""Extension("1", async call => { while (true) { } });""")]
    [InlineData("""Extension("1", async call => { for (int i = 0; i < 3; i++) await call.Dial(Sip("kitchen")); });""")]
    [InlineData("""Extension("1", async call => { foreach (var n in new[] { 1, 2 }) await call.Dial(Sip("kitchen")); });""")]
    [InlineData("""Extension("1", async call => { again: await call.Dial(Sip("kitchen")); goto again; });""")]
    [InlineData("""Extension("1", async call => { try { await call.Dial(Sip("kitchen")); } finally { call.Note("over"); } });""")]
    [InlineData("""Task Ring(Call call) => call.Dial(Sip("kitchen")); Extension("1", call => Ring(call));""")]
    [InlineData("""Extension("1", async call => { Task Ring() => call.Dial(Sip("kitchen")); await Ring(); });""")]
    [InlineData("""Func<Call, Task> ring = call => call.Dial(Sip("kitchen")); Extension("1", ring);""")]
    [InlineData("""Func<Call, Task> ring = call => call.Dial(Sip("kitchen")); Extension("1", call => ring(call));""")]
    [InlineData("""Task Ring(Call call) => call.Dial(Sip("kitchen")); Extension("1", Ring);""")]
    [InlineData("""Extension("1", async call => { if (Enumerable.Range(0, 1000000000).Any(n => n < 0)) return; await call.Dial(Sip("kitchen")); });""")]
    [InlineData("""var all = Enumerable.Range(0, 1000000000).Select(n => n + 1); Extension("1", async call => { if (all.Count() > 3) await call.Dial(Sip("kitchen")); });""")]
    [InlineData("""var slow = new Lazy<string>(() => "kitchen"); Extension("1", call => call.Dial(Sip(slow.Value)));""")]
    [InlineData("""string Who { get { while (true) { } } } Extension("1", call => call.Dial(Sip(Who)));""")]
    [InlineData("""class Slow { public static implicit operator string(Slow s) { while (true) { } } } var slow = new Slow(); Extension("1", call => call.Dial(Sip(slow)));""")]
    [InlineData("""class Slow { public override string ToString() { while (true) { } } } var slow = new Slow(); Extension("1", call => call.Dial(Sip($"{slow}")));""")]
    [InlineData("""class Slow { public static bool operator !(Slow s) { while (true) { } } } var slow = new Slow(); Extension("1", async call => { if (!slow) await call.Hangup(); });""")]
    [InlineData("""Extension("1", async call => { if (call.During(Hours.Weekdays("09:00-17:30").In("Europe/London"))) await call.Dial(Sip("kitchen")); });""")]
    [InlineData("""Extension("1", async call => { object text = new string('x', 100000000); await call.Dial(Sip("kitchen")); });""")]
    [InlineData("""Extension("1", async call => { object o = call; call.Note("is " + o); await call.Hangup(); });""")]
    [InlineData("""Extension("1", call => call.Hangup()); Extension("2", async call => { while (true) { } });""")]
    public void It_may_or_it_cannot_be_told(string plan) => Assert.False(Plan.Model(plan).FindExtension("1")!.IsStraight);

    [Fact]
    public void The_place_is_that_of_the_definition()
    {
        var model = Plan.Model("""
            Extension("1",
                call => call.Dial(Sip("kitchen")));
            Extension("2", async call => { while (!await call.Dial(Sip("kitchen"))) { } });
            Inbound("+442079460123",
                call => call.Goto("1"));
            Otherwise(call => call.Reject(DialStatus.Unreachable));
            """);
        Assert.True(model.FindExtension("1")!.IsStraight);
        Assert.False(model.FindExtension("2")!.IsStraight);
        Assert.True(model.FindInbound("+442079460123")!.IsStraight);
        Assert.True(model.FindExtension("999999")!.IsStraight);
    }
}
