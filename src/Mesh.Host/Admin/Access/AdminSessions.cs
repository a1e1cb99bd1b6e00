using System.Buffers.Text;
using Mesh.Io;

namespace Mesh.Host.Admin.Access;

/// <summary>The sessions of the console. An id is made here and never taken from a browser, and changes whenever what it allows does. Any thread.</summary>
/// <param name="chance">Of these sessions alone.</param>
public sealed class AdminSessions(TimeProvider time, IChance chance, AdminLimits limits) : IMetricSource
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, AdminSession> sessions = new(StringComparer.Ordinal);
    private long begun, full, expired;

    public AdminLimits Limits => limits;

    /// <summary>Sessions that found no room.</summary>
    public long Full => Volatile.Read(ref full);

    /// <summary>Null when there is none of that id, or it is over.</summary>
    /// <param name="isUse">A person asks: the idle time begins again.</param>
    public AdminSession? Find(string? id, bool isUse)
    {
        if (string.IsNullOrEmpty(id)) return null;
        lock (gate)
        {
            if (!sessions.TryGetValue(id, out var session)) return null;
            if (IsOver(session))
            {
                sessions.Remove(id);
                expired++;
                return null;
            }
            if (session.Writer is { } writer && time.GetElapsedTime(writer.Since) >= limits.Writing) session = session with { Writer = null };
            return sessions[id] = isUse ? session with { UsedAt = time.GetTimestamp() } : session;
        }
    }

    /// <summary>Null when there are as many as there may be.</summary>
    public AdminSession? Begin(AdminPass pass, string name)
    {
        lock (gate)
        {
            if (sessions.Count >= limits.Sessions)
                foreach (var over in sessions.Values.Where(IsOver).ToArray()) sessions.Remove(over.Id);
            if (sessions.Count >= limits.Sessions)
            {
                full++;
                return null;
            }
            begun++;
            long now = time.GetTimestamp();
            return Keep(new AdminSession(NewId(), pass, name, now, now));
        }
    }

    /// <summary>The same session under a new id, in which that person writes; null <paramref name="who"/>: nobody. Null when the session is gone.</summary>
    public AdminSession? Write(AdminSession session, string? who, string why)
    {
        lock (gate)
        {
            if (!sessions.Remove(session.Id, out var kept)) return null;
            return Keep(kept with { Id = NewId(), Writer = who is null ? null : new AdminWriter(who, why, time.GetTimestamp(), time.GetUtcNow() + limits.Writing) });
        }
    }

    public void End(AdminSession session)
    {
        lock (gate) sessions.Remove(session.Id);
    }

    /// <summary>An id nobody has: of a session, or of a browser before it has one.</summary>
    public string NewId()
    {
        byte[] random = new byte[32];
        lock (gate) chance.Fill(random);
        return Base64Url.EncodeToString(random);
    }

    public void Write(MetricWriter writer)
    {
        lock (gate)
        {
            writer.Gauge("mesh_admin_sessions", "Sessions of the console.", sessions.Count);
            writer.Counter("mesh_admin_sessions_total", "Sessions of the console that were begun, found no room, or ran out.", begun, ("what", "begun"));
            writer.Counter("mesh_admin_sessions_total", "Sessions of the console that were begun, found no room, or ran out.", full, ("what", "full"));
            writer.Counter("mesh_admin_sessions_total", "Sessions of the console that were begun, found no room, or ran out.", expired, ("what", "expired"));
        }
    }

    private AdminSession Keep(AdminSession session) => sessions[session.Id] = session;

    private bool IsOver(AdminSession session) => time.GetElapsedTime(session.BeganAt) >= limits.SessionLife || time.GetElapsedTime(session.UsedAt) >= limits.SessionIdle;
}
