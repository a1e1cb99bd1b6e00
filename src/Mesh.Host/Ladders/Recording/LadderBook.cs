using Mesh.Dialplan.Calls;
using Mesh.Host.Legs;
using Mesh.Io;

namespace Mesh.Host.Ladders.Recording;

/// <summary>
/// What a site records of its calls: the messages of every leg as octets, the lines of the dialplan, the legs' voice. Nothing is read, formatted or made per message; memory comes from one
/// bounded pool, and the call that ended first is dropped for a new one. Signalling loop only.
/// <code>
/// 1. SipRecorder, IaxRecorder   keep the messages of every call, known or not
/// 2. OnBegun, OnLeg             say to which origin they belong
/// 3. OnOver                     keeps the quality of the legs; the call may be dropped from now on
/// </code>
/// </summary>
public sealed class LadderBook : ICallWatcher
{
    private readonly Loop loop;
    private readonly BlockPool pool;
    private readonly Dictionary<string, LadderCall> calls = new(StringComparer.Ordinal);
    private readonly Queue<(LadderCall Call, int End)> ended = new();
    private readonly LinkedList<LadderLeg> unclaimed = new();
    // What was dropped is used again: kept as long as it is, every collection would else move all of it.
    private readonly Stack<LadderCall> spareCalls = new();
    private readonly Stack<LadderLeg> spareLegs = new();

    public LadderBook(Loop loop, LadderOptions options)
    {
        (this.loop, Options) = (loop, options);
        pool = new BlockPool(options.MaxOctets);
        Sip = new SipRecorder(this, loop);
        Iax = new IaxRecorder(this, loop);
    }

    public LadderOptions Options { get; }

    public LadderCounters Counters { get; } = new();

    public SipRecorder Sip { get; }

    public IaxRecorder Iax { get; }

    public int Count => calls.Count;

    public int BlocksUsed => pool.Used;

    public LadderCall? Find(string origin) => calls.GetValueOrDefault(origin);

    void ICallWatcher.OnBegun(IncomingCall incoming, CallTrace trace)
    {
        if (Begin(trace) is { } call && LegOf(incoming.Caller) is { } leg) Claim(call, leg, KindName(incoming.Entry), incoming.From, isCaller: true, incoming.Caller);
    }

    void ICallWatcher.OnLeg(LegOrder order, ILeg leg)
    {
        var plan = order.Plan;
        if (calls.TryGetValue(order.OriginId, out var call) && LegOf(leg) is { } known)
            Claim(call, known, KindName(plan.Kind), plan.Kind == LegKind.Phone ? plan.Target : plan.Peer, isCaller: false, leg);
    }

    void ICallWatcher.OnOver(CallTrace trace) => Over(trace);

    /// <summary>A call begins, or comes back here; null when there is no room for it.</summary>
    public LadderCall? Begin(CallTrace trace)
    {
        if (CallOf(trace.OriginId) is not { } call) return null;
        call.Live++;
        call.Traces.Add(trace);
        trace.IsHeld = true;
        return call;
    }

    /// <summary>It is over: from now on it may be dropped.</summary>
    public void Over(CallTrace trace)
    {
        if (!calls.TryGetValue(trace.OriginId, out var call) || !call.Traces.Contains(trace) || --call.Live > 0) return;
        foreach (var leg in call.Legs)
        {
            if (leg.Source is { } source) leg.Quality = LegQuality.Of(source);
            leg.Source = null;
        }
        ended.Enqueue((call, ++call.Ends));
    }

    /// <summary>Those messages are of that call.</summary>
    /// <param name="source">Tells the quality of its voice.</param>
    public void Claim(LadderCall call, LadderLeg leg, string kind, string name, bool isCaller, object? source)
    {
        if (leg.Call is not null || leg.IsDropped) return;
        if (call.Legs.Count >= Options.MaxLegs)
        {
            call.LegsMissed++;
            Counters.LegsMissed++;
            return;
        }
        (leg.Call, leg.Kind, leg.Name, leg.IsCaller, leg.Source) = (call, kind, name, isCaller, source);
        Claimed(leg);
        call.Legs.Add(leg);
    }

