using Mesh.Dialplan.Loading;

namespace Mesh.Dialplan.Tests.Loading;

/// <summary>Each guard rail: what is refused, where, and that it says what to write instead. The place is marked by ‹ in the script.</summary>
public class RefusalTests
{
    [Theory]
    [InlineData("await call.Wait", "Extension(\"1\", async call => { System.Threading.Thread.‹Sleep(1000); await call.Answer(); });")]
    [InlineData("await call.Wait", "Extension(\"1\", async call => { await Task.‹Delay(1000); });")]
    [InlineData("one line of control", "Extension(\"1\", async call => { await Task.‹Run(() => 1); });")]
    [InlineData("one line of control", "Extension(\"1\", call => Task.‹Factory.StartNew(() => 1));")]
    [InlineData("Write await", "Extension(\"1\", async call => { if (call.‹Dial(Sip(\"kitchen\")).Result) return; await call.Answer(); });")]
    [InlineData("Write await", "Extension(\"1\", async call => { call.‹Answer().Wait(); await call.Answer(); });")]
    [InlineData("Write await", "Extension(\"1\", async call => { call.‹Answer().GetAwaiter().GetResult(); await call.Answer(); });")]
    [InlineData("Write await", "Task<int> Late() => Task.FromResult(1);\nExtension(\"1\", async call => { int i = Late().‹Result; await call.Answer(); });")]
    [InlineData("Write await", "Extension(\"1\", async call => { call.‹Answer(); await call.Play(\"welcome\"); });")]
    [InlineData("Write await", "Extension(\"1\", async call => { _ = call.‹Answer(); await call.Play(\"welcome\"); });")]
    [InlineData("Write await", "Extension(\"1\", async call => { var t = call.‹Answer(); await t; });")]
    [InlineData("Write await", "Extension(\"1\", call => { call.‹Answer(); return Task.CompletedTask; });")]
    [InlineData("Write await", "async Task Sorry(Call call) => await call.Play(\"closed\");\nExtension(\"1\", async call => { ‹Sorry(call); await call.Answer(); });")]
    [InlineData("async Task", "Extension(\"1\", call => { Action later = ‹async () => await call.Answer(); later(); return Task.CompletedTask; });")]
    [InlineData("async Task", "‹async void Sorry(Call call) { await call.Answer(); }\nExtension(\"1\", async call => { Sorry(call); await call.Answer(); });")]
    [InlineData("when (e is not CallEnded)", "Extension(\"1\", async call => { try { await call.Answer(); } ‹catch (Exception) { } });")]
    [InlineData("when (e is not CallEnded)", "Extension(\"1\", async call => { try { await call.Answer(); } ‹catch { } });")]
    [InlineData("when (e is not CallEnded)", "Extension(\"1\", async call => { try { await call.Answer(); } ‹catch (OperationCanceledException e) { call.Note(e.Message); } });")]
    [InlineData("Write var", "Extension(\"1\", async call => { ‹dynamic x = 1; await call.Wait(x); });")]
    [InlineData("mesh.yaml", "var lines = System.IO.‹File.ReadAllLines(\"x\");")]
    [InlineData("call.Dial", "var web = new System.Net.Http.‹HttpClient();")]
    [InlineData("call.Dial", "using System.Net.‹Http;\nvar web = new HttpClient();")]
    [InlineData("start programs", "System.Diagnostics.‹Process.Start(\"x\");")]
    [InlineData("the program that runs it", "Extension(\"1\", async call => { Environment.‹Exit(1); await call.Answer(); });")]
    [InlineData("call.Note", "‹Console.WriteLine(\"x\");")]
    [InlineData("call.UtcNow", "Extension(\"1\", async call => { if (DateTime.‹Now.Hour > 9) await call.Answer(); });")]
    [InlineData("the program that runs it", "var x = System.Reflection.‹Assembly.Load(\"x\");")]
    [InlineData("makes no threads", "var gate = new System.Threading.‹SemaphoreSlim(1);")]
    [InlineData("no call yet", "‹await Task.CompletedTask;")]
    [InlineData("order of their names", "‹#load \"other.csx\"")]
    [InlineData("library", "‹#r \"Other.dll\"")]
    public void Refused(string says, string marked)
    {
        var (script, line, column) = Marked(marked);
        var errors = Plan.Load(script).Errors;
        Assert.NotEmpty(errors);
        Assert.Contains(says, errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(("dialplan/a.csx", line, column), (errors[0].File, errors[0].Line, errors[0].Column));
    }

    [Theory]
    [InlineData("Extension(\"1\", async call => { try { await call.Answer(); } catch (Exception e) when (e is not CallEnded) { call.Note(e.Message); } });")]
    [InlineData("Extension(\"1\", async call => { try { await call.Answer(); } catch (Exception) { call.Note(\"gone\"); throw; } });")]
    [InlineData("Extension(\"1\", async call => { try { await call.Answer(); } catch (CallEnded) { throw; } catch (Exception e) { call.Note(e.Message); } });")]
    [InlineData("Extension(\"1\", async call => { try { await call.Answer(); } finally { call.Note(\"over\"); } });")]
    [InlineData("Extension(\"1\", async call => { try { int.Parse(call.Number); } catch (Exception) { call.Note(\"odd\"); } await call.Answer(); });")]
    [InlineData("Extension(\"1\", call => call.Number == \"1\" ? call.Answer() : call.Reject(Busy));")]
    [InlineData("Extension(\"1\", call => call.Number switch { \"1\" => call.Answer(), _ => call.Reject(NoAnswer) });")]
    [InlineData("async Task<bool> Try(Call call) => await call.Dial(Person(\"301\"));\nExtension(\"1\", async call => { if (!await Try(call)) await call.Reject(); });")]
    [InlineData("class Counter { public int Calls; }\nvar counter = new Counter();\nExtension(\"1\", async call => { System.Threading.Interlocked.Increment(ref counter.Calls); await call.Hangup(); });")]
    [InlineData("string? nothing = null;\nExtension(\"1\", async call => { call.Note(nothing!.ToUpper()); await call.Wait(1.5.Minutes); });")]
    [InlineData("using System.Text;\nExtension(\"1\", call => call.Play(\"wel\" + \"come\"));")]
    [InlineData("foreach (var n in new[] { \"301\", \"302\" }) Extension(n, call => call.Dial(Person(n)));")]
    [InlineData("Otherwise(call => call.Reject(Unreachable));\nInbound([\"020 7946 0123\", \"_0207946XXXX\"], call => call.Goto(\"anything\"));")]
    public void Allowed(string script)
    {
        var outcome = Plan.Load(script);
        Assert.True(outcome.IsLoaded, string.Join('\n', outcome.Errors));
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public void EveryErrorOfEveryFileAtOnce()
    {
        var errors = Plan.Load(
            "Extension(\"1\", call => call.Play(\"welcom\"));\nExtension(\"2\", call => call.Dail(Sip(\"kitchen\")));",
            "Extension(\"3\", call => call.Dial(Sip(\"kichen\")));").Errors;
        Assert.Equal(
        [
            ("dialplan/a.csx", 1, 34, "Did you mean welcome?"),
            ("dialplan/a.csx", 2, 29, "Did you mean Dial?"),
            ("dialplan/b.csx", 1, 38, "Did you mean kitchen?"),
        ], errors.Select(e => (e.File, e.Line, e.Column, e.Hint)));
    }

    internal static (string Script, int Line, int Column) Marked(string marked)
    {
        int at = marked.IndexOf('‹', StringComparison.Ordinal);
        string before = marked[..at];
        int line = before.Count(c => c == '\n') + 1;
        return (marked.Remove(at, 1), line, at - before.LastIndexOf('\n'));
    }
}
