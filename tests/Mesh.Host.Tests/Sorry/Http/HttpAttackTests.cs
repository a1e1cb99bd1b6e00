using System.Net.Sockets;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Tests.Sorry.Http;

/// <summary>Requests that two servers read differently: none gets a second answer on its connection.</summary>
public class HttpAttackTests
{
    private const string Hidden = "GET /hidden HTTP/1.1\r\nHost: b.example\r\n\r\n";

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 0\r\nContent-Length: 40\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 0, 40\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a.example\r\n folded: x\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\nHost: a.example\n\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a.example\nX: y\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a.example\rX: y\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a.example\r\nX: \0\r\n\r\n")]
    public async Task What_can_be_read_in_two_ways_is_refused_and_ends_the_connection(string request)
    {
        await using var world = await HttpWorld.StartAsync("127.62.4.1");
        string said = await world.RawAsync(request + Hidden);
        Assert.True(said.StartsWith("HTTP/1.1 400 Bad Request\r\n"), request + said);
        Assert.Single(said.Split("HTTP/1.1 ").Skip(1));
    }

    [Fact]
    public async Task What_follows_a_body_that_is_not_read_is_not_a_request()
    {
        await using var world = await HttpWorld.StartAsync("127.62.4.2");
        Assert.Single((await world.RawAsync($"POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: {Hidden.Length}\r\n\r\n{Hidden}{Hidden}")).Split("HTTP/1.1 503").Skip(1));
        // Kestrel reads a sign before a length; nothing comes of it.
        Assert.Single((await world.RawAsync($"POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: +4\r\n\r\nabcd{Hidden}")).Split("HTTP/1.1 503").Skip(1));
        Assert.Single((await world.RawAsync($"POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Hidden}")).Split("HTTP/1.1 503").Skip(1));
    }

    [Fact]
    public async Task Slow_connections_leave_room_for_good_ones()
    {
        await using var world = await HttpWorld.StartAsync("127.62.4.3", new HttpOptions { HeadTime = TimeSpan.FromSeconds(30) });
        var slow = new List<Socket>();
        for (int i = 0; i < 600; i++) slow.Add(await world.ConnectAsync($"127.62.{40 + i / 200}.{1 + i % 200}"));
        for (int i = 0; i < 150; i++)
            try { slow.Add(await world.ConnectAsync("127.62.50.1")); } catch (SocketException) { }
        foreach (var socket in slow)
            try { await socket.SendAsync("GET / HT"u8.ToArray()); } catch (SocketException) { }
        for (int i = 0; i < 200 && world.Responder.Counters.Of(HttpOutcome.Source) < 50; i++) await Task.Delay(50);
        Assert.Equal(50, world.Responder.Counters.Of(HttpOutcome.Source));
        int good = 0;
        for (int i = 0; i < 100; i++)
            if ((await world.AskAsync("GET", "/", "a.example")).StartsWith("HTTP/1.1 503")) good++;
        Assert.Equal(100, good);
        foreach (var socket in slow) socket.Dispose();
    }
}
