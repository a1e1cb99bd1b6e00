using System.Net.Sockets;
using Mesh.Host.Listening;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Sorry.Smtp;
using Mesh.Host.Sorry.Switches;
using Mesh.Host.Tests.Sorry.Http;
using Mesh.Host.Tests.Sorry.Smtp;

namespace Mesh.Host.Tests.Listening;

/// <summary>Threads, memory and room of public connections, on real sockets.</summary>
public class PublicSideTests
{
    [Fact]
    public async Task A_full_room_lets_a_good_client_in_and_a_slow_one_out()
    {
        await using var world = await HttpWorld.StartAsync("127.78.1.1", new HttpOptions { Connections = 50, HeadTime = TimeSpan.FromMinutes(1) });
        var slow = await SlowAsync(50, i => world.ConnectAsync($"127.78.2.{1 + i}"));
        for (int i = 0; i < 40; i++) Assert.StartsWith("HTTP/1.1 503", await world.AskAsync("GET", "/", "a.example"));
        await Until(() => slow.Count(IsEnded) >= 1);
        Assert.True(slow.Count(IsEnded) <= 41, "those that were not in the way were ended too");
        slow.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task A_full_room_says_421_to_the_slow_one_that_makes_room()
    {
        await using var world = await SmtpWorld.StartAsync("127.78.1.2", new SmtpOptions { Connections = 20 });
        await world.On("down.example", SorryAnswer.Defer);
        var slow = await SlowAsync(20, async i =>
        {
            var socket = await world.ConnectAsync($"127.78.3.{1 + i}");
            Assert.StartsWith("220", await SmtpWorld.ReadAsync(socket, "220"));
            return socket;
        });
        Assert.Contains("450 4.3.2", await world.RawAsync("EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<b@down.example>\r\nQUIT\r\n"));
        Assert.EndsWith("421 4.3.2 others are waiting, and nothing was said here for a while\r\n", await SmtpWorld.ReadAsync(slow[0], null));
        Assert.Equal(1, world.Server.Counters.Refused(SmtpRefusal.Crowded));
        slow.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task Memory_has_a_budget_and_the_slowest_give_way()
    {
        var shared = new PublicOptions { MemoryOctets = 2 * 1024 * 1024 };
        await using var world = await HttpWorld.StartAsync("127.78.1.3", new HttpOptions { HeadTime = TimeSpan.FromMinutes(1) }, shared: shared);
        // Heads that are never finished, of 12 KiB each: 400 of them would hold 8 MiB.
        byte[] head = System.Text.Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: a.example\r\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"X-{i}: {new string('x', 1000)}\r\n")));
        var slow = new List<Socket>();
        for (int i = 0; i < 400; i++)
        {
            var socket = await world.ConnectAsync($"127.78.4.{1 + i % 200}");
            slow.Add(socket);
            try { await socket.SendAsync(head); } catch (SocketException) { }
        }
        await Until(() => slow.Count(IsEnded) >= 200);
        // Nobody goes for nothing: fifty of them fit.
        Assert.True(slow.Count(s => !IsEnded(s)) >= 30, $"{slow.Count(IsEnded)} of 400 were ended");
        await Until(() => world.Side.Memory.Held <= shared.MemoryOctets + 64 * 1024);
        for (int i = 0; i < 20; i++) Assert.StartsWith("HTTP/1.1 503", await world.AskAsync("GET", "/", "a.example"));
        slow.ForEach(s => s.Dispose());
        await Until(() => world.Side.Memory.Held == 0);
    }

    [Fact]
    public async Task The_slow_are_ended_also_when_nobody_was_there_for_a_while()
    {
        await using var world = await HttpWorld.StartAsync("127.78.1.5", new HttpOptions { HeadTime = TimeSpan.FromMilliseconds(300) });
        for (int i = 0; i < 3; i++)
        {
            using var slow = await world.ConnectAsync();
            await slow.SendAsync("GE"u8.ToArray());
            await Until(() => IsEnded(slow));
            // Long enough for a sweep that finds nobody.
            await Task.Delay(3 * world.Side.Options.SweepEvery);
        }
    }

    [Fact]
    public async Task One_connection_has_so_many_requests_and_is_told()
    {
        await using var world = await HttpWorld.StartAsync("127.78.1.4", new HttpOptions { Requests = 10 });
        string said = await world.RawAsync(string.Concat(Enumerable.Repeat("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", 1000)));
        Assert.Equal(10, said.Split("HTTP/1.1 503").Length - 1);
        Assert.Equal(1, said.Split("Connection: close").Length - 1);
    }

    [Fact]
    public async Task Work_runs_on_its_own_threads_in_order_and_a_fault_ends_nothing()
    {
        using var threads = new PublicThreads(1);
        threads.Schedule(_ => throw new InvalidOperationException("a mistake"), null);
        var order = new List<int>();
        for (int i = 0; i < 100; i++)
        {
            int number = i;
            threads.Schedule(_ => order.Add(number), null);
        }
        await threads.NextTurn();
        Assert.Equal("public-0", Thread.CurrentThread.Name);
        Assert.Equal(Enumerable.Range(0, 100), order);
    }

    private static async Task<List<Socket>> SlowAsync(int count, Func<int, Task<Socket>> connect)
    {
        var slow = new List<Socket>();
        for (int i = 0; i < count; i++)
        {
            slow.Add(await connect(i));
            await slow[^1].SendAsync("GE"u8.ToArray());
        }
        return slow;
    }

    // Readable with nothing to read is the end of a stream.
    private static bool IsEnded(Socket socket)
    {
        try { return socket.Poll(0, SelectMode.SelectRead) && socket.Receive(new byte[4096]) == 0; }
        catch (SocketException) { return true; }
    }

    private static async Task Until(Func<bool> holds)
    {
        for (int i = 0; i < 400 && !holds(); i++) await Task.Delay(50);
        Assert.True(holds());
    }
}
