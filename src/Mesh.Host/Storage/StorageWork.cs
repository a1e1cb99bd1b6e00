namespace Mesh.Host.Storage;

/// <summary>Something to be on disk before somebody is told.</summary>
public abstract class StorageWork
{
    /// <summary>Somebody waits for it: it is committed at once. What nobody waits for is held for <see cref="StorageThread.Linger"/>, so that several share one commit.</summary>
    public virtual bool IsAwaited => true;

    /// <summary>Writes, on the storage thread, within a transaction it shares with whatever else waited. May be called again, alone, when the shared one failed.</summary>
    public abstract void Write(SiteDatabase database);

    /// <summary>On the loop: it is on disk, or could not be written.</summary>
    public abstract void OnStored(bool stored);
}
