namespace Mesh.Host.Status.Subscriptions.Mail;

/// <summary>One mail to one reader.</summary>
/// <param name="MessageId">Without its angle brackets; the same at whichever site sends it, so that a letter sent twice is known as one.</param>
/// <param name="Text">Plain, any line ends.</param>
public sealed record Letter(Mailbox To, string Subject, string MessageId, string Text)
{
    /// <summary>ISO 639-1.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The letter it goes on from, without angle brackets; null for the first of a thread.</summary>
    public string? Reference { get; init; }

    /// <summary>Where one POST ends the subscription, RFC 8058; null where there is none yet.</summary>
    public Uri? Unsubscribe { get; init; }
}
