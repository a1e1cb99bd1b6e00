using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Trunking;

/// <summary>
/// Puts the voice of the calls to one address into shared datagrams (meta trunk frames, RFC 5456 section 8.1.3.2).
/// <para>
/// Calls to a peer belong to several media loops, and a lane per loop would send a half-filled datagram per loop and interval. So all fill one <see cref="TrunkDatagram"/>: a
/// thread claims room in it by one compare-and-swap, writes its entry, and goes on; whoever fills it puts an empty one in its place and sends it from its own thread. Nothing is
/// locked, posted or allocated, and no voice waits for the signalling loop but what is left over: the endpoint's loop sends a datagram when its first entry is
/// <see cref="TrunkOptions.IntervalMs"/> old, and if that loop is held up, the next voice that comes does.
/// </para>
/// <para>When every spare datagram is in the hands of a thread that was put aside, voice goes as mini frames: the memory is bounded, and nothing waits.</para>
/// </summary>
internal sealed class TrunkAssembler : IDeadlineOwner
{
    private const int Spares = 7, Attempts = 16, EmptyRoundsBeforeRest = 50;

    private readonly IaxEndpoint endpoint;
    private readonly TrunkDatagram?[] spare = new TrunkDatagram?[Spares];
    private readonly TrunkClock clock = new();
    private readonly Deadline overdue;
    private TrunkDatagram filling;
    private long generation;
    private int calls, emptyRounds;

    public TrunkAssembler(IaxEndpoint endpoint, NetAddress to, TrunkOptions options)
    {
        this.endpoint = endpoint;
        To = to;
        Options = options;
        overdue = new Deadline(this);
        filling = new TrunkDatagram(options.Mtu);
        filling.Open(++generation);
        for (int i = 0; i < Spares; i++) spare[i] = new TrunkDatagram(options.Mtu);
    }

    public NetAddress To { get; }

    public TrunkOptions Options { get; }

    /// <summary>Calls that told the peer their format and may be trunked.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>Enough calls to be worth it; or some wait already, and a mini frame would overtake them.</summary>
    private bool IsWorthwhile => Calls >= Options.LeastCalls || !Volatile.Read(ref filling).IsEmpty;

    /// <summary>
    /// Adds one frame of a call whose format the peer knows. False when it should go as a mini frame: too few calls, too long, or no room. <paramref name="lastIn"/> is the call's
    /// own note of where its last frame went. Any thread, for one call one at a time.
    /// </summary>
    public bool TryAdd(ushort sourceCall, ushort timestamp, ReadOnlySpan<byte> payload, ref long lastIn)
    {
        int length = (Options.WithTimestamps ? TrunkEntry.TimedHeaderLength : TrunkEntry.PlainHeaderLength) + payload.Length;
        // A stamp of 0 means that there is none.
        if (!IsWorthwhile || TrunkFrame.HeaderLength + length > Options.Mtu || (Options.WithTimestamps && timestamp == 0)) return false;
        long nowMs = endpoint.Loop.Clock.NowMs;
        for (int i = 0; i < Attempts; i++)
        {
            var datagram = Volatile.Read(ref filling);
            // Two frames of one call would have one stamp between them.
            if (!Options.WithTimestamps && lastIn == datagram.Generation && !TryReplace(datagram)) return false;
            switch (datagram.TryClaim(length, nowMs, out var entry))
            {
                case TrunkClaim.Closed: continue;
                case TrunkClaim.Full:
                    if (!TryReplace(datagram)) return false;
                    continue;
            }
            lastIn = datagram.Generation;
            TrunkEntry.Write(entry, Options.WithTimestamps, sourceCall, timestamp, payload);
            bool isComplete = datagram.Room < length || nowMs - datagram.OpenedMs >= Options.IntervalMs;
            if (datagram.Commit()) Send(datagram);
            else if (isComplete) TryReplace(datagram);
            Interlocked.Increment(ref endpoint.Counters.TrunkEntriesSent);
            return true;
        }
        return false;
    }

    /// <summary>A call told the peer its format. On the endpoint's loop.</summary>
    public void Join()
    {
        if (Interlocked.Increment(ref calls) < Options.LeastCalls || overdue.IsArmed) return;
        emptyRounds = 0;
        endpoint.Loop.Deadlines.Arm(overdue, Options.IntervalMs);
    }

    /// <summary>A call ends, and is about to say so: what it put here goes before. A receiver may misread a datagram with an entry of a call it has forgotten. On the endpoint's loop.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref calls);
        Flush();
    }

    /// <summary>Sends what waits, now.</summary>
    public void Flush()
    {
        var datagram = Volatile.Read(ref filling);
        if (!datagram.IsEmpty) TryReplace(datagram);
    }

    /// <summary>The peer is forgotten, or elsewhere. On the endpoint's loop.</summary>
    public void Stop()
    {
        Flush();
        endpoint.Loop.Deadlines.Disarm(overdue);
    }

    public void OnDeadline(Deadline deadline)
    {
        var datagram = Volatile.Read(ref filling);
        long dueInMs = Options.IntervalMs;
        if (datagram.OpenedMs is var opened && opened != long.MaxValue)
        {
            emptyRounds = 0;
            long age = endpoint.Loop.Clock.NowMs - opened;
            if (age >= Options.IntervalMs) TryReplace(datagram);
            else dueInMs = Options.IntervalMs - age;
        }
        // A thread that saw enough calls a moment ago may still add something when they are gone: so not at once.
        else if (Calls < Options.LeastCalls && ++emptyRounds > EmptyRoundsBeforeRest) return;
        endpoint.Loop.Deadlines.Arm(overdue, dueInMs);
    }

    /// <summary>Puts an empty datagram in the place of <paramref name="full"/> and sends that one, if nobody else has. False when there is no spare one.</summary>
    private bool TryReplace(TrunkDatagram full)
    {
        if (!ReferenceEquals(Volatile.Read(ref filling), full)) return true;
        if (TakeSpare() is not { } next) return false;
        next.Open(Interlocked.Increment(ref generation));
        if (!ReferenceEquals(Interlocked.CompareExchange(ref filling, next, full), full))
        {
            // Somebody who looked at it in an earlier use may have claimed room in it meanwhile.
            if (next.Close()) Send(next);
            return true;
        }
        // First replaced, then closed: nobody ever finds a closed one in place.
        if (full.Close()) Send(full);
        return true;
    }

    private void Send(TrunkDatagram datagram)
    {
        var octets = datagram.Octets;
        if (octets.Length > TrunkFrame.HeaderLength)
        {
            TrunkFrame.WriteHeader(octets, Options.WithTimestamps, clock.Stamp(endpoint.Loop.Clock.NowMs));
            endpoint.TransmitTrunk(octets, To);
        }
        GiveBack(datagram);
    }

    private TrunkDatagram? TakeSpare()
    {
        for (int i = 0; i < Spares; i++)
            if (Volatile.Read(ref spare[i]) is not null && Interlocked.Exchange(ref spare[i], null) is { } taken) return taken;
        return null;
    }

    private void GiveBack(TrunkDatagram datagram)
    {
        // There are as many places as datagrams that are not being filled, so one is always found.
        for (int i = 0; ; i = (i + 1) % Spares)
            if (Interlocked.CompareExchange(ref spare[i], datagram, null) is null) return;
    }
}
