using System.Text;
using Mesh.Dialplan.Calls;
using Mesh.Host.Ladders.Recording;
using Mesh.Io;
using Mesh.Io.Simulation;
using Mesh.Iax2.Wire;
using Mesh.Sip.Messages;
using Mesh.Sip.Transport;
using Mesh.Sip.Wire;

namespace Mesh.Host.Tests.Ladders;

/// <summary>What is recorded is bounded, and what found no room is counted.</summary>
public sealed class RecordingTests : IDisposable
{
    private static readonly NetAddress Far = NetAddress.Parse("127.0.0.9:5060"), Site = NetAddress.Parse("127.0.0.2:4569");
    private readonly SimulatedWorld world = new(1);
    private readonly Loop loop;
    private readonly UdpTransport transport;

    public RecordingTests()
    {
        loop = world.CreateLoop("site");
        transport = new UdpTransport(loop, NetAddress.Parse("127.0.0.1:5060"));
    }

    public void Dispose()
    {
        transport.Dispose();
        world.Dispose();
    }

    [Fact]
    public void Messages_of_every_size_come_back_as_they_were()
    {
        var pool = new BlockPool(1 << 20);
        var log = new MessageLog(pool, 1_000);
        var random = new Random(7);
        var said = new List<byte[]>();
        for (int length = 0; length < 3_000; length += random.Next(40))
        {
            said.Add(new byte[length]);
            random.NextBytes(said[^1]);
            log.Add(length, length % 2 == 0, (byte)(length % 3), Far.WithPort((ushort)length), said[^1]);
        }
        var read = MessageReader.Read(log.Copy());
        Assert.Equal(said, read.Select(m => m.Octets));
        Assert.All(read, m => Assert.Equal((m.Octets.Length, m.Octets.Length % 2 == 0, m.Octets.Length % 3, Far.WithPort((ushort)m.Octets.Length)), ((int)m.AtMicros, m.IsSent, (int)m.Way, m.Remote)));
        Assert.False(log.IsCut);
        log.Clear();
        Assert.Equal(0, pool.Used);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(700)]
    [InlineData(1_500)]
    public void Of_a_leg_that_says_too_much_the_beginning_and_the_end_are_kept(int octets)
    {
        var pool = new BlockPool(1 << 20);
        var log = new MessageLog(pool, 16);
        for (int i = 0; i < 5_000; i++) log.Add(i, true, 0, Far, Enumerable.Repeat((byte)i, octets).ToArray());
        Assert.InRange(pool.Used, 8, 16);
        Assert.True(log.IsCut);
        var read = MessageReader.Read(log.Copy());
        Assert.Equal((0L, 4_999L), (read[0].AtMicros, read[^1].AtMicros));
        Assert.All(read, m => Assert.Equal(Enumerable.Repeat((byte)m.AtMicros, octets), m.Octets));
        Assert.Equal(read.Select(m => m.AtMicros).Order(), read.Select(m => m.AtMicros));
        int gaps = read.Zip(read.Skip(1), (a, b) => b.AtMicros - a.AtMicros).Count(step => step != 1);
        Assert.Equal(1, gaps);
    }

    [Fact]
    public void The_call_that_ended_first_is_dropped_and_a_live_one_never()
    {
        var book = new LadderBook(loop, new LadderOptions { MaxCalls = 3 });
        var traces = Enumerable.Range(0, 6).Select(i => new CallTrace($"london-{i}", $"o{i}", 0, 10)).ToList();
        for (int i = 0; i < 3; i++) Say(book, traces[i], $"c{i}");
        Assert.Null(book.Begin(traces[3]));
        book.Over(traces[1]);
        book.Over(traces[0]);
        Say(book, traces[4], "c4");
        Assert.Equal([true, false, true, false, true, false], traces.Select(t => book.Find(t.OriginId) is not null));
        // It comes back here: what was said before is still its own, and its first end no longer counts.
        Say(book, new CallTrace("london-9", "o0", 0, 10), "c9");
        Assert.Equal(2, book.Find("o0")!.Legs.Count);
        Assert.Null(book.Begin(traces[5]));
        Assert.Equal((2, 1, 3), (book.Counters.CallsMissed, book.Counters.CallsDropped, book.Count));
        book.Sip.OnReceived(Message("c1", "BYE"), Octets("c1", "BYE"), Flow);
        Assert.Equal(5, book.Counters.Messages);
    }

