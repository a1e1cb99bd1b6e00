using System.Runtime.InteropServices;
using Mesh.Io;

namespace Mesh.Sip.Transactions;

/// <summary>Every transaction of an endpoint, found by number. Keys are 64-bit: a client's is its own random branch, a server's a hash keyed per process, so nobody outside can make two meet.</summary>
public sealed class TransactionTable(Loop loop)
{
    private readonly Dictionary<ulong, ClientTransaction> clients = [];
    private readonly Dictionary<ulong, ServerTransaction> servers = [];
    private readonly Dictionary<ulong, ServerTransaction> merges = [];
    private readonly Dictionary<NetAddress, ClientTransaction> unheard = [];

    /// <summary>Client transactions not yet terminated.</summary>
    public int Clients => clients.Count + Lingering.Clients;

    /// <summary>Server transactions not yet terminated.</summary>
    public int Servers => servers.Count + Lingering.Servers;

    public int Count => Clients + Servers;

    /// <summary>Those that only wait for repetitions.</summary>
    internal LingeringTransactions Lingering { get; } = new(loop);

    internal ClientTransaction? FindClient(ulong id) => clients.GetValueOrDefault(id);

    internal ServerTransaction? FindServer(ulong key) => servers.GetValueOrDefault(key);

    /// <summary>A transaction already has this request, come by another path (8.2.2.2).</summary>
    internal bool IsMerged(ulong mergeKey) => merges.ContainsKey(mergeKey) || Lingering.IsMerged(mergeKey);

    internal void Add(ServerTransaction transaction)
    {
        servers[transaction.Key] = transaction;
        if (transaction.MergeKey != 0) merges.TryAdd(transaction.MergeKey, transaction);
    }

    internal void Add(ClientTransaction transaction)
    {
        clients[transaction.Id] = transaction;
        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(unheard, transaction.Flow.Remote, out _);
        transaction.NextUnheard = head;
        if (head is not null) head.PreviousUnheard = transaction;
        head = transaction;
        transaction.IsUnheard = true;
    }

    /// <summary>The far end of <paramref name="transaction"/> is alive: an unreachable report no longer concerns it.</summary>
    internal void Heard(ClientTransaction transaction)
    {
        if (!transaction.IsUnheard) return;
        transaction.IsUnheard = false;
        if (transaction.NextUnheard is { } next) next.PreviousUnheard = transaction.PreviousUnheard;
        if (transaction.PreviousUnheard is { } previous) previous.NextUnheard = transaction.NextUnheard;
        else if (transaction.NextUnheard is { } head) unheard[transaction.Flow.Remote] = head;
        else unheard.Remove(transaction.Flow.Remote);
        transaction.NextUnheard = transaction.PreviousUnheard = null;
    }

    /// <summary>The system says that nothing listens at <paramref name="remote"/> (18.4): whatever waits for a first word from there has failed.</summary>
    internal void Unreachable(NetAddress remote)
    {
        while (unheard.GetValueOrDefault(remote) is { } transaction)
        {
            Heard(transaction);
            transaction.OnSendFailed();
        }
    }

    internal void Remove(ServerTransaction transaction)
    {
        if (servers.TryGetValue(transaction.Key, out var known) && known == transaction) servers.Remove(transaction.Key);
        if (transaction.MergeKey != 0 && merges.TryGetValue(transaction.MergeKey, out known) && known == transaction) merges.Remove(transaction.MergeKey);
    }

    internal void Remove(ClientTransaction transaction)
    {
        Heard(transaction);
        if (clients.TryGetValue(transaction.Id, out var known) && known == transaction) clients.Remove(transaction.Id);
    }

    /// <summary>Nothing but repetitions of its request can come.</summary>
    internal void Retire(ServerTransaction transaction, in LastResponse last, int ms)
    {
        Remove(transaction);
        Lingering.Add(transaction.Key, last, ms);
    }

    /// <summary>Nothing but repetitions of its response can come.</summary>
    internal void Retire(ClientTransaction transaction, in LastRequest last, int ms)
    {
        Remove(transaction);
        Lingering.Add(transaction.Id, last, ms);
    }

    internal void AbandonAll()
    {
        Lingering.Clear();
        foreach (var transaction in clients.Values.ToArray()) transaction.Abandon();
        foreach (var transaction in servers.Values.ToArray()) transaction.Abandon();
    }
}
