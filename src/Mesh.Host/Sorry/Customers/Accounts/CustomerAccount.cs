namespace Mesh.Host.Sorry.Customers.Accounts;

/// <summary>Somebody who may say sorry for hosts of their own.</summary>
/// <param name="Hosts">Targets (<see cref="Switches.SorryTarget"/>); a wildcard stands for itself and all below it.</param>
/// <param name="Password">The hash, sealed by <see cref="CustomerSeal"/>.</param>
/// <param name="Token">The SHA-256 of the token in hexadecimal; empty: none.</param>
/// <param name="Stamp">Another after each change of the password: sessions begun before end.</param>
public sealed record CustomerAccount(string Name, IReadOnlyList<string> Hosts, string Password, string Token, string Stamp)
{
    public const int NameLength = 40;

    /// <summary>Whether orders for <paramref name="target"/>, as <see cref="Switches.SorryTarget.Parse"/> keeps it, are this customer's business.</summary>
    public bool Has(string target) => Hosts.Contains(target) || (target != Switches.SorryTarget.Everything && Switches.SorryTarget.Covering(target).Skip(1).Any(c => c != Switches.SorryTarget.Everything && Hosts.Contains(c)));

    /// <summary>A name as it is kept; null when it is none.</summary>
    public static string? ParseName(string? text)
    {
        string name = (text ?? "").ToLowerInvariant();
        return name.Length is > 0 and <= NameLength && char.IsAsciiLetterOrDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? name : null;
    }
}
