using System.Diagnostics;
using Mesh.Dialplan.Loading;
using Mesh.Dialplan.Tests.Language;
using Xunit.Abstractions;

namespace Mesh.Dialplan.Tests.Loading;

public class DialplanCompilerTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("\nwhile (true) { }", 2)]
    [InlineData("int n = 0;\n\nfor (int i = 0; ; i++) n += i;", 3)]
    [InlineData("do ; while (true);", 1)]
    [InlineData("again:\ngoto again;", 2)]
    [InlineData("int Deep(int n) => n > 1 ? Deep(n - 1) + Deep(n - 2) : 1;\nvar x = Deep(60);", 1)]
    [InlineData("Func<int, int> deep = null!;\ndeep = n =>\n{ return n > 1 ? deep(n - 1) + deep(n - 2) : 1; };\nvar x = deep(60);", 3)]
    [InlineData("while (true)\n{ try { while (true) ; } catch { } }", 2)]
    public void ATopLevelThatNeverEndsIsStopped(string script, int line)
    {
        var compiler = new DialplanCompiler(new() { TopLevelSteps = 20_000, TopLevelBudget = TimeSpan.FromMinutes(1) });
        var error = Assert.Single(compiler.Compile([new("dialplan/a.csx", script)], DialplanNames.Unchecked).Errors);
        Assert.Contains("did not come to its end within 20000 steps", error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void AFunctionThatCallsItselfForEverDoesNotTakeTheProcessAlong()
    {
        var error = Plan.Error("\nint Deep(int n) { return Deep(n + 1) + 1; }\nvar x = Deep(0);");
        Assert.Equal(("A function calls itself without end", 2), (error.Message, error.Line));
    }

    [Fact]
    public void ATopLevelLostInCodeThatIsNotThePlansIsLeftBehind()
    {
        var compiler = new DialplanCompiler(new() { TopLevelBudget = TimeSpan.FromMilliseconds(100) });
        var error = Assert.Single(compiler.Compile([new("dialplan/a.csx", "var x = Enumerable.Repeat(0, int.MaxValue).Count(i => i > 0);")], DialplanNames.Unchecked).Errors);
        Assert.Contains("did not come to its end within 0.1 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHandlersStepsAreCountedWhereTheRunnerSetsABudget()
    {
        var model = Plan.Model("Extension(\"1\", async call =>\n{\n    await call.Answer();\n    while (true)\n        foreach (var n in new[] { 1, 2 }) if (n > 2) await call.Answer();\n});");
        var thrown = await Assert.ThrowsAsync<Mesh.Dialplan.Language.ScriptRanAway>(() =>
        {
            Mesh.Dialplan.Language.ScriptSteps.Within(new(10_000));
            return model.Call("1");
        });
        Assert.Equal(10_000, thrown.Steps);
    }

    [Fact]
    public void ABudgetIsRenewedButNotOnceExhausted()
    {
        var budget = new Mesh.Dialplan.Language.StepBudget(2);
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => budget.TrySpend()));
        budget.Renew();
        Assert.True(budget.TrySpend());
        budget.Exhaust();
        budget.Renew();
        Assert.False(budget.TrySpend());
    }

    [Fact]
    public async Task CountingStepsChangesNothingElse()
    {
        var model = Plan.Model("""
            int Twice(int n) => n * 2;
            void Say(Call call, string text) => call.Note(text);
            async Task Greet(Call call) => await call.Play("welcome");
            async Task<bool> Ring(Call call) => await call.Dial(Person("301"));
            IEnumerable<int> UpTo(int n) { for (int i = 0; i < n; i++) yield return i; }
            Call Never(Call call) => throw new InvalidOperationException();
            class Box(int start) { int value = start; public int Value { get { return value; } set => this.value = value; } public Box() : this(7) { } }
            Extension("1", async call =>
            {
                int n = 0;
                while (n < 2) n++;
                do n++; while (n < 4);
                foreach (int i in UpTo(3)) if (i == 1) continue; else n += i;
                foreach (var (a, b) in new[] { (1, 2) }) { n += a * b; }
                Func<int, int> add = i => { return i + n; };
                Say(call, $"{Twice(n)} {add(1)} {new Box().Value} {new[] { 1 }.Select(i => { return i + 1; }).Sum()}");
                await Greet(call);
                if (!await Ring(call)) await call.Hangup();
            });
            """);
        Assert.Equal(["Note 16 9 7 2", "Play welcome", "Dial PERSON/301 60", "Reject NormalClearing", "(ended)"], (await model.Call("1")).Log);
    }

    [Fact]
    public void Limits()
    {
        var compiler = new DialplanCompiler(new() { MaxFiles = 2, MaxSourceLength = 200, MaxEntries = 3, MaxErrors = 4 });
        Assert.Contains("at most 2 files", Error(compiler, "", "", ""), StringComparison.Ordinal);
        Assert.Contains("at most 200 characters", Error(compiler, new string(' ', 201)), StringComparison.Ordinal);
        Assert.Contains("at most 3 numbers", Error(compiler, "for (int i = 0; i < 4; i++) Extension($\"{i}\", call => call.Answer());"), StringComparison.Ordinal);
        var outcome = compiler.Compile([new("a.csx", string.Concat(Enumerable.Repeat("nope();\n", 9)))], DialplanNames.Unchecked);
        Assert.Equal(5, outcome.Errors.Count);
        Assert.Equal("and 5 more", outcome.Errors[^1].Message);
    }

    [Fact]
    public void NothingIsCheckedWhereNothingIsKnown()
    {
        var outcome = Plan.Compiler.Compile(
            [new("a.csx", "Extension(\"1\", call => call.Dial(Sip(\"a\") & Iax(\"b/1\") & Iax(\"c\") & Trunk(\"d\", \"1\") & Person(\"9\")));")], DialplanNames.Unchecked);
        Assert.True(outcome.IsLoaded, string.Join('\n', outcome.Errors));
    }

    [Fact]
    public void TheHashIsOfNamesAndTexts()
    {
        DialplanSource a = new("a.csx", "1"), b = new("b.csx", "2");
        string hash = DialplanCompiler.Hash([a, b]);
        Assert.Matches("^[0-9a-f]{12}$", hash);
        Assert.Equal(hash, DialplanCompiler.Hash([a with { }, b with { }]));
        Assert.Equal(6, new[] { hash, DialplanCompiler.Hash([b, a]), DialplanCompiler.Hash([a]), DialplanCompiler.Hash([a, b with { Text = "3" }]),
            DialplanCompiler.Hash([a with { File = "c.csx" }, b]), DialplanCompiler.Hash([new("a.csx", "15:b.csx1:2")]) }.Distinct().Count());
    }

    [Fact]
    public async Task WhatAHandlerMakesAtRunTimeIsNotCheckedThen()
    {
        var model = Plan.Model("Extension(\"_5XX\", async call => { await call.Dial(Sip($\"room-{call.Number}\")); await call.Dial(Iax(call.CallerName)); });");
        Assert.Equal(["Dial SIP/room-512 60", "Dial IAX2/A. Caller 60"], (await model.Call("512")).Log);
    }

    [Fact]
    public async Task ThePlanIsFixedOnceLoaded()
    {
        var model = Plan.Model("Extension(\"1\", call => { Extension(\"2\", c => c.Answer()); return Task.CompletedTask; });");
        var thrown = await Assert.ThrowsAsync<Mesh.Dialplan.Language.DialplanException>(() => model.Call("1"));
        Assert.Contains("fixed once it is loaded", thrown.Message, StringComparison.Ordinal);
        Assert.Null(model.FindExtension("2"));
    }

    [Fact]
    public async Task AFaultInAHandlerHasItsLine()
    {
        var model = Plan.Model("\nExtension(\"1\", async call =>\n{\n    await call.Answer();\n    int.Parse(call.Number + \"x\");\n});");
        var thrown = await Assert.ThrowsAsync<FormatException>(() => model.Call("1"));
        Assert.Contains(new StackTrace(thrown, true).GetFrames(), frame => frame.GetFileName() == "dialplan/a.csx" && frame.GetFileLineNumber() == 5);
    }

    [Fact]
    public async Task OtherwiseTakesWhatIsDialledButNothingFromOutside()
    {
        var model = Plan.Model("Otherwise(call => call.Reject(Unreachable));\nExtension(\"_3XX\", call => call.Answer());\nInbound(\"_0207946XXXX\", call => call.Goto(\"301\"));");
        Assert.Equal(["Reject DestinationOutOfOrder", "(ended)"], (await model.Call("999")).Log);
        Assert.Equal(["Answer"], (await model.Call("301")).Log);
        Assert.Null(model.FindInbound("+441619960600"));
        Assert.Equal("_0207946XXXX", model.FindInbound("02079460123")!.Pattern);
        Assert.Equal(["_3XX"], model.Extensions.Select(entry => entry.Pattern));
        Assert.Equal(("dialplan/a.csx", 1), (model.Otherwise!.File, model.Otherwise.Line));
    }

    [Fact]
    public async Task TheHomeCountryAndZoneAreSettings()
    {
        var berlin = new DialplanCompiler(new() { HomeCountry = "49", TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") });
        var model = berlin.Compile([new("a.csx", "Inbound(\"030 123456\", call => call.Answer());\nExtension(\"1\", call => call.During(Hours.Daily(\"12:00-13:00\")) ? call.Answer() : call.Reject());")], DialplanNames.Unchecked).Model!;
        Assert.NotNull(model.FindInbound("+4930123456"));
        Assert.Equal(["Answer"], (await model.Call("1", new FakeCallControl { UtcNow = new(2026, 6, 1, 10, 0, 0, TimeSpan.Zero) })).Log);
    }

    [Fact]
    public void Speed()
    {
        string script = string.Concat(Enumerable.Range(100, 10).Select(n => $"Extension(\"{n}\", async call => {{ if (await call.Dial(Sip(\"kitchen\"), ringFor: 20.Seconds)) return; await call.Voicemail(\"301\"); }});\n"));
        Plan.Model(script);
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < 5; i++) Plan.Model($"{script}// {i}");
        output.WriteLine($"a plan of 10 handlers: {clock.Elapsed.TotalMilliseconds / 5:0.0} ms");
    }

    private static string Error(DialplanCompiler compiler, params string[] files) =>
        Assert.Single(compiler.Compile([.. files.Select((text, i) => new DialplanSource($"{i}.csx", text))], DialplanNames.Unchecked).Errors).Message;
}
