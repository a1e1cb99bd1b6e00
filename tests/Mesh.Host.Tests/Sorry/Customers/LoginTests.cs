using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Mesh.Host.Sorry.Customers;
using Mesh.Host.Sorry.Customers.Accounts;
using Mesh.Host.Sorry.Customers.Sessions;

namespace Mesh.Host.Tests.Sorry.Customers;

/// <summary>Guessing names, passwords and tokens.</summary>
public class LoginTests
{
    [Fact]
    public async Task A_name_there_is_and_one_there_is_not_are_answered_alike_and_take_as_long()
    {
        // Enough rounds to be seen above the noise of a slow machine.
        await using var world = await CustomerWorld.StartAsync("127.68.5.1", limits: CustomerWorld.Limits with { PasswordRounds = 60_000, WrongPerSource = 1_000, WrongPerAccount = 1_000 });
        using var browser = world.Browser();
        List<(string Name, double Ms)> times = [];
        string? first = null;
        for (int i = 0; i < 9; i++)
            foreach (string name in (string[])[CustomerWorld.Anna, "nobody", "no/name at all", new string('x', 300)])
            {
                long began = Stopwatch.GetTimestamp();
                using var answer = await browser.PostAsync("/login", CustomerWorld.Form(("name", name), ("password", "wrong-password-" + i)));
                times.Add((name, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
                Assert.Equal(first ??= await answer.Content.ReadAsStringAsync(), await answer.Content.ReadAsStringAsync());
                Assert.False(answer.Headers.Contains("Set-Cookie"));
            }
        var medians = times.GroupBy(t => t.Name).Select(g => g.Select(t => t.Ms).Order().ElementAt(4)).ToList();
        Assert.True(medians.Max() < 3 * medians.Min(), $"medians in ms: {string.Join(", ", medians.Select(m => m.ToString("0.0")))}");
        Assert.True(medians.Min() > 3, "no work is done for some of them");
        using var one = world.Program(CustomerWorld.Anna, "wrong");
        using var other = world.Program("nobody", "wrong");
        Assert.Equal(await (await one.GetAsync("/api")).Content.ReadAsStringAsync(), await (await other.GetAsync("/api")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task After_too_many_wrong_ones_a_source_waits_whatever_it_says_and_another_does_not()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.5.2", limits: CustomerWorld.Limits with { WrongPerSource = 4, WrongPerAccount = 100 });
        using var browser = world.Browser();
        for (int i = 0; i < 4; i++) Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(browser, $"nobody{i}", "wrong"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(browser, CustomerWorld.Anna, CustomerWorld.Password));
        using (var program = world.Program())
        {
            using var answer = await program.GetAsync("/api");
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 9, 10);
        }
        var other = new SocketsHttpHandler { AllowAutoRedirect = false };
        other.ConnectCallback = async (_, cancelled) =>
        {
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse("127.68.5.99").MapToIPv6(), 0));
            await socket.ConnectAsync(world.Listen.Bind.ToIPEndPoint(), cancelled);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        };
        using (var elsewhere = new HttpClient(other) { BaseAddress = new Uri(world.Url) })
        {
            elsewhere.DefaultRequestHeaders.Add("Origin", world.Url);
            Assert.Equal(HttpStatusCode.SeeOther, await TryAsync(elsewhere, CustomerWorld.Anna, CustomerWorld.Password));
        }
        world.Clock.Now += TimeSpan.FromMinutes(11);
        Assert.Equal(HttpStatusCode.SeeOther, await TryAsync(browser, CustomerWorld.Anna, CustomerWorld.Password));
        Assert.Equal((4, 2), (world.Office.Counters.Of(CustomerOutcome.WrongLogin), world.Office.Counters.Of(CustomerOutcome.TooManyLogins)));
    }

    [Fact]
    public async Task An_account_that_is_guessed_at_from_everywhere_waits_too_but_its_token_works()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.5.3", limits: CustomerWorld.Limits with { WrongPerSource = 1_000, WrongPerAccount = 5 });
        var (token, hash) = CustomerPasswords.NewToken();
        Assert.Null(await world.Office.Book.TokenAsync(CustomerWorld.Anna, hash, "anna", default));
        using var browser = world.Browser();
        for (int i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(browser, i % 2 == 0 ? "Anna" : "anna", "wrong"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(browser, CustomerWorld.Anna, CustomerWorld.Password));
        Assert.Equal(HttpStatusCode.SeeOther, await TryAsync(browser, "tom", CustomerWorld.Password + "-of-another"));
        using var program = world.Program(CustomerWorld.Anna, token);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api")).StatusCode);
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Contains(CustomerWorld.AnnasHost, await program.GetStringAsync("/api"));
    }

    [Fact]
    public async Task Right_passwords_do_not_count_as_wrong_ones()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.5.4", limits: CustomerWorld.Limits with { WrongPerSource = 2, WrongPerAccount = 2 });
        using var browser = world.Browser();
        for (int i = 0; i < 6; i++) Assert.Equal(HttpStatusCode.SeeOther, await TryAsync(browser, CustomerWorld.Anna, CustomerWorld.Password));
    }

