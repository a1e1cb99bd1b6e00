using Mesh.Dialplan.Tests.Language;

namespace Mesh.Dialplan.Tests.Loading;

/// <summary>Every verb says the line it stands in: a ladder that names a wrong one is worse than none.</summary>
public sealed class ScriptPlaceTests
{
    [Fact]
    public void Every_verb_names_its_line_whatever_stands_before_it()
    {
        var control = new FakeCallControl();
        control.Keys.Enqueue('1');
        Plan.Model("""
            // A comment, and an empty line.

            async Task Greet(Call call)
            {
                await call.Play("closed");
            }
            Extension("301", async call => {
                for (int i = 0; i < 2; i++) { await call.Wait(
                    1.Seconds); }
                await call.Answer(); await Greet(call);
                await call
                    .Menu("closed",
                        keys: "1");
                await call.Echo();
                await call.Goto("302");
            });
            Extension("302", call => call.Hangup());
            """).Call("301", control).GetAwaiter().GetResult();
        Assert.Equal([8, 8, 10, 5, 12, 14, 15], control.Places.Select(p => p.Line));
        Assert.All(control.Places, p => Assert.Equal("a.csx", Path.GetFileName(p.File)));
        Assert.Equal("a.csx:8", control.Places[0].ToString());
    }
}
