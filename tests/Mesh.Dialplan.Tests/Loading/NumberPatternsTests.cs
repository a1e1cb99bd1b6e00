using Mesh.Dialplan.Language;
using Mesh.Dialplan.Loading;

namespace Mesh.Dialplan.Tests.Loading;

public class NumberPatternsTests
{
    [Theory]
    [InlineData("301", "301", true)]
    [InlineData("301", "3010", false)]
    [InlineData("*98", "*98", true)]
    [InlineData("reception", "reception", true)]
    [InlineData("_2XX", "299", true)]
    [InlineData("_2XX", "2999", false)]
    [InlineData("_2xx", "200", true)]
    [InlineData("_ZX", "00", false)]
    [InlineData("_NX", "10", false)]
    [InlineData("_NX", "20", true)]
    [InlineData("_0[1-5].", "01", false)]
    [InlineData("_0[1-5].", "012", true)]
    [InlineData("_0[1-5].", "0612", false)]
    [InlineData("_0[135-7]X", "069", true)]
    [InlineData("_0[135-7]X", "049", false)]
    [InlineData("_9!", "9", true)]
    [InlineData("_9!", "999", true)]
    [InlineData("_9.", "9", false)]
    [InlineData("_.", "anything", true)]
    [InlineData("_0161-NXX-XXXX", "01612345678", true)]
    [InlineData("_*8X", "*87", true)]
    [InlineData("_XX", "1é", false)]
    public void Matches(string pattern, string number, bool matches) =>
        Assert.Equal(matches, NumberPatternReader.Extension(pattern).Matches(number));

    [Theory]
    [InlineData("_")]
    [InlineData("_2.X")]
    [InlineData("_2[13")]
    [InlineData("_2[]")]
    [InlineData("_2?")]
    [InlineData("2!")]
    [InlineData("3/1")]
    public void IsRefused(string pattern) => Assert.Throws<DialplanException>(() => NumberPatternReader.Extension(pattern));

    [Theory]
    [InlineData("301", "301")]
    [InlineData("302", "_30[1-3]")]
    [InlineData("304", "_30X")]
    [InlineData("314", "_3ZX")]
    [InlineData("3999", "_3.")]
    [InlineData("3", "_3!")]
    [InlineData("999", "_X.")]
    [InlineData("abc", "_.")]
    public void TheMostSpecificWins(string number, string pattern)
    {
        string[] all = ["_.", "_X.", "_3!", "_3.", "_3ZX", "_30X", "_30[1-3]", "301"];
        foreach (var order in new[] { all, [.. all.Reverse()], [.. all.Order(StringComparer.Ordinal)] })
            Assert.Equal(pattern, Table(order).Find(number)!.Pattern);
    }

    [Fact]
    public void PlacesToTheLeftCountFirst() => Assert.Equal("_1XX", Table("_X11", "_1XX").Find("111")!.Pattern);

    [Theory]
    [InlineData("301", "301", true)]
    [InlineData("_2XX", "_2xX", true)]
    [InlineData("_30[1]", "301", true)]
    [InlineData("_2[1-3]", "_2[3-5]", true)]
    [InlineData("_2[1-3]", "_2[4-6]", false)]
    [InlineData("_2[1-3]", "_2[3-6]", false)]
    [InlineData("_2.", "_2!", false)]
    [InlineData("_2.", "_3.", false)]
    public void Ambiguous(string first, string second, bool clashes)
    {
        int seen = 0;
        NumberPatterns.Of(Entries(first, second), (_, _) => seen++);
        Assert.Equal(clashes ? 1 : 0, seen);
    }

    [Theory]
    [InlineData("_0207946XXXX", "+442079460123", true)]
    [InlineData("_+44207946XXXX", "+442079460123", true)]
    [InlineData("_44207946XXXX", "+442079460123", true)]
    [InlineData("_0044207946XXXX", "+442079460123", true)]
    [InlineData("_X.", "+442079460123", true)]
    [InlineData("_.", "+442079460123", true)]
    [InlineData("_0161.", "+442079460123", false)]
    public void InboundPatternsAreE164(string pattern, string number, bool matches) =>
        Assert.Equal(matches, NumberPatternReader.Inbound(pattern, "44").Matches(number));

    private static NumberPatterns Table(params string[] patterns) => NumberPatterns.Of(Entries(patterns), (a, b) => Assert.Fail($"{a} and {b} clash"));

    private static IEnumerable<(NumberPattern, DialplanEntry)> Entries(params string[] patterns) =>
        patterns.Select(pattern => (NumberPatternReader.Extension(pattern), new DialplanEntry(pattern, _ => Task.CompletedTask, "", 0)));
}
