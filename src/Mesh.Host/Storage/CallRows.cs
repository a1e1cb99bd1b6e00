using System.Text.Json;
using Dapper;
using Mesh.Dialplan.Calls;
using Microsoft.Data.Sqlite;

namespace Mesh.Host.Storage;

/// <summary>The call records of a site's database.</summary>
public sealed class CallRows
{
    private readonly SiteDatabase database;
    private readonly SqliteCommand insert;

    internal CallRows(SiteDatabase database)
    {
        this.database = database;
        insert = database.Prepare("INSERT INTO calls (origin, call, started, record) VALUES ($origin, $call, $started, $record)",
            ("$origin", SqliteType.Text), ("$call", SqliteType.Text), ("$started", SqliteType.Integer), ("$record", SqliteType.Text));
    }

    internal void Write(CallRecord record)
    {
        insert.Parameters[0].Value = record.OriginId;
        insert.Parameters[1].Value = record.CallId;
        insert.Parameters[2].Value = record.Started.ToUnixTimeMilliseconds();
        insert.Parameters[3].Value = JsonSerializer.Serialize(record, CallRecordJson.Default.CallRecord);
        insert.ExecuteNonQuery();
    }

    /// <summary>Records of calls that began at <paramref name="from"/> or later, at most <paramref name="limit"/>, in the order they ended.</summary>
    public IReadOnlyList<CallRecord> Since(DateTimeOffset from, int limit) =>
        [.. database.Connection.Query<string>("SELECT record FROM calls WHERE started >= @from ORDER BY id LIMIT @limit", new { from = from.ToUnixTimeMilliseconds(), limit })
            .Select(r => JsonSerializer.Deserialize(r, CallRecordJson.Default.CallRecord)!)];
}
