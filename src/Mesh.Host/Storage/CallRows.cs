using Microsoft.Data.Sqlite;

namespace Mesh.Host.Storage;

/// <summary>The call records of a site's database. Storage thread only.</summary>
public sealed class CallRows
{
    private readonly SqliteCommand add;

    internal CallRows(SiteDatabase database) => add = database.Prepare("INSERT INTO calls (origin, call, started, record) VALUES ($origin, $call, $started, $record)",
        ("$origin", SqliteType.Text), ("$call", SqliteType.Text), ("$started", SqliteType.Integer), ("$record", SqliteType.Text));

    /// <param name="started">Unix milliseconds.</param>
    /// <param name="record">JSON.</param>
    public void Add(string origin, string call, long started, string record)
    {
        add.Parameters[0].Value = origin;
        add.Parameters[1].Value = call;
        add.Parameters[2].Value = started;
        add.Parameters[3].Value = record;
        add.ExecuteNonQuery();
    }
}