    [Fact]
    public async Task A_token_is_shown_once_replaces_the_one_before_and_ends_with_the_password()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.5.5");
        var (browser, csrf) = await world.LogInAsync();
        string first = await TokenAsync(), second = await TokenAsync();
        Assert.DoesNotContain(second, await browser.GetStringAsync("/account"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ApiAsync(first));
        Assert.Equal(HttpStatusCode.OK, await ApiAsync(second));
        using (var toms = world.Program("tom", second)) Assert.Equal(HttpStatusCode.Unauthorized, (await toms.GetAsync("/api")).StatusCode);
        foreach (string wrong in (string[])["", "mesh-token-", "mesh-token-" + new string('0', 64), second[..^1], CustomerPasswords.HashOfToken(second)]) Assert.Equal(HttpStatusCode.Unauthorized, await ApiAsync(wrong));
        Assert.Null(await world.Office.Book.PasswordAsync(CustomerWorld.Anna, "another-password-entirely", "operator", "", default));
        Assert.Equal(HttpStatusCode.Unauthorized, await ApiAsync(second));
        // No password and no token as such is in the journal.
        string journal = string.Concat(world.Journal.Read(CustomerChange.Kind).Select(e => e.Body.GetRawText()));
        Assert.DoesNotContain(second, journal);
        Assert.DoesNotContain(CustomerWorld.Password, journal);

        async Task<string> TokenAsync()
        {
            using var answer = await browser.PostAsync("/account/token", CustomerWorld.Form(("csrf", csrf)));
            return (await answer.Content.ReadAsStringAsync()).Split("<code id=\"newtoken\">")[1].Split('<')[0];
        }

        async Task<HttpStatusCode> ApiAsync(string token)
        {
            using var program = world.Browser(own: false);
            program.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
            using var answer = await program.GetAsync("/api");
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YW5uYQ==")]
    [InlineData("Digest username=anna")]
    [InlineData("Bearer")]
    [InlineData("")]
    [InlineData("Basic //////8=")]
    public async Task A_header_that_is_none_is_refused_like_a_wrong_one(string header)
    {
        await using var world = await CustomerWorld.StartAsync("127.68.5.6");
        using var program = world.Browser(own: false);
        program.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        using var answer = await program.GetAsync("/api");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("do not belong together", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public void The_table_of_attempts_is_bounded_and_a_window_ends()
    {
        var clock = new HandClock();
        var limit = new AttemptLimit(2, TimeSpan.FromMinutes(1), clock, keys: 3);
        foreach (string key in (string[])["a", "a", "b", "c"])
        {
            Assert.True(limit.TryTake(key));
            clock.Now += TimeSpan.FromSeconds(1);
        }
        Assert.False(limit.TryTake("a"));
        Assert.InRange(limit.Wait("a").TotalSeconds, 55, 57);
        limit.GiveBack("a");
        Assert.True(limit.TryTake("a"));
        Assert.False(limit.TryTake("a"));
        // The fourth key pushes out the one heard of longest ago.
        Assert.True(limit.TryTake("d"));
        Assert.True(limit.TryTake("a"));
        clock.Now += TimeSpan.FromMinutes(2);
        Assert.True(limit.TryTake("b"));
    }

    private static async Task<HttpStatusCode> TryAsync(HttpClient browser, string name, string password)
    {
        using var answer = await browser.PostAsync("/login", CustomerWorld.Form(("name", name), ("password", password)));
        return answer.StatusCode;
    }
}
