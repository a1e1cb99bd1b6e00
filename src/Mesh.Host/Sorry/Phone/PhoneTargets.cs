using Mesh.Dialplan.Loading;
using Mesh.Host.Config.Model;
using Mesh.Host.Config.Text;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Phone;

/// <summary>What of a site can be switched to an announcement: its numbers, its trunks, everything.</summary>
/// <param name="plan">The dialplan in force; null before there is one.</param>
public sealed class PhoneTargets(MeshConfig mesh, Func<DialplanModel?> plan)
{
    /// <summary>Null when calls come in for <paramref name="target"/>, else why not: a switch nobody ever meets is a mistake.</summary>
    public string? Fault(string target)
    {
        if (target == SorryTarget.Everything) return null;
        if (SorryTarget.IsNumber(target))
            return mesh.Trunks.Values.Any(t => t.Numbers.Any(n => n.Number == target)) || plan()?.FindInbound(target) is not null
                ? null : $"no call comes in for {target}: no trunk lists it under 'numbers', and the dialplan has no Inbound for it";
        if (mesh.Trunks.Keys.Any(name => name.Equals(target, StringComparison.OrdinalIgnoreCase))) return null;
        return mesh.Trunks.Count == 0 ? "there is no trunk, so no call comes from outside"
            : $"there is no trunk '{target}'{NearestWord.Hint(target, [.. mesh.Trunks.Keys]) switch { { Length: > 0 } hint => $" ({hint})", _ => "" }}; a number is written +442079460123";
    }
}
