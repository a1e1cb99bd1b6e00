using System.Net;
using System.Security.Cryptography;
using System.Text;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Admin;

/// <summary>Who may use the admin listener: this machine, and whoever has the token. Health may be asked by anybody: it says one word.</summary>
public sealed class AdminAccess(Secret? token)
{
    private long refused;

    public long Refused => Volatile.Read(ref refused);

    /// <summary>Null when let in, else the status to refuse with: 401 asks for the token, 403 says there is none that would help.</summary>
    public int? Judge(IPAddress? remote, IPAddress? local, string? authorization)
    {
        if (IsThisMachine(remote, local) || HasToken(authorization)) return null;
        Interlocked.Increment(ref refused);
        return token is null ? 403 : 401;
    }

    // A site on one of this machine's own addresses is reached from that same address.
    private static bool IsThisMachine(IPAddress? remote, IPAddress? local) => remote is not null && (IPAddress.IsLoopback(Plain(remote)) || (local is not null && Plain(remote).Equals(Plain(local))));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private bool HasToken(string? authorization) =>
        token is not null && authorization is not null && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization[7..].Trim()), token.RevealOctets());
}
