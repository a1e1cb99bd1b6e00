using System.Text.Json;
using Dapper;
using Mesh.Host.Journal;
using Microsoft.Data.Sqlite;

namespace Mesh.Host.Storage;

/// <summary>The shared journal's entries in a site's database, those of other sites too.</summary>
public sealed class JournalRows
{
    /// <summary>Adds the table, to a file of version 1 as well.</summary>
    internal const string Schema = """
        CREATE TABLE journal (
          site TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, -- Unix microseconds
          kind TEXT NOT NULL, subject TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL, body TEXT NOT NULL, -- JSON
          PRIMARY KEY (site, number)
        ) WITHOUT ROWID;
        """;

    private readonly SiteDatabase database;
    private readonly SqliteCommand insert;

    internal JournalRows(SiteDatabase database)
    {
        this.database = database;
        insert = database.Prepare("INSERT INTO journal VALUES ($site, $number, $at, $kind, $subject, $who, $why, $body)",
            ("$site", SqliteType.Text), ("$number", SqliteType.Integer), ("$at", SqliteType.Integer), ("$kind", SqliteType.Text), ("$subject", SqliteType.Text), ("$who", SqliteType.Text),
            ("$why", SqliteType.Text), ("$body", SqliteType.Text));
    }

    internal void Write(JournalEntry entry)
    {
        object[] values = [entry.Site, entry.Number, (entry.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, entry.Kind, entry.Subject, entry.Who, entry.Why, JournalCheck.Normal(entry.Body)!];
        for (int i = 0; i < values.Length; i++) insert.Parameters[i].Value = values[i];
        insert.ExecuteNonQuery();
    }

    /// <summary>Everything there is. Before the storage thread starts. Throws <see cref="IOException"/> when the table was changed by something else.</summary>
    public JournalState Load()
    {
        var merge = JournalState.Empty.Merge(database.Connection.Query<Row>("SELECT site, number, at, kind, subject, who, why, body FROM journal").Select(static r => new JournalEntry(
            r.site, r.number, DateTimeOffset.UnixEpoch.AddTicks(r.at * TimeSpan.TicksPerMicrosecond), r.kind, r.subject, r.who, r.why, JsonSerializer.Deserialize<JsonElement>(r.body))));
        if (merge.Refused is [var (entry, fault), ..]) throw new IOException($"the journal on disk is damaged: entry {entry.Number} of {entry.Site}: {fault}");
        return merge.State;
    }

    private sealed record Row(string site, long number, long at, string kind, string subject, string who, string why, string body);
}
