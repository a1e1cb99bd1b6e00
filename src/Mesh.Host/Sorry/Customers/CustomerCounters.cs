using Mesh.Host.Admin;

namespace Mesh.Host.Sorry.Customers;

/// <summary>What customers did and what was refused them; written by many threads.</summary>
public sealed class CustomerCounters : IMetricSource
{
    private static readonly CustomerOutcome[] Outcomes = Enum.GetValues<CustomerOutcome>();
    private readonly long[] counts = new long[Outcomes.Length];

    public long Of(CustomerOutcome outcome) => Volatile.Read(ref counts[(int)outcome]);

    public void Count(CustomerOutcome outcome) => Interlocked.Increment(ref counts[(int)outcome]);

    public void Write(MetricWriter writer)
    {
        foreach (var outcome in Outcomes)
            writer.Counter("mesh_sorry_customers_total", "What customers did, and what was refused them.", Of(outcome), ("outcome", System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString())));
    }
}

/// <summary>What came of something a customer asked.</summary>
public enum CustomerOutcome
{
    Login,
    Upload,
    Order,
    PasswordChange,

    /// <summary>Refused: a wrong name, password or token.</summary>
    WrongLogin,

    /// <summary>Refused: too many wrong ones from that source, or for that account.</summary>
    TooManyLogins,

    /// <summary>Refused: a form that is not ours, or without its token.</summary>
    ForeignForm,

    /// <summary>Refused: what was uploaded cannot be kept.</summary>
    BadUpload,

    /// <summary>Refused: too many uploads at once.</summary>
    TooManyUploads,

    /// <summary>Refused: an order that cannot be given.</summary>
    BadOrder,

    /// <summary>Refused: a host of somebody else.</summary>
    ForeignHost,

    /// <summary>Refused: too many uploads and orders within a day.</summary>
    TooManyActs,

    /// <summary>Refused: too many connections from one source.</summary>
    Source,
}
