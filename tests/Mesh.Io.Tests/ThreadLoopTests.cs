using System.Collections.Concurrent;

namespace Mesh.Io.Tests;

/// <summary>What can go wrong between threads only.</summary>
public sealed class ThreadLoopTests
{
    public static TheoryData<LoopKind> Real => LoopRig.Real;

    [Theory, MemberData(nameof(Real))]
    public void No_wake_up_is_lost(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        const int posters = 4, posts = 5_000;
        long ran = 0;
        var threads = Enumerable.Range(0, posters).Select(p => new Thread(() =>
        {
            var chance = new SeededChance((ulong)p);
            for (int i = 0; i < posts; i++)
            {
                using var heard = new ManualResetEventSlim();
                loop.Post(_ => { ran++; heard.Set(); });
                // Every post is waited for, so that the loop is falling asleep all the time; a lost one ends the test here.
                if (!heard.Wait(TimeSpan.FromSeconds(30))) return;
                Thread.SpinWait(chance.NextInt32(400));
            }
        })).ToArray();
        foreach (var t in threads) t.Start();
        foreach (var t in threads) t.Join();
        Assert.Equal(posters * posts, rig.On(loop, () => ran));
    }

    [Theory, MemberData(nameof(Real))]
    public void A_loop_that_never_waits_has_not_caught_up(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        long busyUntil = 0, before = -1, after = -1;
        void Again(object? _)
        {
            if (before < 0) (before, busyUntil) = (loop.CaughtUpMs, loop.Clock.NowMs + 50);
            if (loop.Clock.NowMs < busyUntil) loop.Post(Again);
            else Volatile.Write(ref after, loop.CaughtUpMs);
        }
        loop.Post(Again);
        rig.Until(() => Volatile.Read(ref after) >= 0);
        Assert.Equal(before, after);
        rig.Until(() =>
        {
            Thread.Sleep(5);
            return rig.On(loop, () => loop.CaughtUpMs) >= busyUntil;
        });
    }

    /// <summary>The one moment at which a wake-up can be lost: a post after the inbox was found empty and before the loop says it sleeps. The clock is read there.</summary>
    [Theory, MemberData(nameof(Real))]
    public void A_post_between_the_last_item_and_sleep_is_seen(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var time = new PostingTime();
        using var loop = rig.Create("loop", Loop.DefaultInboxCapacity, time);
        int ran = 0;
        time.OnRead = () =>
        {
            if (loop.IsCurrent && time.Reads <= 1_000) loop.Post(_ => Volatile.Write(ref ran, ran + 1));
        };
        loop.Start();
        loop.Post(_ => { });
        rig.Until(() => Volatile.Read(ref ran) == 1_000);
    }

    [Theory, MemberData(nameof(Real))]
    public void A_socket_closed_while_its_datagram_waits_is_passed_over_and_so_is_the_next_of_its_number(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        for (int round = 0; round < 50; round++)
        {
            var pair = new IDatagramSocket[2];
            var late = new Taker();
            IDatagramSocket? fresh = null;
            var first = new Taker((self, in _) =>
            {
                // Whichever comes first closes both; the number of the other is given to a new socket at once.
                foreach (var socket in pair) socket.Dispose();
                fresh ??= loop.Bind(LoopRig.Host, late, DatagramSocketOptions.Media);
            });
            rig.On(loop, () =>
            {
                for (int i = 0; i < 2; i++) pair[i] = loop.Bind(LoopRig.Host, first, DatagramSocketOptions.Media);
                // Both are ready before the loop looks again.
                foreach (var socket in pair) socket.TrySend([1], socket.Local);
            });
            rig.Until(() => first.Taken >= 1);
            rig.On(loop, () => { });
            Assert.Equal(1, first.Taken);
            Assert.Equal(0, late.Taken);
            fresh!.TrySend([2], fresh.Local);
            rig.Until(() => late.Taken == 1);
            fresh.Dispose();
        }
    }

