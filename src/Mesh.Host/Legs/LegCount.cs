namespace Mesh.Host.Legs;

/// <summary>Legs made and legs alive, of one technology. Signalling loop writes, metrics read.</summary>
public sealed class LegCount(string technology)
{
    private long made, live, elsewhere;

    public string Technology { get; } = technology;

    public long Total => Volatile.Read(ref made);

    public long Live => Volatile.Read(ref live);

    /// <summary>Legs told, while they rang, that another has answered: SIP's Reason, IAX2's cause 26.</summary>
    public long Elsewhere => Volatile.Read(ref elsewhere);

    public void ToldElsewhere() => elsewhere++;

    public void Made()
    {
        made++;
        live++;
    }

    public void Ended() => live--;
}
