namespace Mesh.Host.Sorry.Customers.Sessions;

/// <summary>Somebody who is logged in, in one browser, at one site.</summary>
/// <param name="Csrf">Every form carries it; no other origin can read it.</param>
/// <param name="Stamp">Of the account when it began.</param>
public sealed record Session(string Account, string Csrf, string Stamp, DateTimeOffset Began)
{
    private long lastTicks = Began.UtcTicks;

    /// <summary>When it was used last.</summary>
    public DateTimeOffset Last
    {
        get => new(Volatile.Read(ref lastTicks), TimeSpan.Zero);
        set => Volatile.Write(ref lastTicks, value.UtcTicks);
    }
}