    [Theory, MemberData(nameof(Real))]
    public void A_send_never_leaves_by_another_socket_however_often_sockets_close(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        int wrong = 0, right = 0;
        var sink = new Taker((_, in d) => { if (BitConverter.ToUInt16(d.Payload) == d.From.Port) right++; else wrong++; });
        var to = rig.CreateLoop("sink").Bind(LoopRig.Host, sink, DatagramSocketOptions.Signalling);
        var current = loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Media);
        bool over = false;
        var faults = new ConcurrentQueue<Exception>();
        var senders = Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            try
            {
                while (!Volatile.Read(ref over))
                {
                    var socket = Volatile.Read(ref current);
                    socket.TrySend(BitConverter.GetBytes(socket.Local.Port), to.Local);
                }
            }
            catch (Exception e) { faults.Enqueue(e); }
        })).ToArray();
        foreach (var s in senders) s.Start();
        for (int i = 0; i < (kind == LoopKind.Epoll ? 2_000 : 100); i++)
        {
            var next = loop.Bind(LoopRig.Host, null, DatagramSocketOptions.Media);
            Interlocked.Exchange(ref current, next).Dispose();
        }
        rig.Until(() => sink.Taken > 0);
        Volatile.Write(ref over, true);
        foreach (var s in senders) s.Join();
        Assert.Empty(faults);
        Assert.Equal(0, wrong);
    }

    [Theory, MemberData(nameof(Real))]
    public void A_loop_ends_from_any_thread_and_closes_its_sockets(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var fromOutside = rig.CreateLoop("outside");
        var socket = fromOutside.Bind(LoopRig.Host, null, DatagramSocketOptions.Signalling);
        fromOutside.Dispose();
        fromOutside.Dispose();
        Assert.False(socket.TrySend([1], LoopRig.Host.WithPort(9)));
        fromOutside.Post(_ => { });
        Assert.Throws<ObjectDisposedException>(() => fromOutside.Bind(LoopRig.Host, null, DatagramSocketOptions.Signalling));
        Assert.Throws<ObjectDisposedException>(fromOutside.Start);

        var fromItself = rig.CreateLoop("itself");
        var own = fromItself.Bind(LoopRig.Host, null, DatagramSocketOptions.Signalling);
        fromItself.Post(_ => fromItself.Dispose());
        rig.Until(() => !own.TrySend([1], own.Local));

        var neverStarted = rig.Create("never started");
        var bound = neverStarted.Bind(LoopRig.Host, null, DatagramSocketOptions.Signalling);
        neverStarted.Dispose();
        Assert.False(bound.TrySend([1], bound.Local));
    }

    [Theory, MemberData(nameof(Real))]
    public void A_datagram_longer_than_any_we_take_is_dropped_and_counted(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        var taker = new Taker();
        var socket = loop.Bind(NetAddress.Parse("[::1]:0"), taker, DatagramSocketOptions.Signalling);
        // UDP over IPv6 carries 20 octets more than over IPv4.
        Assert.True(socket.TrySend(new byte[Datagram.MaxPayload + 20], socket.Local));
        socket.TrySend([1], socket.Local);
        rig.Until(() => taker.Taken == 1);
        Assert.Equal(1, socket.Counters.Oversized);
    }

    [Theory, MemberData(nameof(Real))]
    public void Many_sockets_are_served_alike(LoopKind kind)
    {
        using var rig = new LoopRig(kind);
        var loop = rig.CreateLoop();
        // A socket of the portable loop has 64 KiB of its own: fewer will do.
        int count = kind == LoopKind.Epoll ? 3_000 : 200;
        var seen = new HashSet<ushort>();
        var taker = new Taker((s, in _) => seen.Add(s.Local.Port));
        var sockets = Enumerable.Range(0, count).Select(_ => loop.Bind(LoopRig.Host, taker, DatagramSocketOptions.Media)).ToArray();
        foreach (var socket in sockets) sockets[0].TrySend([1], socket.Local);
        rig.Until(() => taker.Taken == count);
        Assert.Equal(count, seen.Count);
    }

    /// <summary>The system's time; tells when it is read.</summary>
    private sealed class PostingTime : TimeProvider
    {
        public Action? OnRead { get; set; }

        public int Reads { get; private set; }

        public override long GetTimestamp()
        {
            if (OnRead is { } told)
            {
                Reads++;
                told();
            }
            return base.GetTimestamp();
        }
    }
}