    [Fact]
    public void What_was_dropped_is_used_again_and_nothing_of_before_is_left_in_it()
    {
        var book = new LadderBook(loop, new LadderOptions { MaxCalls = 1, MaxLegs = 1 });
        var first = new CallTrace("london-1", "o1", 0, 10);
        Say(book, first, "a", first);
        Say(book, first, "b", first);
        var call = book.Find("o1")!;
        var leg = call.Legs[0];
        Assert.Equal(1, call.LegsMissed);
        book.Over(first);
        // Three ends of which the last alone counts.
        book.Begin(first);
        book.Over(first);
        var second = new CallTrace("london-2", "o2", 0, 10);
        Say(book, second, "c");
        Assert.Same(call, book.Find("o2"));
        book.Sip.OnReceived(Message("d"), Octets("d"), Flow);
        Assert.Same(leg, book.Sip.Find("d"));
        Assert.Equal((0, 1, ""), (leg.Missed, leg.Log.Count, leg.Name));
        Assert.Equal((1, 0, 1), (call.Legs.Count, call.LegsMissed, call.Live));
        Assert.Same(second, call.Traces.Single());
        Assert.Null(book.Find("o1"));
        Assert.Null(book.Sip.Find("a"));
        // It is live: the ends of the call before say nothing of this one.
        Assert.Null(book.Begin(new CallTrace("london-3", "o3", 0, 10)));
        Assert.False(first.IsHeld);
    }

    [Fact]
    public void Memory_is_taken_from_refused_calls_first_then_from_ended_ones_and_never_beyond_the_bound()
    {
        var book = new LadderBook(loop, new LadderOptions { MaxOctets = 16 * 1_024, MaxUnclaimed = 4 });
        for (int i = 0; i < 20; i++) book.Sip.OnReceived(Message($"refused{i}"), Octets($"refused{i}"), Flow);
        Assert.Equal((4, 16), (book.BlocksUsed, book.Counters.UnclaimedDropped));
        var ended = new CallTrace("london-1", "o1", 0, 10);
        for (int i = 0; i < 12; i++) Say(book, new CallTrace($"london-{i}", "o1", 0, 10), $"e{i}", ended);
        book.Over(ended);
        Assert.InRange(book.BlocksUsed, 12, 16);
        var live = new CallTrace("london-2", "o2", 0, 10);
        for (int i = 0; i < 30; i++) Say(book, live, $"l{i}", live);
        Assert.True(book.Counters.MessagesMissed > 0);
        Assert.Equal(book.Counters.MessagesMissed, book.Find("o2")!.Legs.Sum(l => l.Missed));
        Assert.InRange(book.BlocksUsed, 1, 16);
    }

    [Fact]
    public void A_call_has_a_bounded_number_of_legs()
    {
        var book = new LadderBook(loop, new LadderOptions { MaxLegs = 2 });
        var trace = new CallTrace("london-1", "o1", 0, 10);
        for (int i = 0; i < 5; i++) Say(book, trace, $"c{i}", trace);
        var call = book.Find("o1")!;
        Assert.Equal((2, 3, 3L), (call.Legs.Count, call.LegsMissed, book.Counters.LegsMissed));
    }

    [Fact]
    public void Only_frames_from_where_a_call_is_are_its_own_and_a_number_used_again_is_another_call()
    {
        var book = new LadderBook(loop, new LadderOptions());
        var trace = new CallTrace("london-1", "o1", 0, 10);
        book.Iax.OnSent(Frame(IaxCommand.New, 500, 0), Site, 1);
        var leg = book.Iax.Find((ushort)500)!;
        book.Claim(book.Begin(trace)!, leg, "site", "manchester", false, null);
        book.Iax.OnReceived(Frame(IaxCommand.Accept, 77, 500), Site);
        book.Iax.OnReceived(Frame(IaxCommand.Hangup, 77, 500), NetAddress.Parse("127.0.0.99:4569"));
        book.Iax.OnSent(Frame(IaxCommand.Poke, 501, 0), Site, 2);
        Assert.Equal((2, 2), (leg.Log.Count, (int)book.Counters.Messages));
        book.Over(trace);
        book.Iax.OnSent(Frame(IaxCommand.New, 500, 0), Site, 3);
        Assert.NotSame(leg, book.Iax.Find((ushort)500));
        Assert.Equal(2, leg.Log.Count);
    }

    /// <summary>An INVITE of its own, claimed for the call.</summary>
    private void Say(LadderBook book, CallTrace trace, string callId, CallTrace? known = null)
    {
        book.Sip.OnReceived(Message(callId), Octets(callId), Flow);
        var call = known is not null && book.Find(known.OriginId) is { } already ? already : book.Begin(known ?? trace)!;
        if (book.Sip.Find(callId) is { } leg) book.Claim(call, leg, "phone", "desk", false, null);
    }

    private SipFlow Flow => new(transport, Far);

    private static SipMessage Message(string callId, string method = "INVITE")
    {
        Assert.True(SipParser.TryParse(Octets(callId, method), SipFraming.Datagram, SipParserOptions.Default, out var message, out _));
        return message;
    }

    private static byte[] Octets(string callId, string method = "INVITE") => Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(Recorded.Request($"{method} sip:b@127.0.0.1 SIP/2.0")).Replace("c@1", callId, StringComparison.Ordinal));

    private static byte[] Frame(IaxCommand command, ushort source, ushort destination)
    {
        var octets = new byte[FullFrame.HeaderLength];
        new FullFrame { SourceCall = source, DestinationCall = destination, Type = FrameType.Iax, SubclassOctet = (byte)command }.Write(octets);
        return octets;
    }
}
