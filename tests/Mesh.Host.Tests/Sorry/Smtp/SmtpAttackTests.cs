using System.Net.Sockets;
using System.Text;
using Mesh.Host.Sorry.Smtp;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Tests.Sorry.Smtp;

/// <summary>What is sent to port 25 by those who mean no good, octet by octet.</summary>
public class SmtpAttackTests
{
    private const string Envelope = "EHLO a\r\nMAIL FROM:<s@else.example>\r\nRCPT TO:<b@down.example>\r\nDATA\r\n";
    private const string Second = "MAIL FROM:<forged@else.example>\r\nRCPT TO:<b@down.example>\r\nDATA\r\n";

    [Fact]
    public async Task The_smuggling_family_finds_no_message_to_hide_in()
    {
        await using var world = await SmtpWorld.StartAsync("127.62.2.1");
        await world.On("down.example", SorryAnswer.Defer);
        foreach (string end in (string[])["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r.\r\n", "\r\r\n.\r\r\n", "\r\n\0.\r\n", "\n\n.\n\n"])
        {
            string said = await world.RawAsync(Envelope + "Subject: x" + end + Second);
            Assert.Contains("450 4.3.2", said);
            Assert.DoesNotContain("354", said);
            // The connection ended at the first line that could be read in two ways: what was hidden behind it was never a command.
            Assert.EndsWith("421 4.5.2 lines end with CR LF, both, and hold neither\r\n", said);
            Assert.Single(said.Split("450 4.3.2").Skip(1));
        }
        Assert.Equal(9, world.Server.Counters.Refused(SmtpRefusal.BareLineEnd));
    }

    [Fact]
    public async Task A_client_that_sends_its_message_unasked_is_soon_shown_out()
    {
        await using var world = await SmtpWorld.StartAsync("127.62.2.2");
        await world.On("down.example", SorryAnswer.Defer);
        string said = await world.RawAsync(Envelope + string.Concat(Enumerable.Range(0, 30).Select(i => $"line {i} of a letter\r\n")) + ".\r\n");
        Assert.DoesNotContain("354", said);
        Assert.EndsWith("421 4.7.0 too many errors\r\n", said);
    }

    [Fact]
    public async Task Long_lines_end_the_connection_before_they_are_held()
    {
        await using var world = await SmtpWorld.StartAsync("127.62.2.3");
        Assert.EndsWith("421 4.5.2 the line is too long\r\n", await world.RawAsync("EHLO " + new string('a', 2000) + "\r\n"));
        Assert.EndsWith("421 4.5.2 the line is too long\r\n", await world.RawAsync(new string('a', 1024)));
        Assert.Contains("250 ENHANCEDSTATUSCODES", await world.RawAsync("EHLO " + new string('a', 1017) + "\r\nQUIT\r\n"));
        Assert.Equal(2, world.Server.Counters.Refused(SmtpRefusal.LongLine));
    }

    [Fact]
    public async Task What_is_sent_along_with_STARTTLS_is_not_taken_for_what_came_within_it()
    {
        await using var world = await SmtpWorld.StartAsync("127.62.2.4");
        string said = await world.RawAsync("EHLO a\r\nSTARTTLS\r\nMAIL FROM:<injected@else.example>\r\n");
        Assert.DoesNotContain("220", said);
        Assert.EndsWith("421 4.5.2 nothing may follow STARTTLS before TLS\r\n", said);
        // No TLS at all: the session ends, no thread is lost.
        await world.RawAsync("EHLO a\r\nSTARTTLS\r\n", "go ahead");
        await Until(() => world.Server.Counters.Live == 0);
    }

    [Fact]
    public async Task A_pipelined_flood_gets_its_replies_in_order_and_an_end()
    {
        await using var world = await SmtpWorld.StartAsync("127.62.2.5");
        await world.On("down.example", SorryAnswer.Reject);
        string said = await world.RawAsync("EHLO a\r\nMAIL FROM:<>\r\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"RCPT TO:<u{i}@down.example>\r\n")));
        Assert.Equal(world.Server.Options.Commands - 2, said.Split("550 5.3.2").Length - 1);
        Assert.Contains("421 4.7.0 too many commands", said);
        var report = Assert.Single(world.Server.Report.Read());
        Assert.Equal(world.Server.Options.Commands - 2, report.Tries);
        await Until(() => world.Server.Counters.Live == 0);
    }

    [Fact]
    public async Task One_that_never_reads_is_let_go()
    {
        await using var world = await SmtpWorld.StartAsync("127.62.2.6", new SmtpOptions { Commands = 100_000_000, SessionTime = TimeSpan.FromSeconds(2) });
        using var socket = await world.ConnectAsync();
        socket.ReceiveBufferSize = 4096;
        socket.SendTimeout = 3000;
        byte[] flood = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("NOOP\r\n", 10_000)));
        try
        {
            for (int i = 0; i < 2_000; i++) socket.Send(flood);
        }
        catch (SocketException) { }
        await Until(() => world.Server.Counters.Live == 0);
        Assert.Equal(1, world.Server.Counters.Refused(SmtpRefusal.Time));
    }

    [Fact]
    public async Task Octets_that_drip_do_not_lengthen_a_line()
    {
        await using var world = await SmtpWorld.StartAsync("127.62.2.7", new SmtpOptions { LineTime = TimeSpan.FromSeconds(1) });
        using var socket = await world.ConnectAsync();
        var drip = Task.Run(async () =>
        {
            try
            {
                for (int i = 0; i < 300; i++)
                {
                    await socket.SendAsync("N"u8.ToArray());
                    await Task.Delay(100);
                }
            }
            catch (SocketException) { }
        });
        string said = await SmtpWorld.ReadAsync(socket, "421");
        Assert.EndsWith("421 4.4.2 that took too long\r\n", said);
        socket.Close();
        try { await drip; } catch (ObjectDisposedException) { }
        Assert.Equal(1, world.Server.Counters.Refused(SmtpRefusal.Time));
    }

    [Fact]
    public async Task Slow_connections_from_many_places_leave_room_for_good_ones()
    {
        await using var world = await SmtpWorld.StartAsync("127.62.2.8");
        await world.On("down.example", SorryAnswer.Defer);
        var slow = new List<Socket>();
        for (int i = 0; i < 600; i++) slow.Add(await world.ConnectAsync($"127.62.{20 + i / 200}.{1 + i % 200}"));
        for (int i = 0; i < 100; i++) slow.Add(await world.ConnectAsync("127.62.30.1"));
        foreach (var socket in slow)
            try { await socket.SendAsync("EHL"u8.ToArray()); } catch (SocketException) { }
        await Until(() => world.Server.Counters.Refused(SmtpRefusal.Source) == 80);
        int good = 0;
        for (int i = 0; i < 100; i++)
            if ((await world.RawAsync("EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<b@down.example>\r\nQUIT\r\n", "221")).Contains("450 4.3.2")) good++;
        Assert.Equal(100, good);
        Assert.True(world.Server.Counters.Live >= 620, $"{world.Server.Counters.Live} live");
        foreach (var socket in slow) socket.Dispose();
        await Until(() => world.Server.Counters.Live == 0);
    }

    private static async Task Until(Func<bool> holds)
    {
        for (int i = 0; i < 400 && !holds(); i++) await Task.Delay(50);
        Assert.True(holds());
    }
}
