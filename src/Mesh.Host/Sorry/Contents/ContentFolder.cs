namespace Mesh.Host.Sorry.Contents;

/// <summary>The bundles on a site's disk, each under its id. One appears whole, by a rename, or not at all.</summary>
public sealed class ContentFolder
{
    private const string Ending = ".mpg", Unfinished = ".part";
    private readonly string folder;
    private long written;

    public ContentFolder(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        // A process that died while writing left them.
        foreach (string part in Directory.EnumerateFiles(folder, "*" + Unfinished)) File.Delete(part);
    }

    /// <param name="id">See <see cref="ContentVersion.IsId"/>.</param>
    public string PathOf(string id) => ContentVersion.IsId(id) ? Path.Combine(folder, id + Ending) : throw new ArgumentException("no id of a version", nameof(id));

    public bool Has(string id) => File.Exists(PathOf(id));

    /// <summary>On disk when the task ends. Throws <see cref="IOException"/>.</summary>
    public async Task PutAsync(string id, ReadOnlyMemory<byte> octets, CancellationToken cancelled)
    {
        string part = NewPart();
        try
        {
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(octets, cancelled);
                file.Flush(flushToDisk: true);
            }
            Finish(part, id);
        }
        finally { File.Delete(part); }
    }

    /// <summary>A file to write to before it is known to be good.</summary>
    public string NewPart() => Path.Combine(folder, $"{Interlocked.Increment(ref written)}{Unfinished}");

    public void Finish(string part, string id) => File.Move(part, PathOf(id), overwrite: true);

    /// <summary>Deletes what is not in <paramref name="keep"/>.</summary>
    public int Prune(IReadOnlySet<string> keep)
    {
        int gone = 0;
        foreach (string file in Directory.EnumerateFiles(folder, "*" + Ending))
        {
            if (keep.Contains(Path.GetFileNameWithoutExtension(file))) continue;
            File.Delete(file);
            gone++;
        }
        return gone;
    }
}
