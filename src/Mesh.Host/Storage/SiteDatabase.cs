using Microsoft.Data.Sqlite;

namespace Mesh.Host.Storage;

/// <summary>
/// A site's SQLite file. Write-ahead log with full synchronisation: a committed transaction survives the process and the power. Opened by one thread, then used by the storage thread only.
/// </summary>
public sealed class SiteDatabase : IDisposable
{
    /// <summary>What each version added, in order: a file of an earlier one is given the rest.</summary>
    private static readonly string[] Versions = [First, JournalRows.Schema, NoOrigins];

    public static int Version => Versions.Length;

    private const string First = """
        CREATE TABLE bindings (
          row INTEGER PRIMARY KEY, account TEXT NOT NULL, technology INTEGER NOT NULL, contact TEXT NOT NULL, q INTEGER NOT NULL, received TEXT NOT NULL, transport TEXT NOT NULL,
          call_id TEXT NOT NULL, cseq INTEGER NOT NULL, instance TEXT NOT NULL, reg_id INTEGER NOT NULL, user_agent TEXT NOT NULL, path TEXT NOT NULL,
          expires_at INTEGER NOT NULL -- Unix milliseconds
        );
        CREATE TABLE calls (
          id INTEGER PRIMARY KEY, origin TEXT NOT NULL, call TEXT NOT NULL, started INTEGER NOT NULL, -- Unix milliseconds
          record TEXT NOT NULL -- JSON
        );
        CREATE INDEX calls_started ON calls (started);
        """;

    /// <summary>Origins are random, so that every record wrote a page of the index of its own; nobody asked it anything.</summary>
    private const string NoOrigins = "DROP INDEX IF EXISTS calls_origin;";

    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin, commit, rollback;

    private SiteDatabase(SqliteConnection connection)
    {
        this.connection = connection;
        (begin, commit, rollback) = (Prepare("BEGIN IMMEDIATE"), Prepare("COMMIT"), Prepare("ROLLBACK"));
        Bindings = new BindingRows(this);
        Calls = new CallRows(this);
        Status = new StatusRows(this);
        Journal = new JournalRows(this);
        Subscribers = new SubscriberRows(this);
    }

    public BindingRows Bindings { get; }

    public CallRows Calls { get; }

    public StatusRows Status { get; }
    public JournalRows Journal { get; }

    public SubscriberRows Subscribers { get; }

    internal SqliteConnection Connection => connection;

    /// <summary>Opens or makes the file. Throws <see cref="IOException"/> with a sentence for the operator when it is of a newer version or no database.</summary>
    public static SiteDatabase Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;");
            using var version = connection.CreateCommand();
            version.CommandText = "PRAGMA user_version";
            long found = (long)version.ExecuteScalar()!;
            if (found > Version) throw new IOException($"{path} was written by a newer version of mesh");
            if (found < Version) Execute(connection, $"BEGIN; {string.Join('\n', Versions[(int)found..])} PRAGMA user_version = {Version}; COMMIT;");
            return new SiteDatabase(connection);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new IOException($"{path} cannot be used: {e.Message}", e);
        }
        catch (IOException)
        {
            connection.Dispose();
            throw;
        }
    }

    public void Begin() => begin.ExecuteNonQuery();

    public void Commit() => commit.ExecuteNonQuery();

    /// <summary>Undoes what was begun; nothing when SQLite has done so itself.</summary>
    public void Rollback()
    {
        try { rollback.ExecuteNonQuery(); }
        catch (SqliteException) { }
    }

    public void Dispose() => connection.Dispose();

    /// <summary>A statement compiled once; <paramref name="parameters"/> in the order of their <c>$name</c>.</summary>
    internal SqliteCommand Prepare(string sql, params ReadOnlySpan<(string Name, SqliteType Type)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, type) in parameters) command.Parameters.Add(name, type);
        command.Prepare();
        return command;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
