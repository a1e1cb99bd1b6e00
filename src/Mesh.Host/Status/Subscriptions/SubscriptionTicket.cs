using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>What a link in a mail stands for. Whoever has the link has got the mail.</summary>
public abstract record SubscriptionTicket(string Id);

/// <summary>May begin the subscription <paramref name="Id"/>, until <paramref name="Expires"/>.</summary>
public sealed record ConfirmTicket(string Id, Mailbox Mailbox, string Language, DateTimeOffset Expires) : SubscriptionTicket(Id);

/// <summary>May end it, at any time.</summary>
public sealed record EndTicket(string Id) : SubscriptionTicket(Id);
