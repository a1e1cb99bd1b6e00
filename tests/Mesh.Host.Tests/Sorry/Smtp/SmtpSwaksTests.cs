using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Tests.Sorry.Smtp;

/// <summary>swaks writes to domains that are down.</summary>
public class SmtpSwaksTests
{
    // swaks: 6 is a connection that ended, 21 an error in the greeting, 24 no recipient accepted.
    [Theory]
    [InlineData("127.62.1.1", SorryAnswer.Defer, false, 24, "450 4.3.2 down.example: moving house (until ")]
    [InlineData("127.62.1.2", SorryAnswer.Defer, true, 24, "450 4.3.2 down.example: moving house (until ")]
    [InlineData("127.62.1.3", SorryAnswer.Closing, false, 6, "421 4.3.2 down.example: moving house (until ")]
    [InlineData("127.62.1.4", SorryAnswer.Reject, false, 24, "550 5.3.2 down.example: moving house")]
    [InlineData("127.62.1.5", SorryAnswer.Reject, true, 24, "550 5.3.2 down.example: moving house")]
    [InlineData("127.62.1.6", SorryAnswer.NoMail, false, 24, "556 5.1.10 down.example: moving house")]
    [InlineData("127.62.1.7", SorryAnswer.NeverMail, false, 24, "521 5.3.2 down.example: moving house")]
    [InlineData("127.62.1.8", SorryAnswer.NoMail, true, 24, "556 5.1.10 down.example: moving house")]
    public async Task A_client_is_told_what_the_domain_is_switched_to(string address, SorryAnswer answer, bool tls, int exitCode, string told)
    {
        await using var world = await SmtpWorld.StartAsync(address);
        await world.On("down.example", answer, "moving house");
        var (code, transcript) = await world.SwaksAsync([.. tls ? ["--tls"] : Array.Empty<string>(), "--pipeline", "--to", "bert@down.example"]);
        Assert.True(code == exitCode, $"{code}\n{transcript}");
        Assert.Contains(told, transcript);
        Assert.DoesNotMatch("(?m)^<.{3}354", transcript);
        Assert.Equal(tls ? 1 : 0, world.Server.Counters.Secured);
        if (tls) Assert.Contains("=== TLS started", transcript);
        var report = Assert.Single(world.Server.Report.Read());
        Assert.Equal(("down.example", "anna@else.example", "bert@down.example", told[..3]), (report.Domain, report.Rows[0].From, report.Rows[0].To, report.Rows[0].Code));
    }

    [Fact]
    public async Task Everybody_is_told_at_the_greeting()
    {
        await using var world = await SmtpWorld.StartAsync("127.62.1.9");
        await world.On("*", SorryAnswer.NeverMail);
        var (code, transcript) = await world.SwaksAsync("--to", "bert@down.example");
        Assert.True(code == 21, $"{code}\n{transcript}");
        Assert.Contains("521 sorry.example does not accept mail", transcript);
    }

    [Fact]
    public async Task A_switch_is_in_force_for_the_next_transaction_of_a_session_that_is_open()
    {
        await using var world = await SmtpWorld.StartAsync("127.62.1.10");
        using var socket = await world.ConnectAsync();
        async Task<string> Say(string line, string stop)
        {
            await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(line));
            return await SmtpWorld.ReadAsync(socket, stop);
        }
        await SmtpWorld.ReadAsync(socket, "220");
        await Say("EHLO a\r\n", "250 ");
        Assert.Contains("451 4.4.4", await Say("MAIL FROM:<>\r\nRCPT TO:<b@down.example>\r\n", "4.4.4"));
        await world.On("down.example", SorryAnswer.Defer);
        Assert.Contains("450 4.3.2", await Say("RSET\r\nMAIL FROM:<>\r\nRCPT TO:<b@down.example>\r\n", "4.3.2"));
        Assert.Null(await world.Switches.OrderAsync("down.example", new SorryOrder { On = false, Channels = [SorryChannel.Smtp] }, "anna", ""));
        Assert.Contains("451 4.4.4", await Say("RSET\r\nMAIL FROM:<>\r\nRCPT TO:<b@down.example>\r\n", "4.4.4"));
        await Say("QUIT\r\n", "221");
    }
}
