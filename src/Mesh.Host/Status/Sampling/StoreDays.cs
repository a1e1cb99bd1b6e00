using Mesh.Host.Storage;

namespace Mesh.Host.Status.Sampling;

/// <summary>Days on their way to disk; nobody waits for them.</summary>
public sealed class StoreDays(IReadOnlyList<ServiceDay> days) : StorageWork
{
    public override bool IsAwaited => false;

    public override void Write(SiteDatabase database)
    {
        foreach (var day in days) database.Status.Write(day);
    }

    // A day that could not be written is written again with its next change, a minute later.
    public override void OnStored(bool stored) { }
}
