using System.Diagnostics.CodeAnalysis;

namespace Mesh.Host.Registrar;

/// <summary>Every binding of the site in memory. Signalling loop only.</summary>
public sealed class BindingTable
{
    private readonly Dictionary<string, List<Binding>> byAccount = new(StringComparer.Ordinal);
    // An entry per change; one that was overtaken by a refresh is passed over when its time comes.
    private readonly PriorityQueue<(string Account, long Row), long> lapses = new();
    private long lastRow;

    /// <summary>Bindings, those lapsed but not yet purged too.</summary>
    public int Count { get; private set; }

    public IEnumerable<string> Accounts => byAccount.Keys;

    public long NextRow() => ++lastRow;

    /// <summary>The account's bindings that hold at <paramref name="nowMs"/>, the preferred and then the latest first. Valid until the table changes.</summary>
    public IReadOnlyList<Binding> Of(string account, long nowMs)
    {
        if (!byAccount.TryGetValue(account, out var all)) return [];
        foreach (var b in all)
            if (b.ExpiresAtMs <= nowMs) return [.. all.Where(x => x.ExpiresAtMs > nowMs)];
        return all;
    }

    public bool IsRegistered(string account, long nowMs) => Of(account, nowMs).Count > 0;

    /// <summary>The preferred binding of an account with one technology.</summary>
    public bool TryFind(string account, BindingTechnology technology, long nowMs, [NotNullWhen(true)] out Binding? binding)
    {
        binding = Of(account, nowMs).FirstOrDefault(b => b.Technology == technology);
        return binding is not null;
    }

    public void Put(Binding binding)
    {
        if (!byAccount.TryGetValue(binding.Account, out var all)) byAccount[binding.Account] = all = new List<Binding>(1);
        int at = all.FindIndex(b => b.Row == binding.Row);
        if (at >= 0) all.RemoveAt(at); else Count++;
        int place = 0;
        while (place < all.Count && all[place].Q > binding.Q) place++;
        all.Insert(place, binding);
        lapses.Enqueue((binding.Account, binding.Row), binding.ExpiresAtMs);
        lastRow = Math.Max(lastRow, binding.Row);
    }

    public void Remove(Binding binding)
    {
        if (!byAccount.TryGetValue(binding.Account, out var all) || all.RemoveAll(b => b.Row == binding.Row) == 0) return;
        Count--;
        if (all.Count == 0) byAccount.Remove(binding.Account);
    }

    /// <summary>Takes out at most <paramref name="limit"/> bindings that have lapsed and adds them to <paramref name="gone"/>.</summary>
    public void Purge(long nowMs, int limit, List<Binding> gone)
    {
        while (gone.Count < limit && lapses.TryPeek(out var place, out long due) && due <= nowMs)
        {
            lapses.Dequeue();
            if (byAccount.TryGetValue(place.Account, out var all) && all.Find(b => b.Row == place.Row) is { } binding && binding.ExpiresAtMs <= nowMs)
            {
                Remove(binding);
                gone.Add(binding);
            }
        }
    }
}
