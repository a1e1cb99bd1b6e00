namespace Mesh.Host.Status.Subscriptions;

/// <summary>What subscriptions to the status page may cost.</summary>
public sealed record SubscriptionLimits
{
    /// <summary>Subscribers of the whole mesh; later ones are told that there is no room.</summary>
    public int Subscribers { get; init; } = 10_000;

    /// <summary>Subscriptions that may begin in a day: each leaves its id in the journal for ever.</summary>
    public int BegunInDay { get; init; } = 1_000;

    /// <summary>How long the link in a confirmation mail works.</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Confirmation mails asked for from one source (an IPv4 address, an IPv6 /64) in an hour.</summary>
    public int AsksOfSource { get; init; } = 10;

    /// <summary>Confirmation mails to one address in a day.</summary>
    public int AsksOfAddress { get; init; } = 3;

    /// <summary>Confirmation mails in an hour, whoever asks.</summary>
    public int AsksInAll { get; init; } = 300;

    /// <summary>Mails that wait on disk for the relay.</summary>
    public int Waiting { get; init; } = 2_000;

    /// <summary>A change of an incident older than this is no news: nobody is told by mail.</summary>
    public TimeSpan TellWithin { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A site that should tell and shows no progress for this long is helped out by the next.</summary>
    public TimeSpan TakeOverAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The same for a site that seems dead: what it said a moment ago shows that it is not, or was not.</summary>
    public TimeSpan TakeOverDeadAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a site that tells says so; less than half of <see cref="TakeOverDeadAfter"/>.</summary>
    public TimeSpan NoteEvery { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Between a site's word that it will tell and its first mail: an earlier word of another is heard by then.</summary>
    public TimeSpan SettleFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Mails between two notes of progress in the journal: as many may come twice when a site dies.</summary>
    public int MailsBetweenNotes { get; init; } = 100;

    /// <summary>Waits between tries of a mail, the last one repeated until it is given up.</summary>
    public IReadOnlyList<TimeSpan> RetryAfter { get; init; } = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30)];

    /// <summary>How often a site looks whether there is something to send.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);
}
