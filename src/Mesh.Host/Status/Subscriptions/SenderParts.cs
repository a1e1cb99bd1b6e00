using Mesh.Host.Journal;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>What a <see cref="MailSender"/> works with.</summary>
public sealed record SenderParts
{
    /// <summary>This one.</summary>
    public required string Site { get; init; }

    /// <summary>All of the mesh, this one too.</summary>
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>Whether another site lives, as far as this one sees.</summary>
    public required Func<string, bool> IsAlive { get; init; }

    public required SubscriberBook Book { get; init; }

    public required SubscriberFetch Fetch { get; init; }

    public required MailQueue Queue { get; init; }

    public required TellingProgress Progress { get; init; }

    public required IIncidentView Incidents { get; init; }

    public required ISharedJournal Journal { get; init; }

    public required StatusLetters Letters { get; init; }

    /// <summary>Opens a connection to the relay.</summary>
    public required Func<CancellationToken, Task<RelaySession>> OpenRelay { get; init; }

    /// <summary>Beside our address.</summary>
    public required string Name { get; init; }

    public required SubscriptionLimits Limits { get; init; }

    public required SubscriptionCounters Counters { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Told when sending stops working, with why, and when it works again, with null.</summary>
    public Action<string?> OnTrouble { get; init; } = static _ => { };
}
