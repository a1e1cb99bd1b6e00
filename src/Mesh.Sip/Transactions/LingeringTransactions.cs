using Mesh.Io;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Transactions;

/// <summary>
/// Transactions that only wait for repetitions (timers I, J, K, and L and M once their call needs no more of them): a few words each in a table, no object, no timer of its own. A busy site has
/// half a minute of its calls here, and a collection of the heap would have to move every object of them. Endpoint's loop only.
/// </summary>
internal sealed class LingeringTransactions : IDeadlineOwner
{
    /// <summary>Transactions end together with all others of the same quarter of a second, milliseconds.</summary>
    private const int GrainMs = DeadlineWheel.LooseMs;

    private readonly Loop loop;
    private readonly Deadline end;
    private readonly Dictionary<ulong, LastResponse> servers = [];
    private readonly Dictionary<ulong, LastRequest> clients = [];
    private readonly Dictionary<ulong, ulong> merges = [];
    // What lingers equally long ends in the order it came.
    private readonly Dictionary<int, Queue<Ending>> endings = [];

    public LingeringTransactions(Loop loop)
    {
        this.loop = loop;
        end = new Deadline(this);
    }

    public int Clients => clients.Count;

    public int Servers => servers.Count;

    /// <summary>A server transaction whose repetitions get <paramref name="last"/> again.</summary>
    public void Add(ulong key, in LastResponse last, int ms)
    {
        servers[key] = last;
        if (last.MergeKey != 0) merges.TryAdd(last.MergeKey, key);
        Await(new Ending(key, loop.Clock.NowMs + ms, IsServer: true), ms);
    }

    /// <summary>A client transaction whose responses need no answer any more but, for an INVITE, their ACK.</summary>
    public void Add(ulong id, in LastRequest last, int ms)
    {
        clients[id] = last;
        Await(new Ending(id, loop.Clock.NowMs + ms, IsServer: false), ms);
    }

    public bool TryFindServer(ulong key, out LastResponse last) => servers.TryGetValue(key, out last);

    public bool TryFindClient(ulong id, out LastRequest last) => clients.TryGetValue(id, out last);

    public bool IsMerged(ulong mergeKey) => merges.ContainsKey(mergeKey);

    /// <summary>Another ACK of that INVITE's: a further branch has answered.</summary>
    public void Replace(ulong id, in LastRequest last) => clients[id] = last;

    public void Clear()
    {
        servers.Clear();
        clients.Clear();
        merges.Clear();
        endings.Clear();
        loop.Deadlines.Disarm(end);
    }

    public void OnDeadline(Deadline deadline)
    {
        long now = loop.Clock.NowMs, next = long.MaxValue;
        foreach (var queue in endings.Values)
        {
            while (queue.TryPeek(out var first) && first.DueMs <= now) Forget(queue.Dequeue());
            if (queue.TryPeek(out var left)) next = Math.Min(next, left.DueMs);
        }
        if (next != long.MaxValue) loop.Deadlines.Arm(end, Math.Max(GrainMs, next - now));
    }

    private void Await(Ending ending, int ms)
    {
        if (!endings.TryGetValue(ms, out var queue)) endings[ms] = queue = new Queue<Ending>();
        queue.Enqueue(ending);
        // What ends sooner than all others was added to an empty queue.
        if (!end.IsArmed || (queue.Count == 1 && end.DueMs > ending.DueMs)) loop.Deadlines.Arm(end, ms);
    }

    private void Forget(Ending ending)
    {
        if (!ending.IsServer) { clients.Remove(ending.Key); return; }
        if (servers.Remove(ending.Key, out var last) && last.MergeKey != 0 && merges.TryGetValue(last.MergeKey, out ulong key) && key == ending.Key) merges.Remove(last.MergeKey);
    }

    private readonly record struct Ending(ulong Key, long DueMs, bool IsServer);
}

/// <summary>What a server transaction still knows.</summary>
/// <param name="Packed">Sent again for every repetition of the request; null absorbs them.</param>
/// <param name="Flow">Where it goes.</param>
/// <param name="Tag">The tag of our responses.</param>
/// <param name="MergeKey">0 inside a dialog.</param>
internal readonly record struct LastResponse(byte[]? Packed, SipFlow Flow, ulong Tag, ulong MergeKey);

/// <summary>What a client transaction still knows.</summary>
/// <param name="Ack">Of an INVITE that was answered; null absorbs the responses.</param>
internal readonly record struct LastRequest(SipMethod Method, SipFlow Flow, SentAck? Ack);
