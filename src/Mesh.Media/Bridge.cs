namespace Mesh.Media;

/// <summary>
/// Two ports joined: what one receives the other sends, audio and digits, each direction on the loop its packets arrive on. Joining ends whatever fed the ports
/// before (ringback) with the same write that begins the bridge. Joined and parted by the thread that owns the call.
/// </summary>
public sealed class Bridge
{
    private readonly AudioFeed towardsA, towardsB;

    private Bridge(IAudioPort a, IAudioPort b)
    {
        (A, B) = (a, b);
        towardsA = new AudioFeed(a);
        towardsB = new AudioFeed(b);
    }

    public IAudioPort A { get; }

    public IAudioPort B { get; }

    /// <summary>Packets carried from <see cref="B"/> to <see cref="A"/>.</summary>
    public long PacketsToA => towardsA.Packets;

    /// <summary>Packets carried from <see cref="A"/> to <see cref="B"/>.</summary>
    public long PacketsToB => towardsB.Packets;

    public static Bridge Join(IAudioPort a, IAudioPort b)
    {
        var bridge = new Bridge(a, b);
        bridge.towardsA.Open();
        bridge.towardsB.Open();
        a.Sink = bridge.towardsB;
        b.Sink = bridge.towardsA;
        return bridge;
    }

    /// <summary>Parts the ports; a sink or feed set since the join stays. Idempotent.</summary>
    public void Unbridge()
    {
        if (ReferenceEquals(A.Sink, towardsB)) A.Sink = null;
        if (ReferenceEquals(B.Sink, towardsA)) B.Sink = null;
        towardsA.Close();
        towardsB.Close();
    }
}
