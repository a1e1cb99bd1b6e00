namespace Mesh.Host.Ladders;

/// <summary>One who takes part in a call: a site, or a phone, carrier or system beside one.</summary>
/// <param name="Kind">site, phone, carrier or peer.</param>
/// <param name="Address">Where it is; empty for a site.</param>
public sealed record Lane(string Name, string Kind, string Address)
{
    public bool IsSite => Kind == "site";

    public override string ToString() => Address.Length == 0 ? Name : $"{Name} {Address}";
}
