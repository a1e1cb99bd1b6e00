using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>
/// Which site tells a change. Pure. Every site puts the sites in the same order, another for each change, so that they share the work; the first that lives tells. One that is not the
/// first waits for those before it, a while for each: what a site believes of others may be wrong, and a mail that comes late is better than none.
/// </summary>
public static class TellerTurn
{
    /// <param name="site">This one.</param>
    /// <param name="isAlive">As far as this site sees; not asked of itself.</param>
    public static bool HasCome(string site, IReadOnlyList<string> sites, string change, Func<string, bool> isAlive, TimeSpan silence, TimeSpan takeOverAfter)
    {
        int before = Order(sites, change).TakeWhile(s => s != site).Count(isAlive);
        return silence >= takeOverAfter * before;
    }

    /// <summary>Rendezvous hashing: a site more or less changes the place of no other.</summary>
    public static IReadOnlyList<string> Order(IReadOnlyList<string> sites, string change) =>
        [.. sites.OrderBy(s => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{change}\n{s}")))).ThenBy(static s => s, StringComparer.Ordinal)];
}
