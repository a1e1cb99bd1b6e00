using Mesh.Io;

namespace Mesh.Iax2.Calls;

/// <summary>Who holds which of our numbers, and which call a peer's address and number mean. One loop's.</summary>
internal sealed class CallTable(IChance chance, int quarantineMs)
{
    private readonly record struct RemoteKey(NetAddress Address, ushort Number);

    private readonly ICallNumberHolder?[] byLocal = new ICallNumberHolder?[0x8000];
    private readonly Dictionary<RemoteKey, IaxCall> byRemote = [];

    public CallNumbers Numbers { get; } = new(chance, quarantineMs);

    public bool TryTake(ICallNumberHolder holder, long nowMs, out ushort number)
    {
        if (!Numbers.TryTake(nowMs, out number)) return false;
        byLocal[number] = holder;
        return true;
    }

    public void GiveBack(ushort number, long nowMs)
    {
        byLocal[number] = null;
        Numbers.GiveBack(number, nowMs);
    }

    public ICallNumberHolder? Find(ushort local) => byLocal[local & 0x7FFF];

    public IaxCall? Find(NetAddress from, ushort remote) => byRemote.GetValueOrDefault(new RemoteKey(from, remote));

    /// <summary>From now on the peer's number means this call. False when it already means another.</summary>
    public bool TryBind(IaxCall call) => byRemote.TryAdd(new RemoteKey(call.RemoteAddress, call.RemoteNumber), call);

    public void Unbind(IaxCall call) => Unbind(call, call.RemoteAddress, call.RemoteNumber);

    /// <summary>That number of that peer no longer means this call.</summary>
    public void Unbind(IaxCall call, NetAddress address, ushort number)
    {
        var key = new RemoteKey(address, number);
        if (byRemote.TryGetValue(key, out var bound) && ReferenceEquals(bound, call)) byRemote.Remove(key);
    }

    /// <summary>Every call there is, as it is now: for listings and shutdown.</summary>
    public IReadOnlyList<IaxCall> Snapshot() => [.. byLocal.OfType<IaxCall>()];
}
