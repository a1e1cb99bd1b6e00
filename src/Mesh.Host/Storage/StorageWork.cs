namespace Mesh.Host.Storage;

/// <summary>Something to be on disk before somebody is told.</summary>
public abstract class StorageWork
{
    /// <summary>Writes, on the storage thread, within a transaction it shares with whatever else waited. May be called again, alone, when the shared one failed.</summary>
    public abstract void Write(SiteDatabase database);

    /// <summary>On the loop: it is on disk, or could not be written.</summary>
    public abstract void OnStored(bool stored);
}
