namespace Mesh.Host.Admin;

/// <summary>Something that counts. Its fields are plain and written by one thread; reading them late is no harm.</summary>
public interface IMetricSource
{
    /// <summary>Writes what it has now, with the same names in the same order every time.</summary>
    void Write(MetricWriter writer);
}
