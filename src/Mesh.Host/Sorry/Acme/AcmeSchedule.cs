namespace Mesh.Host.Sorry.Acme;

/// <summary>When an order may begin. Pure.</summary>
public static class AcmeSchedule
{
    /// <summary>At two thirds of its life, so that a third is left for what goes wrong.</summary>
    public static DateTimeOffset RenewAt(DateTimeOffset from, DateTimeOffset until) => from + (until - from) * 2 / 3;

    /// <summary>Whether a site may begin now. Sites have turns of equal length, one after the other by the clock; one begins in the first half of its own, so that it ends before the next site's.</summary>
    /// <param name="site">Its place in the list of the sites.</param>
    public static bool IsTurn(int site, int sites, DateTimeOffset now, TimeSpan turn) =>
        sites == 1 || (now.UtcTicks / turn.Ticks % sites == site && now.UtcTicks % turn.Ticks < turn.Ticks / 2);

    /// <summary>How long to leave a host alone after its n-th failure in a row: twice as long each time, a quarter more or less by chance.</summary>
    /// <param name="chance">In [0, 1).</param>
    public static TimeSpan BackOff(int failures, AcmeOptions options, double chance)
    {
        double doubled = options.BackOff.TotalSeconds * Math.Pow(2, Math.Min(failures, 30) - 1);
        return TimeSpan.FromSeconds(Math.Min(doubled, options.BackOffAtMost.TotalSeconds) * (0.75 + chance / 2));
    }
}
