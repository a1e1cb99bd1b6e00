using Dapper;
using Mesh.Host.Status.Subscriptions;
using Mesh.Host.Status.Subscriptions.Mail;
using Microsoft.Data.Sqlite;

namespace Mesh.Host.Storage;

/// <summary>Subscribers of the status page, and mails to them that wait. What is deleted here is overwritten on disk. The tables came later and are made where they are missing.</summary>
public sealed class SubscriberRows
{
    private readonly SiteDatabase database;
    private readonly SqliteCommand put, delete, putMail, deleteMail;

    internal SubscriberRows(SiteDatabase database)
    {
        this.database = database;
        database.Connection.Execute("""
            CREATE TABLE IF NOT EXISTS subscribers (id TEXT PRIMARY KEY, address TEXT NOT NULL, language TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS waiting_mail (
              row INTEGER PRIMARY KEY, subscriber TEXT NOT NULL, change TEXT NOT NULL, address TEXT NOT NULL, language TEXT NOT NULL,
              until INTEGER NOT NULL, due INTEGER NOT NULL, -- Unix milliseconds
              tries INTEGER NOT NULL);
            """);
        put = database.Prepare("INSERT OR REPLACE INTO subscribers VALUES ($id, $address, $language)", ("$id", SqliteType.Text), ("$address", SqliteType.Text), ("$language", SqliteType.Text));
        delete = database.Prepare("DELETE FROM subscribers WHERE id = $id", ("$id", SqliteType.Text));
        putMail = database.Prepare("INSERT OR REPLACE INTO waiting_mail VALUES ($row, $subscriber, $change, $address, $language, $until, $due, $tries)",
            ("$row", SqliteType.Integer), ("$subscriber", SqliteType.Text), ("$change", SqliteType.Text), ("$address", SqliteType.Text), ("$language", SqliteType.Text),
            ("$until", SqliteType.Integer), ("$due", SqliteType.Integer), ("$tries", SqliteType.Integer));
        deleteMail = database.Prepare("DELETE FROM waiting_mail WHERE row = $row", ("$row", SqliteType.Integer));
    }

    /// <summary>Before the storage thread starts.</summary>
    public IReadOnlyList<Subscriber> Load() => [.. database.Connection.Query<Row>("SELECT id, address, language FROM subscribers")
        .SelectMany(static r => Mailbox.TryParse(r.address, out var mailbox) ? (Subscriber[])[new(r.id, mailbox, r.language)] : [])];

    /// <summary>Before the storage thread starts.</summary>
    public IReadOnlyList<WaitingMail> LoadMail() => [.. database.Connection.Query<MailRow>("SELECT row, subscriber, change, address, language, until, due, tries FROM waiting_mail ORDER BY row")
        .Select(static r => new WaitingMail(r.row, r.subscriber, r.change.Length == 0 ? null : r.change, Mailbox.TryParse(r.address, out var mailbox) ? mailbox : null, r.language, Moment(r.until))
        {
            Due = Moment(r.due),
            Tries = (int)r.tries,
        })];

    internal void Write(Subscriber subscriber) => Run(put, subscriber.Id, subscriber.Mailbox.ToString(), subscriber.Language);

    internal void Delete(string id) => Overwriting(() => Run(delete, id));

    internal void Write(WaitingMail mail) => Run(putMail, mail.Row, mail.Subscriber, mail.Change ?? "", mail.Mailbox?.ToString() ?? "", mail.Language, mail.Until.ToUnixTimeMilliseconds(), mail.Due.ToUnixTimeMilliseconds(), mail.Tries);

    internal void DeleteMail(long row) => Overwriting(() => Run(deleteMail, row));

    // For these rows only: the others of the database hold nothing that a person could ask to have erased, and come and go with every registration.
    private void Overwriting(Action what)
    {
        database.Connection.Execute("PRAGMA secure_delete = ON");
        try { what(); }
        finally { database.Connection.Execute("PRAGMA secure_delete = OFF"); }
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (int i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private sealed record Row(string id, string address, string language);

    private sealed record MailRow(long row, string subscriber, string change, string address, string language, long until, long due, long tries);
}
