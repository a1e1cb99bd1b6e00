using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>A mail that is to be sent when it is due. Its text is made when it goes.</summary>
/// <param name="Subscriber">The id of a subscription, or of what will be one once confirmed.</param>
/// <param name="Change">The change of an incident it tells; null: it asks for confirmation.</param>
/// <param name="Mailbox">Of whoever is to confirm; null for a subscriber, who is in the book or has gone.</param>
/// <param name="Until">It is given up then.</param>
public sealed record WaitingMail(long Row, string Subscriber, string? Change, Mailbox? Mailbox, string Language, DateTimeOffset Until)
{
    public DateTimeOffset Due { get; init; }

    public int Tries { get; init; }
}
