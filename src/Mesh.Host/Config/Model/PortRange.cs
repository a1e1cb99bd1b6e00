namespace Mesh.Host.Config.Model;

/// <summary>UDP ports, both ends included. One RTP stream takes an even port and the odd one after it.</summary>
public readonly record struct PortRange(ushort First, ushort Last)
{
    /// <summary>RTP and RTCP pairs in the range.</summary>
    public int Pairs => (Last - First + 1) / 2;

    public bool Contains(int port) => port >= First && port <= Last;

    public bool Overlaps(PortRange other) => First <= other.Last && other.First <= Last;

    public override string ToString() => $"{First}-{Last}";
}
