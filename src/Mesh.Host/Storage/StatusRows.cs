using System.Globalization;
using Dapper;
using Mesh.Host.Status.Sampling;
using Microsoft.Data.Sqlite;

namespace Mesh.Host.Storage;

/// <summary>The days of the status page in a site's database. Its table came later than the first version and is made where it is missing.</summary>
public sealed class StatusRows
{
    private readonly SiteDatabase database;
    private readonly SqliteCommand put;

    internal StatusRows(SiteDatabase database)
    {
        this.database = database;
        database.Connection.Execute(
            "CREATE TABLE IF NOT EXISTS status_days (service TEXT NOT NULL, day TEXT NOT NULL, up INTEGER NOT NULL, degraded INTEGER NOT NULL, down INTEGER NOT NULL, PRIMARY KEY (service, day)) WITHOUT ROWID");
        put = database.Prepare("INSERT OR REPLACE INTO status_days VALUES ($service, $day, $up, $degraded, $down)",
            ("$service", SqliteType.Text), ("$day", SqliteType.Text), ("$up", SqliteType.Integer), ("$degraded", SqliteType.Integer), ("$down", SqliteType.Integer));
    }

    /// <summary>Times as milliseconds.</summary>
    internal void Write(ServiceDay day)
    {
        put.Parameters[0].Value = day.Service;
        put.Parameters[1].Value = Text(day.Day);
        put.Parameters[2].Value = (long)day.Up.TotalMilliseconds;
        put.Parameters[3].Value = (long)day.Degraded.TotalMilliseconds;
        put.Parameters[4].Value = (long)day.Down.TotalMilliseconds;
        put.ExecuteNonQuery();
    }

    /// <summary>The days a status page shows; older ones are forgotten. Before the storage thread starts.</summary>
    public IReadOnlyList<ServiceDay> Load(DateTimeOffset now)
    {
        string first = Text(DateOnly.FromDateTime(now.UtcDateTime).AddDays(1 - ServiceHistory.Days));
        database.Connection.Execute("DELETE FROM status_days WHERE day < @first", new { first });
        return [.. database.Connection.Query<Row>("SELECT service, day, up, degraded, down FROM status_days")
            .Select(r => new ServiceDay(r.service, DateOnly.ParseExact(r.day, "yyyy-MM-dd", CultureInfo.InvariantCulture), Span(r.up), Span(r.degraded), Span(r.down)))];
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static TimeSpan Span(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private sealed record Row(string service, string day, long up, long degraded, long down);
}
