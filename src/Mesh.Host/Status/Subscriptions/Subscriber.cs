using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>Somebody who is told of incidents by mail. It is kept where it can be deleted, never in the journal.</summary>
/// <param name="Id">Drawn by chance; all the journal knows.</param>
/// <param name="Language">Of the mails; ISO 639-1.</param>
public sealed record Subscriber(string Id, Mailbox Mailbox, string Language);