    /// <summary>A leg nobody claims yet.</summary>
    public LadderLeg Open(LegProtocol protocol, ulong callId = 0, (NetAddress Address, ushort Number) caller = default)
    {
        if (!spareLegs.TryPop(out var leg)) leg = new LadderLeg(new MessageLog(pool, Options.MaxLegOctets / BlockPool.BlockOctets));
        leg.Begin(protocol, callId, caller);
        unclaimed.AddLast(leg.Waiting ??= new LinkedListNode<LadderLeg>(leg));
        if (unclaimed.Count > Options.MaxUnclaimed) DropUnclaimed();
        return leg;
    }

    /// <summary>Keeps a message, if need be in the place of an older call.</summary>
    public void Keep(LadderLeg leg, long atMicros, bool isSent, byte way, NetAddress remote, ReadOnlySpan<byte> octets)
    {
        int needed = MessageLog.BlocksFor(octets.Length);
        while (pool.Free < needed && !leg.IsDropped && DropOldest()) { }
        if (leg.IsDropped || pool.Free < needed)
        {
            leg.Missed++;
            Counters.MessagesMissed++;
            return;
        }
        leg.Log.Add(atMicros, isSent, way, remote, octets);
        leg.LastMicros = atMicros;
        Counters.Messages++;
    }

    private LadderCall? CallOf(string origin)
    {
        if (calls.TryGetValue(origin, out var known)) return known;
        while (calls.Count >= Options.MaxCalls)
            if (!DropEnded())
            {
                Counters.CallsMissed++;
                return null;
            }
        if (!spareCalls.TryPop(out var call)) call = new LadderCall();
        call.Begin(origin, (loop.Clock.UtcNow - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond - loop.Clock.NowMicros);
        calls.Add(origin, call);
        return call;
    }

    private static string KindName(CallEntry entry) => entry switch
    {
        CallEntry.Phone => "phone",
        CallEntry.Carrier => "carrier",
        CallEntry.Site => "site",
        _ => "peer",
    };

    private static string KindName(LegKind kind) => kind switch
    {
        LegKind.Phone => "phone",
        LegKind.Carrier => "carrier",
        LegKind.Site => "site",
        _ => "peer",
    };

    private LadderLeg? LegOf(object source) => source switch
    {
        SipCaller sip => Sip.Find(sip.CallId),
        SipLeg { CallId: { } callId } => Sip.Find(callId),
        IaxCaller iax => Iax.Find(iax.Call.LocalNumber) ?? Iax.Find(iax.Call.RemoteAddress, iax.Call.RemoteNumber),
        IaxLeg { Call: { } placed } => Iax.Find(placed.LocalNumber),
        _ => null,
    };

    // The newest unclaimed is being written to.
    private bool DropOldest() => unclaimed.Count > 1 ? DropUnclaimed() : DropEnded();

    private bool DropUnclaimed()
    {
        if (unclaimed.First is not { Value: var leg }) return false;
        Counters.UnclaimedDropped++;
        Claimed(leg);
        Drop(leg);
        return true;
    }

    private void Claimed(LadderLeg leg)
    {
        if (leg.Waiting is { List: not null } node) unclaimed.Remove(node);
    }

    private bool DropEnded()
    {
        while (ended.TryDequeue(out var oldest))
        {
            var (call, end) = oldest;
            if (call.IsDropped || call.Live > 0 || call.Ends != end) continue;
            calls.Remove(call.Origin);
            foreach (var leg in call.Legs) Drop(leg);
            call.Drop();
            spareCalls.Push(call);
            Counters.CallsDropped++;
            return true;
        }
        return false;
    }

    private void Drop(LadderLeg leg)
    {
        if (leg.Protocol == LegProtocol.Sip) Sip.Forget(leg);
        else Iax.Forget(leg);
        leg.Drop();
        spareLegs.Push(leg);
    }
}
