using System.Security.Cryptography;
using System.Text;

namespace Mesh.Host.Sorry.Customers.Sessions;

/// <summary>
/// The sessions of a site, in memory only: a restart ends them. An id is made at login and nowhere else, so one that somebody planted in a browser before is worth nothing. Ids are kept as
/// their SHA-256, so that comparing them tells nothing and a dump of memory is no key.
/// </summary>
public sealed class SessionTable(CustomerLimits limits, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Session> sessions = new(StringComparer.Ordinal);

    public int Count { get { lock (gate) return sessions.Count; } }

    /// <summary>Begins a session and returns its id. The oldest of the account, and of all, make room.</summary>
    public (string Id, Session Session) Begin(string account, string stamp)
    {
        string id = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var session = new Session(account, RandomNumberGenerator.GetHexString(64, lowercase: true), stamp, time.GetUtcNow());
        lock (gate)
        {
            foreach (var (key, old) in sessions.Where(s => IsOver(s.Value)).ToList()) sessions.Remove(key);
            Shorten(sessions.Where(s => s.Value.Account == account), limits.SessionsPerAccount - 1);
            Shorten(sessions, limits.Sessions - 1);
            sessions[Key(id)] = session;
        }
        return (id, session);
    }

    /// <summary>The session of an id, used now; null when there is none, or it is over.</summary>
    public Session? Find(string? id)
    {
        if (id is not { Length: 64 }) return null;
        lock (gate)
        {
            if (!sessions.TryGetValue(Key(id), out var session)) return null;
            if (IsOver(session))
            {
                sessions.Remove(Key(id));
                return null;
            }
            session.Last = time.GetUtcNow();
            return session;
        }
    }

    public void End(string? id)
    {
        if (id is not { Length: 64 }) return;
        lock (gate) sessions.Remove(Key(id));
    }

    private bool IsOver(Session session)
    {
        var now = time.GetUtcNow();
        return now - session.Last > limits.SessionIdle || now - session.Began > limits.SessionAtMost;
    }

    private void Shorten(IEnumerable<KeyValuePair<string, Session>> of, int most)
    {
        var all = of.OrderByDescending(static s => s.Value.Began).Skip(Math.Max(0, most)).Select(static s => s.Key).ToList();
        foreach (string key in all) sessions.Remove(key);
    }

    private static string Key(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
