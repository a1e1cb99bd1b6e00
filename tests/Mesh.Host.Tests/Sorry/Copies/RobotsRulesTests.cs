using Mesh.Host.Sorry.Copies;

namespace Mesh.Host.Tests.Sorry.Copies;

public class RobotsRulesTests
{
    [Theory]
    // RFC 9309 section 5.2, the longest match.
    [InlineData("User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", false)]
    [InlineData("User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/", true)]
    // Section 2.2.2: of equal ones allow; escapes; an empty rule.
    [InlineData("User-agent: *\nDisallow: /p\nAllow: /p", "/p", true)]
    [InlineData("User-agent: *\nDisallow: /a/%7Euser", "/a/~user", false)]
    [InlineData("User-agent: *\nDisallow: /a/~user", "/a/%7euser", false)]
    [InlineData("User-agent: *\nDisallow: /\u00e4", "/%C3%A4", false)]
    [InlineData("User-agent: *\nDisallow: /a%2Fb", "/a/b", true)]
    [InlineData("User-agent: *\nDisallow:", "/x", true)]
    [InlineData("User-agent: *\nDisallow: /", "/robots.txt", true)]
    // Section 2.2.3.
    [InlineData("User-agent: *\nDisallow: *.gif$", "/a/b.gif", false)]
    [InlineData("User-agent: *\nDisallow: *.gif$", "/a/b.gif?x", true)]
    [InlineData("User-agent: *\nDisallow: /a/*/c", "/a/b/b/c/d", false)]
    [InlineData("User-agent: *\nDisallow: /a$", "/ab", true)]
    [InlineData("User-agent: *\nDisallow: /*?", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /*?", "/a?b", false)]
    [InlineData("User-agent: *\nDisallow: /a*a$", "/a", true)]
    // Section 2.2.1: our own groups, merged, in any case; those for all only when there is none of ours.
    [InlineData("User-agent: *\nDisallow: /\nUser-agent: mesh-sorry/1.0\nDisallow: /a", "/b", true)]
    [InlineData("User-agent: MESH-SORRY\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\nuser-agent: Mesh-Sorry\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: Mesh-Sorry\nUser-agent: other\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: Mesh-Sorry\n\nUser-agent: *\nDisallow: /", "/a", false)]
    [InlineData("User-agent: Mesh-Sorry-Not\nDisallow: /", "/a", true)]
    // Disorder: no group, comments, marks, other lines, other ends of lines.
    [InlineData("Disallow: /", "/a", true)]
    [InlineData("\ufeffUser-agent: * # all\r\nSitemap: /s\r\nDisallow: /a # b", "/a", false)]
    [InlineData("User-agent: *\rDisallow: /a", "/a", false)]
    public void The_longest_rule_of_our_group_decides(string robots, string path, bool allows) => Assert.Equal(allows, RobotsRules.Parse(robots).Allows(path));

    [Fact]
    public void A_delay_is_of_its_group_and_stars_cost_nothing()
    {
        Assert.Equal(TimeSpan.FromSeconds(2.5), RobotsRules.Parse("User-agent: *\nCrawl-delay: 9\nUser-agent: Mesh-Sorry\nCrawl-delay: 2.5\nDisallow:").CrawlDelay);
        Assert.Null(RobotsRules.Parse("User-agent: other\nCrawl-delay: 9").CrawlDelay);
        Assert.Null(RobotsRules.Parse("User-agent: *\nCrawl-delay: -1").CrawlDelay);
        // A pattern that would keep one who tries every way busy for ever.
        var hostile = RobotsRules.Parse("User-agent: *\nDisallow: /" + string.Concat(Enumerable.Repeat("*a", 200)) + "$");
        // Cut short, it forbids more.
        Assert.True(hostile.Allows("/" + new string('a', 19)));
        Assert.False(hostile.Allows("/" + new string('a', 199) + "b"));
        Assert.True(RobotsRules.Parse("User-agent: *\nDisallow: /\nAllow: /" + string.Concat(Enumerable.Repeat("*a", 21))).Allows("/robots.txt"));
        Assert.False(RobotsRules.Parse("User-agent: *\nDisallow: /\nAllow: /" + string.Concat(Enumerable.Repeat("*a", 21))).Allows("/" + new string('a', 21)));
        Assert.False(RobotsRules.DisallowAll.Allows("/"));
        Assert.True(RobotsRules.AllowAll.Allows("/"));
    }
}
