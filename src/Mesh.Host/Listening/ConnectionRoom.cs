using System.Net;
using Mesh.Host.Admin;

namespace Mesh.Host.Listening;

/// <summary>
/// The connections of one listener, in the order in which they last did something. When it is full, whoever has been slow for longest makes room for the newcomer: slow connections cannot
/// keep good ones out, only each other. All times are kept by one sweep over the front of the order, so a connection has no timer. Any thread.
/// </summary>
public sealed class ConnectionRoom : IMetricSource
{
    private static readonly LeaveReason[] Reasons = Enum.GetValues<LeaveReason>();

    private readonly RoomOptions options;
    private readonly PublicOptions shared;
    private readonly TimeProvider time;
    private readonly SourceLimit sources;
    private readonly Lock gate = new();
    private readonly LinkedList<RoomPlace> byStep = new(), byAge = new(), leaving = new();
    private readonly long[] asked = new long[Reasons.Length];
    private long entered, refused, cutOff;

    public ConnectionRoom(RoomOptions options, PublicOptions shared, TimeProvider time)
    {
        (this.options, this.shared, this.time) = (options, shared, time);
        sources = new SourceLimit(options.PerSource);
    }

    public RoomOptions Options => options;

    /// <summary>Told of everybody who finds a place, on the thread that takes them.</summary>
    public Action OnEntered { get; init; } = static () => { };

    /// <summary>Connections now, those that are leaving included.</summary>
    public int Count { get { lock (gate) return byStep.Count + leaving.Count; } }

    /// <summary>Those beyond are cut off at once.</summary>
    public int MostLeaving => Math.Max(8, options.Connections / 8);

    /// <summary>Those that are asked to leave, or say goodbye.</summary>
    public int Leaving { get { lock (gate) return leaving.Count; } }

    /// <summary>Refused for having too many of one source.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>Connections asked to leave.</summary>
    public long Asked(LeaveReason why) => Volatile.Read(ref asked[(int)why]);

    /// <summary>A place for a newcomer; null when its source has too many. <paramref name="abort"/> closes it without a word, from any thread.</summary>
    public RoomPlace? TryEnter(IPAddress source, Func<RoomPlace, Action> abort)
    {
        if (!sources.TryEnter(source))
        {
            Interlocked.Increment(ref refused);
            options.OnRefused();
            return null;
        }
        var place = new RoomPlace(this, source, time.GetTimestamp());
        place.Abort = abort(place);
        RoomPlace? slowest = null, overdue = null;
        lock (gate)
        {
            if (byStep.Count >= options.Connections) slowest = TakeSlowest();
            // Those who leave may be slow at that, too: they are the first to be cut off.
            if (leaving.Count > MostLeaving)
            {
                overdue = leaving.First!.Value;
                leaving.RemoveFirst();
            }
            byStep.AddLast(place.ByStep);
            byAge.AddLast(place.ByAge);
        }
        Interlocked.Increment(ref entered);
        OnEntered();
        if (slowest is not null) Ask(slowest, LeaveReason.Crowded);
        CutOff(overdue);
        return place;
    }

    /// <summary>When the slowest last did something; null when there is nobody.</summary>
    public long? SlowestSince { get { lock (gate) return byStep.First?.Value.StepAt; } }

    /// <summary>Has the one leave that has been slow for longest. False when there is nobody.</summary>
    public bool TryRelieve(LeaveReason why)
    {
        RoomPlace? slowest;
        lock (gate) slowest = TakeSlowest();
        if (slowest is null) return false;
        Ask(slowest, why);
        return true;
    }

    /// <summary>Has those leave whose time is over, and cuts off those who had time to.</summary>
    public void Sweep()
    {
        long now = time.GetTimestamp();
        while (Late(now) is { } late) Ask(late, LeaveReason.Late);
        while (Overdue(now) is { } overdue) CutOff(overdue);
    }

    public void Write(MetricWriter writer)
    {
        (string, string) label = ("listener", options.Name);
        writer.Gauge("mesh_public_connections", "Connections now.", Count, label);
        writer.Counter("mesh_public_connections_total", "Connections taken.", Volatile.Read(ref entered), label);
        writer.Counter("mesh_public_refused_total", "Connections refused: too many from one source.", Refused, label);
        foreach (var why in Reasons) writer.Counter("mesh_public_ended_total", "Connections ended for being slow: too late, in the way of others, or of memory.", Asked(why), label, ("reason", why.ToString()));
        writer.Counter("mesh_public_cut_off_total", "Connections closed without a word because they did not end when asked to.", Volatile.Read(ref cutOff), label);
    }

    internal int Step(RoomPlace place)
    {
        long now = time.GetTimestamp();
        lock (gate)
        {
            place.Steps++;
            if (place.ByStep.List is null) return place.Steps;
            place.StepAt = now;
            byStep.Remove(place.ByStep);
            byStep.AddLast(place.ByStep);
            return place.Steps;
        }
    }

    internal void Farewell(RoomPlace place)
    {
        lock (gate) ToLeaving(place);
    }

    internal void Exit(RoomPlace place)
    {
        lock (gate)
        {
            if (place.IsGone) return;
            place.IsGone = true;
            if (place.ByStep.List is not null) byStep.Remove(place.ByStep);
            if (place.ByAge.List is not null) byAge.Remove(place.ByAge);
            if (place.Leaving.List is not null) leaving.Remove(place.Leaving);
        }
        sources.Leave(place.Source);
    }

    private RoomPlace? TakeSlowest()
    {
        if (byStep.First?.Value is not { } slowest) return null;
        ToLeaving(slowest);
        return slowest;
    }

    private void ToLeaving(RoomPlace place)
    {
        if (place.ByStep.List is null) return;
        byStep.Remove(place.ByStep);
        byAge.Remove(place.ByAge);
        place.LeavingAt = time.GetTimestamp();
        leaving.AddLast(place.Leaving);
    }

    private RoomPlace? Late(long now)
    {
        lock (gate)
        {
            var late = options.StepTime is { } step && byStep.First?.Value is { } slowest && time.GetElapsedTime(slowest.StepAt, now) >= step ? slowest
                : options.WholeTime is { } whole && byAge.First?.Value is { } oldest && time.GetElapsedTime(oldest.EnteredAt, now) >= whole ? oldest : null;
            if (late is not null) ToLeaving(late);
            return late;
        }
    }

    private RoomPlace? Overdue(long now)
    {
        lock (gate)
        {
            if (leaving.First?.Value is not { } first || time.GetElapsedTime(first.LeavingAt, now) < shared.FarewellTime) return null;
            leaving.Remove(first.Leaving);
            return first;
        }
    }

    private void Ask(RoomPlace place, LeaveReason why)
    {
        Interlocked.Increment(ref asked[(int)why]);
        place.Leave(why);
    }

    private void CutOff(RoomPlace? overdue)
    {
        if (overdue is null) return;
        Interlocked.Increment(ref cutOff);
        overdue.Abort?.Invoke();
    }
}
