using Mesh.Io;

namespace Mesh.Host.Storage;

/// <summary>Where durable work goes: a thread with a database (<see cref="StorageThread"/>), or nowhere (<see cref="NoStorage"/>) in a simulated world, whose machines have no disks.</summary>
public interface IStorage
{
    /// <summary>False when too much waits already; counted. <see cref="StorageWork.OnStored"/> follows otherwise, on the loop, never from within this call.</summary>
    bool TryPost(StorageWork work);
}

/// <summary>Keeps nothing and says it did, in the order asked.</summary>
public sealed class NoStorage(Loop loop) : IStorage
{
    public bool TryPost(StorageWork work)
    {
        loop.Post(static w => ((StorageWork)w!).OnStored(true), work);
        return true;
    }
}
