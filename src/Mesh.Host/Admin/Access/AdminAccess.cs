using System.Net;
using System.Security.Cryptography;
using System.Text;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Admin.Access;

/// <summary>
/// Who may use the admin listener: this machine, and whoever has the token, a certificate or a session. Health may be asked by anybody: it says one word.
/// </summary>
/// <param name="names">Names of this machine besides its addresses and <c>localhost</c>.</param>
public sealed class AdminAccess(Secret? token, WrongTokens wrong, params IReadOnlyList<string> names)
{
    private readonly long[] refused = new long[Enum.GetValues<AdminRefusal>().Length];

    public long Refused => refused.Sum();

    /// <summary>Without it nobody can sign in from elsewhere but with a certificate.</summary>
    public bool HasToken => token is not null;

    public long Of(AdminRefusal refusal) => Volatile.Read(ref refused[(int)refusal]);

    /// <summary>What lets the caller in; null with the reason when nothing does.</summary>
    public AdminPass? Judge(AdminCaller caller, out AdminRefusal why)
    {
        why = AdminRefusal.Stranger;
        if (caller.Certificate is not null) return AdminPass.Certificate;
        if (caller.Authorization is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            if (IsToken(caller.Remote, header[7..].Trim(), out why)) return AdminPass.Token;
            if (why == AdminRefusal.TooManyTries) return null;
        }
        if (!IsThisMachine(caller)) return null;
        // A browser here, on a page whose name has been made to point here, would be this machine too.
        if (IsOurs(caller.Host)) return AdminPass.ThisMachine;
        why = AdminRefusal.ForeignName;
        return null;
    }

    /// <summary>Whether what somebody at <paramref name="remote"/> gave is the token. Wrong ones are counted, and after some of them right ones are refused for a while too.</summary>
    public bool IsToken(IPAddress? remote, string given, out AdminRefusal why)
    {
        why = AdminRefusal.TooManyTries;
        if (!wrong.MayTry(remote)) return false;
        why = AdminRefusal.Stranger;
        if (token is null) return false;
        if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), token.RevealOctets())) return true;
        wrong.Add(remote);
        return false;
    }

    public void Count(AdminRefusal refusal) => Interlocked.Increment(ref refused[(int)refusal]);

    /// <summary>401 asks for the token, 403 says there is none that would help.</summary>
    public (int Status, string Text) Answer(AdminRefusal refusal) => refusal switch
    {
        AdminRefusal.ForeignName => (421, "this name is not one of this machine's: use its address, localhost, or a token"),
        AdminRefusal.ForeignOrigin => (403, "a page from elsewhere may not do this"),
        AdminRefusal.TooManyTries => (429, "too many wrong tokens: wait"),
        _ => token is null ? (403, "only this machine is let in") : (401, "a token is needed"),
    };

    // A site on one of this machine's own addresses is reached from that same address.
    private static bool IsThisMachine(AdminCaller caller) =>
        caller.Remote is { } remote && (IPAddress.IsLoopback(Plain(remote)) || (caller.Local is { } local && Plain(remote).Equals(Plain(local))));

    private bool IsOurs(string host) =>
        host.Length == 0 || IPAddress.TryParse(host, out _) || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || names.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
