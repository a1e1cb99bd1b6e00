namespace Mesh.Host.Storage;

/// <summary>A write that says whether it was done.</summary>
public sealed class StorageWrite(Action<SiteDatabase> write) : StorageWork
{
    private readonly TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<bool> Done => done.Task;

    /// <summary>True when it is on disk; false when it could not be written, or too much waits.</summary>
    public static Task<bool> DoneAsync(IStorage storage, Action<SiteDatabase> write)
    {
        var work = new StorageWrite(write);
        return storage.TryPost(work) ? work.Done : Task.FromResult(false);
    }

    public override void Write(SiteDatabase database) => write(database);

    public override void OnStored(bool stored) => done.TrySetResult(stored);
}
