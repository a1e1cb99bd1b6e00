using System.Globalization;

namespace Mesh.Host.Journal;

/// <summary>What the <c>Authorization</c> header of a message between sites says; not yet believed.</summary>
/// <param name="Milliseconds">Of the sender's clock, since 1970.</param>
public sealed record JournalProof(string From, long Milliseconds, string Nonce, string Mac)
{
    public static JournalProof? Parse(string? header) =>
        header?.Split(' ') is [JournalMac.Scheme, { Length: > 0 and <= JournalLimits.MostWordLength } from, var time, { Length: 32 } nonce, { Length: 64 } mac]
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out long ms) && nonce.All(char.IsAsciiHexDigitLower)
            ? new JournalProof(from, ms, nonce, mac) : null;
}
