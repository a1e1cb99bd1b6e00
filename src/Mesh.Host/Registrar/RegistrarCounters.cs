using Mesh.Host.Admin;

namespace Mesh.Host.Registrar;

/// <summary>What the registrar did; written by the signalling loop.</summary>
public sealed class RegistrarCounters : IMetricSource
{
    private static readonly int[] Statuses = [400, 403, 423, 500, 503];
    private readonly long[] refused = new long[Statuses.Length];

    /// <summary>Registrations answered 200 after a write.</summary>
    public long Accepted;

    /// <summary>Bindings that lapsed without a refresh.</summary>
    public long Lapsed;

    public void Refused(int status)
    {
        int at = Array.IndexOf(Statuses, status);
        if (at >= 0) refused[at]++;
    }

    public long RefusedWith(int status) => refused[Array.IndexOf(Statuses, status)];

    public void Write(MetricWriter writer)
    {
        writer.Counter("mesh_registrations_total", "Registrations stored and answered.", Accepted);
        writer.Counter("mesh_bindings_lapsed_total", "Bindings that lapsed without a refresh.", Lapsed);
        for (int i = 0; i < Statuses.Length; i++)
            writer.Counter("mesh_registrations_refused_total", "Registrations refused, by status: 403 is a limit or somebody else's account, 503 a limit of the site.", refused[i], ("status", $"{Statuses[i]}"));
    }
}
