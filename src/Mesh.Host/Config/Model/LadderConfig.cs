namespace Mesh.Host.Config.Model;

/// <summary>What a site records of its calls.</summary>
/// <param name="Calls">0: nothing.</param>
public sealed record LadderConfig(int Calls, int Megabytes)
{
    public static readonly LadderConfig Default = new(2_000, 32);
}
