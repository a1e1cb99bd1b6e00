namespace Mesh.Host.Config.Model;

/// <summary>When something amiss is an alarm, and when it is over.</summary>
/// <param name="After">A site that is not reached is one after this long.</param>
/// <param name="ClearAfter">What is well again for this long is no more.</param>
public sealed record AlarmsConfig(TimeSpan After, TimeSpan ClearAfter)
{
    public static readonly AlarmsConfig Default = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15));
}
