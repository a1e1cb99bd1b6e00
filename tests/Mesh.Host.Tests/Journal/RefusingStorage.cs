using Mesh.Host.Storage;

namespace Mesh.Host.Tests.Journal;

/// <summary>Keeps nothing and says at once that it did, unless told otherwise.</summary>
internal sealed class RefusingStorage : IStorage
{
    public bool Takes { get; set; } = true;

    public bool Stores { get; set; } = true;

    public bool TryPost(StorageWork work)
    {
        if (Takes) work.OnStored(Stores);
        return Takes;
    }
}
