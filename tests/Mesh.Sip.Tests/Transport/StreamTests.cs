using System.Net.Sockets;
using System.Text;
using Mesh.Sip.Messages;
using Mesh.Sip.Tests.Endpoint;
using Mesh.Sip.Tests.Wire;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Tests.Transport;

/// <summary>SIP over real TCP connections on loopback.</summary>
public sealed class StreamTests
{
    private static byte[] Options(int number) => Encoding.UTF8.GetBytes(RawPeer.Request("OPTIONS", $"z9hG4bKo{number}", via: "SIP/2.0/TCP 10.0.0.9:5060", callId: $"o{number}"));

    [Fact]
    public async Task A_call_over_TCP_uses_one_connection_both_ways()
    {
        await using var a = new LiveNode("127.0.11.1");
        await using var b = new LiveNode("127.0.11.2");
        await a.Call(b, ";transport=tcp");
        await b.Until("acked");
        await a.Until("answered");
        Assert.Equal(TransportProtocol.Tcp, b.InvitedOver.Transport.Protocol);
        await b.On(() => { b.Session!.SendBye(); return 0; });
        await a.Until("ended FarEnd");
        Assert.Equal((1, 1), (a.Tcp.Connections, b.Tcp.Connections));
        Assert.Equal(0L, b.Tcp.Counters.Connected);
        Assert.Equal(0, await a.On(() => a.Endpoint.Dialogs.Count));
        Assert.Equal(0, await b.On(() => b.Endpoint.Dialogs.Count));
    }

    [Fact]
    public async Task Nobody_listening_fails_at_once()
    {
        await using var a = new LiveNode("127.0.11.3");
        await using var b = new LiveNode("127.0.11.4", withTcp: false);
        await a.Call(b, ";transport=tcp");
        await a.Until("failed 503");
        Assert.Equal(1L, a.Tcp.Counters.ConnectFailed);
        Assert.Equal(0, await a.On(() => a.Endpoint.Transactions.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_too_large_for_a_datagram_goes_over_TCP_if_that_is_there(bool withTcp)
    {
        await using var a = new LiveNode("127.0.11.5");
        await using var b = new LiveNode("127.0.11.6", withTcp: withTcp);
        await a.Call(b, headers: new HeaderLines().Add(HeaderName.Subject, new string('x', 1_400)));
        await a.Until("answered");
        Assert.Equal(withTcp ? TransportProtocol.Tcp : TransportProtocol.Udp, b.InvitedOver.Transport.Protocol);
        Assert.Equal((1L, withTcp ? 0L : 1L), (a.Endpoint.Metrics.SwitchedToStream, a.Endpoint.Metrics.SwitchedBack));
    }

    [Fact]
    public async Task Segments_split_anywhere_and_messages_merged_are_the_same_messages()
    {
        await using var b = new LiveNode("127.0.11.7");
        using var socket = await b.Connect();
        var reader = new ResponseReader(socket);
        foreach (byte octet in Options(1)) await socket.SendAsync(new[] { octet });
        Assert.Equal(200, await reader.NextFinal());
        await socket.SendAsync(Options(2).Concat(Options(3)).Concat(Options(4)).Concat("\r\n\r\n"u8.ToArray()).Concat(Options(5)).ToArray());
        for (int i = 0; i < 4; i++) Assert.Equal(200, await reader.NextFinal());
    }

    [Fact]
    public async Task A_message_that_never_becomes_whole_and_an_idle_connection_are_closed()
    {
        await using var b = new LiveNode("127.0.11.8", new StreamTransportOptions { IncompleteMessageMs = 100, IdleMs = 100 });
        using var half = await b.Connect();
        using var idle = await b.Connect();
        await half.SendAsync("OPTIONS sip:x SIP/2.0\r\nVia:"u8.ToArray());
        Assert.Equal(0, await new ResponseReader(half).NextFinal());
        Assert.Equal(0, await new ResponseReader(idle).NextFinal());
        Assert.Equal(2L, b.Tcp.Counters.TimedOutIdle + b.Tcp.Counters.TimedOutIncomplete);
    }

    [Fact]
    public async Task A_connection_beyond_the_limit_is_closed_and_counted()
    {
        await using var b = new LiveNode("127.0.11.9", new StreamTransportOptions { MaxConnections = 1 });
        using var first = await b.Connect();
        await first.SendAsync(Options(1));
        Assert.Equal(200, await new ResponseReader(first).NextFinal());
        using var second = await b.Connect();
        Assert.Equal(0, await new ResponseReader(second).NextFinal());
        Assert.Equal(1L, b.Tcp.Counters.RefusedAtLimit);
        await first.SendAsync(Options(2));
        Assert.Equal(200, await new ResponseReader(first).NextFinal());
    }

    [Fact]
    public async Task Every_torture_message_gets_its_outcome_on_a_stream_and_the_next_request_its_answer()
    {
        await using var b = new LiveNode("127.0.11.10", new StreamTransportOptions { IncompleteMessageMs = 150 });
        int number = 0;
        foreach (var row in Rfc4475Messages.All)
        {
            using var socket = await b.Connect();
            var reader = new ResponseReader(socket);
            await socket.SendAsync(row.Octets);
            if (!row.IsResponse && row.Stream != Rfc4475Stream.Waits)
            {
                int status = await reader.NextFinal();
                Assert.True(row.MayAnswer(status, senderIsTrusted: true) || (row.Stream == Rfc4475Stream.Closes && status == 400), $"{row}: {status}");
            }
            // Its second message counts five octets fewer than it has: two answers, and what is left cannot be framed.
            bool isDouble = row.Name == "dblreq";
            if (isDouble) Assert.NotEqual(0, await reader.NextFinal());
            bool staysOpen = row.Stream == Rfc4475Stream.StaysOpen && !isDouble;
            if (!staysOpen) Assert.Equal(0, await reader.NextFinal());
            using var other = staysOpen ? null : await b.Connect();
            await (other ?? socket).SendAsync(Options(++number));
            Assert.True(await (other is null ? reader : new ResponseReader(other)).NextFinal() == 200, $"after {row}");
        }
        Assert.Equal(0, b.Loop.Faults);
    }
}
