using System.Globalization;

namespace Mesh.Host.Admin.Neighbours;

/// <summary>What the <c>Authorization</c> header of a message between sites says; not yet believed.</summary>
/// <param name="Milliseconds">Of the sender's clock, since 1970.</param>
public sealed record PairProof(string From, long Milliseconds, string Nonce, string Mac)
{
    /// <summary>Characters of a site's name at most.</summary>
    public const int MostNameLength = 256;

    public static PairProof? Parse(string scheme, string? header) =>
        header?.Split(' ') is [var said, { Length: > 0 and <= MostNameLength } from, var time, { Length: 32 } nonce, { Length: 64 } mac] && said == scheme
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out long ms) && nonce.All(char.IsAsciiHexDigitLower)
            ? new PairProof(from, ms, nonce, mac) : null;
}
