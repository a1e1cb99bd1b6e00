using Dapper;
using Mesh.Host.Registrar;
using Mesh.Io;
using Microsoft.Data.Sqlite;

namespace Mesh.Host.Storage;

/// <summary>The bindings of a site's database.</summary>
public sealed class BindingRows
{
    private readonly SiteDatabase database;
    private readonly SqliteCommand put, refresh, remove;

    internal BindingRows(SiteDatabase database)
    {
        this.database = database;
        put = database.Prepare(
            "INSERT OR REPLACE INTO bindings VALUES ($row, $account, $technology, $contact, $q, $received, $transport, $call_id, $cseq, $instance, $reg_id, $user_agent, $path, $expires_at)",
            ("$row", SqliteType.Integer), ("$account", SqliteType.Text), ("$technology", SqliteType.Integer), ("$contact", SqliteType.Text), ("$q", SqliteType.Integer),
            ("$received", SqliteType.Text), ("$transport", SqliteType.Text), ("$call_id", SqliteType.Text), ("$cseq", SqliteType.Integer), ("$instance", SqliteType.Text),
            ("$reg_id", SqliteType.Integer), ("$user_agent", SqliteType.Text), ("$path", SqliteType.Text), ("$expires_at", SqliteType.Integer));
        refresh = database.Prepare("UPDATE bindings SET call_id = $call_id, cseq = $cseq, expires_at = $expires_at WHERE row = $row",
            ("$call_id", SqliteType.Text), ("$cseq", SqliteType.Integer), ("$expires_at", SqliteType.Integer), ("$row", SqliteType.Integer));
        remove = database.Prepare("DELETE FROM bindings WHERE row = $row", ("$row", SqliteType.Integer));
    }

    /// <param name="wallOffset">What to add to a time of the loop's clock to get Unix milliseconds.</param>
    internal void Write(in BindingChange change, long wallOffset)
    {
        var b = change.Binding;
        switch (change.Kind)
        {
            case BindingChangeKind.Remove:
                Run(remove, b.Row);
                break;
            // The row is missing when the write that should have made it failed.
            case BindingChangeKind.Refresh when Run(refresh, b.CallId, (long)b.CSeq, b.ExpiresAtMs + wallOffset, b.Row) == 1:
                break;
            default:
                Run(put, b.Row, b.Account, (long)b.Technology, b.ContactUri, (long)b.Q, b.Received.ToString(), b.Transport, b.CallId, (long)b.CSeq, b.Instance, (long)b.RegId,
                    b.UserAgent, b.Path, b.ExpiresAtMs + wallOffset);
                break;
        }
    }

    /// <summary>Reads every binding that has not lapsed into <paramref name="table"/> and forgets the others. Before the storage thread starts.</summary>
    public void Load(BindingTable table, MeshClock clock)
    {
        long wall = clock.UtcNow.ToUnixTimeMilliseconds(), offset = wall - clock.NowMs;
        database.Connection.Execute("DELETE FROM bindings WHERE expires_at <= @wall", new { wall });
        foreach (var r in database.Connection.Query<Row>("SELECT row, account, technology, contact, q, received, transport, call_id AS CallId, cseq, instance, reg_id AS RegId, user_agent AS UserAgent, path, expires_at AS ExpiresAt FROM bindings ORDER BY row", buffered: false))
            table.Put(new Binding
            {
                Row = r.row,
                Account = r.account,
                Technology = (BindingTechnology)r.technology,
                ContactUri = r.contact,
                Q = (int)r.q,
                Received = NetAddress.Parse(r.received),
                Transport = r.transport,
                CallId = r.CallId,
                CSeq = (uint)r.cseq,
                Instance = r.instance,
                RegId = (uint)r.RegId,
                UserAgent = r.UserAgent,
                Path = r.path,
                ExpiresAtMs = r.ExpiresAt - offset,
            });
    }

    private static int Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (int i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command.ExecuteNonQuery();
    }

    /// <summary>As SQLite has it: every number is 64 bits.</summary>
    private sealed record Row(
        long row, string account, long technology, string contact, long q, string received, string transport, string CallId, long cseq, string instance, long RegId, string UserAgent,
        string path, long ExpiresAt);
}
