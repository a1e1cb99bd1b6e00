using Mesh.Host.Admin;
using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>What became of what was asked, and of mails. Any thread.</summary>
public sealed class SubscriptionCounters : IMetricSource
{
    private static readonly SubscriptionOutcome[] Outcomes = Enum.GetValues<SubscriptionOutcome>();
    private static readonly Delivery[] Deliveries = Enum.GetValues<Delivery>();
    private readonly long[] outcomes = new long[Outcomes.Length], deliveries = new long[Deliveries.Length];
    private long trapped, givenUp, troubles;

    /// <summary>Subscribers, and mails that wait; as they are when asked.</summary>
    public Func<(int Subscribers, int Missing, int Waiting)> Now { get; set; } = static () => default;

    public long Of(SubscriptionOutcome outcome) => Volatile.Read(ref outcomes[(int)outcome]);

    public long Of(Delivery delivery) => Volatile.Read(ref deliveries[(int)delivery]);

    public long Trapped => Volatile.Read(ref trapped);

    public long GivenUp => Volatile.Read(ref givenUp);

    public long Troubles => Volatile.Read(ref troubles);

    public void Count(SubscriptionOutcome outcome) => Interlocked.Increment(ref outcomes[(int)outcome]);

    public void Count(Delivery delivery) => Interlocked.Increment(ref deliveries[(int)delivery]);

    public void Trap() => Interlocked.Increment(ref trapped);

    public void GiveUp() => Interlocked.Increment(ref givenUp);

    public void Trouble() => Interlocked.Increment(ref troubles);

    public void Write(MetricWriter writer)
    {
        var (subscribers, missing, waiting) = Now();
        writer.Gauge("mesh_status_subscribers", "Subscriptions to the status page.", subscribers);
        writer.Gauge("mesh_status_subscribers_missing", "Subscriptions whose address only other sites know yet.", missing);
        writer.Gauge("mesh_status_mail_waiting", "Mails that wait at this site.", waiting);
        foreach (var outcome in Outcomes) writer.Counter("mesh_status_subscription_total", "What came of what readers asked.", Of(outcome), ("outcome", outcome.ToString()));
        writer.Counter("mesh_status_subscription_trapped_total", "Forms filled in by robots.", Trapped);
        foreach (var delivery in Deliveries) writer.Counter("mesh_status_mail_total", "What the relay did with mails.", Of(delivery), ("outcome", delivery.ToString()));
        writer.Counter("mesh_status_mail_given_up_total", "Mails that were too old to be tried again.", GivenUp);
        writer.Counter("mesh_status_relay_troubles_total", "Times the relay could not be used.", Troubles);
    }
}
