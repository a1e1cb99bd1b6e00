namespace Mesh.Dialplan.Calls;

/// <summary>
/// The origins this server knows, by o. One that came from another site is remembered after its branches are over, so that its legs are accepted once (R4) and its devices
/// rung once (R11). Bounded; no timer: what is due is forgotten when the next call arrives.
/// </summary>
public sealed class OriginTable(int capacity, long rememberMs)
{
    private readonly Dictionary<string, MeshOrigin> origins = new(StringComparer.Ordinal);
    private readonly Queue<MeshOrigin> remembered = new();

    /// <summary>Branches alive now: none when no call is up.</summary>
    public int LiveBranches { get; private set; }

    /// <summary>Origins known, alive or only remembered.</summary>
    public int Count => origins.Count;

    /// <summary>As many calls are up as there may be.</summary>
    public bool HasNoRoomForCalls => LiveBranches >= capacity;

    /// <summary>As many origins are known as there may be; remembered ones do not stop calls from our own phones and carriers, which need no memory.</summary>
    public bool HasNoRoomForOrigins => origins.Count >= 2 * capacity;

    public MeshOrigin? Find(string id) => origins.GetValueOrDefault(id);

    internal MeshOrigin FindOrAdd(string id)
    {
        if (!origins.TryGetValue(id, out var origin)) origins[id] = origin = new MeshOrigin(id);
        return origin;
    }

    /// <summary>Notes an accepted leg, and remembers the origin long enough.</summary>
    internal void See(MeshOrigin origin, string sender, string leg, long nowMs)
    {
        origin.See(sender, leg);
        bool isQueued = origin.ForgetAtMs >= 0;
        origin.ForgetAtMs = nowMs + rememberMs;
        if (!isQueued) remembered.Enqueue(origin);
    }

    internal MeshBranch Enter(MeshBranch branch)
    {
        branch.Origin.Branches++;
        LiveBranches++;
        return branch;
    }

    /// <summary>The branch's call is over. Safe to repeat.</summary>
    public void Leave(MeshBranch branch)
    {
        if (branch.IsOver) return;
        branch.IsOver = true;
        branch.Credit = 0;
        LiveBranches--;
        if (--branch.Origin.Branches == 0 && branch.Origin.ForgetAtMs < 0) origins.Remove(branch.Origin.Id);
    }

    /// <summary>Forgets the origins whose time has come.</summary>
    public void Forget(long nowMs)
    {
        // An origin seen again meanwhile is due later than those behind it: it goes to the end, and they wait for at most one more round.
        while (remembered.TryPeek(out var origin) && origin.ForgetAtMs <= nowMs)
        {
            remembered.Dequeue();
            origin.ForgetAtMs = -1;
            if (origin.Branches == 0) origins.Remove(origin.Id);
        }
    }
}
