namespace Mesh.Host.Legs;

/// <summary>Legs made and legs alive, of one technology. Signalling loop writes, metrics read.</summary>
public sealed class LegCount(string technology)
{
    private long made, live;

    public string Technology { get; } = technology;

    public long Total => Volatile.Read(ref made);

    public long Live => Volatile.Read(ref live);

    public void Made()
    {
        made++;
        live++;
    }

    public void Ended() => live--;
}
