namespace Mesh.Dialplan.Tests.Loading;

/// <summary>The slips the compiler finds, and the sentence added to its own.</summary>
public class CompilerMessageTests
{
    [Theory]
    [InlineData("", "var b = ‹;")]
    [InlineData("Did you mean Extension?", "‹Extention(\"1\", call => call.Answer());")]
    [InlineData("Did you mean mbloch?", "var mbloch = Sip(\"mbloch-desk\"); var ring = ‹mblohc & mbloch;")]
    [InlineData("Did you mean Answer?", "Extension(\"1\", call => call.‹Anwser());")]
    [InlineData("Did you mean Seconds?", "Extension(\"1\", call => call.Dial(Sip(\"kitchen\"), ringFor: 25.‹Second));")]
    [InlineData("begins with async", "Extension(\"1\", call => { ‹await call.Answer(); });")]
    [InlineData("Both sides of & are places", "Extension(\"1\", call => call.Dial(‹\"SIP/a\" & \"SIP/b\"));")]
    [InlineData("25.Seconds", "Extension(\"1\", call => call.Dial(Sip(\"kitchen\"), ringFor: ‹25));")]
    public void AHintForASlip(string hint, string marked)
    {
        var (script, line, column) = RefusalTests.Marked(marked);
        var errors = Plan.Load(script).Errors;
        var error = Assert.Single(errors, error => (error.Line, error.Column) == (line, column));
        Assert.Contains(hint, error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void AwaitForgottenInACondition()
    {
        var error = Plan.Error("Extension(\"1\", async call => { if (call.Dial(Sip(\"kitchen\"))) return; await call.Answer(); });");
        Assert.Contains("await is missing before call.Dial", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SyntaxErrorsNameTheFileTheyAreIn()
    {
        var error = Plan.Error("var a = 1;", "\n\nvar b = ;");
        Assert.Equal(("dialplan/b.csx", 3, 9), (error.File, error.Line, error.Column));
    }

    [Fact]
    public void TwoFilesThatDefineTheSameName()
    {
        var error = Plan.Error("var open = 1;", "var open = 2;");
        Assert.Contains("open", error.Message, StringComparison.Ordinal);
    }
}
