using System.Net;
using Mesh.Host.Admin.Access;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Tests.Admin;

public class AdminAccessTests
{
    private readonly ManualClock clock = new();

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", null, null, "localhost", null)]
    [InlineData("::1", "::1", null, null, "[::1]", null)]
    [InlineData("::ffff:127.0.0.5", "::ffff:127.0.0.1", null, null, "127.0.0.1", null)]
    [InlineData("192.0.2.1", "192.0.2.1", null, null, "192.0.2.1", null)]
    [InlineData("127.0.0.1", "127.0.0.1", null, null, "LONDON-PBX", null)]
    [InlineData("127.0.0.1", "127.0.0.1", null, null, "", null)]
    [InlineData("192.0.2.9", "192.0.2.1", null, null, "192.0.2.1", 403)]
    [InlineData("192.0.2.9", "192.0.2.1", "Bearer letmein", null, "192.0.2.1", 403)]
    [InlineData("192.0.2.9", "192.0.2.1", null, "letmein", "192.0.2.1", 401)]
    [InlineData("192.0.2.9", "192.0.2.1", "Bearer letmeout", "letmein", "192.0.2.1", 401)]
    [InlineData("192.0.2.9", "192.0.2.1", "Basic letmein", "letmein", "192.0.2.1", 401)]
    [InlineData("192.0.2.9", "192.0.2.1", "Bearer letmein", "letmein", "192.0.2.1", null)]
    [InlineData("192.0.2.9", "192.0.2.1", "Bearer letmein", "letmein", "mesh.example.org", null)]
    [InlineData("127.0.0.1", "127.0.0.1", null, null, "evil.example", 421)]
    [InlineData("127.0.0.1", "127.0.0.1", null, "letmein", "127.0.0.1.evil.example", 421)]
    [InlineData("127.0.0.1", "127.0.0.1", null, null, "localhost.evil.example", 421)]
    [InlineData("127.0.0.1", "127.0.0.1", "Bearer letmein", "letmein", "evil.example", null)]
    public void This_machine_under_its_own_name_and_the_token_are_let_in(string remote, string local, string? authorization, string? token, string host, int? status)
    {
        var access = new AdminAccess(token is null ? null : new Secret(token), new WrongTokens(clock, new AdminLimits()), "london-pbx");
        var pass = access.Judge(new AdminCaller(IPAddress.Parse(remote), IPAddress.Parse(local), authorization, host), out var why);
        Assert.Equal(status, pass is null ? access.Answer(why).Status : null);
    }

    [Fact]
    public void After_wrong_tokens_from_a_source_even_a_right_one_waits_and_other_sources_do_not()
    {
        var limits = new AdminLimits { WrongTokens = 3, WrongTokenWindow = TimeSpan.FromMinutes(1) };
        var access = new AdminAccess(new Secret("letmein"), new WrongTokens(clock, limits));
        for (int i = 0; i < 3; i++) Assert.Equal(AdminRefusal.Stranger, Why("192.0.2.9", "Bearer guess"));
        Assert.Equal(AdminRefusal.TooManyTries, Why("192.0.2.9", "Bearer letmein"));
        Assert.Null(Why("192.0.2.10", "Bearer letmein"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(Why("192.0.2.9", "Bearer letmein"));
        // One machine has a whole /64 to itself.
        for (int i = 0; i < 3; i++) Assert.Equal(AdminRefusal.Stranger, Why($"2001:db8::{i + 1}", "Bearer guess"));
        Assert.Equal(AdminRefusal.TooManyTries, Why("2001:db8::ffff", "Bearer letmein"));
        Assert.Null(Why("2001:db8:0:1::1", "Bearer letmein"));

        AdminRefusal? Why(string remote, string authorization) => access.Judge(new AdminCaller(IPAddress.Parse(remote), IPAddress.Parse("192.0.2.1"), authorization, "192.0.2.1"), out var why) is null ? why : null;
    }

    [Fact]
    public void Sources_of_wrong_tokens_are_remembered_within_a_limit()
    {
        var wrong = new WrongTokens(clock, new AdminLimits { WrongTokens = 1, WrongTokenSources = 10 });
        for (int i = 0; i < 100; i++)
        {
            wrong.Add(IPAddress.Parse($"192.0.2.{i}"));
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }
        Assert.Equal(10, Enumerable.Range(0, 100).Count(i => !wrong.MayTry(IPAddress.Parse($"192.0.2.{i}"))));
        Assert.False(wrong.MayTry(IPAddress.Parse("192.0.2.99")));
    }
}
