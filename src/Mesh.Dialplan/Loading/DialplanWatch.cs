namespace Mesh.Dialplan.Loading;

/// <summary>
/// Reloads a <see cref="LiveDialplan"/> when its files are saved. Editors write a file in several steps: the folder is read once nothing has changed for
/// the settling time. A missed notification is made good by the next one, or by <see cref="LiveDialplan.Reload"/>.
/// </summary>
public sealed class DialplanWatch : IDisposable
{
    public static readonly TimeSpan DefaultSettle = TimeSpan.FromMilliseconds(150);

    private readonly FileSystemWatcher files;
    private readonly ITimer settled;
    private readonly TimeSpan settle;

    /// <summary>Begins to watch. Throws <see cref="ArgumentException"/> when there is no such folder.</summary>
    public DialplanWatch(LiveDialplan live, TimeProvider time, TimeSpan? settle = null)
    {
        this.settle = settle ?? DefaultSettle;
        settled = time.CreateTimer(_ => live.ReloadIfChanged(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        files = new FileSystemWatcher(live.Folder, "*.csx") { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
        files.Changed += (_, _) => Touch();
        files.Created += (_, _) => Touch();
        files.Deleted += (_, _) => Touch();
        files.Renamed += (_, _) => Touch();
        // Too many changes at once for the system to tell apart: something changed.
        files.Error += (_, _) => Touch();
        files.EnableRaisingEvents = true;
    }

    /// <summary>As if a file had been saved: the reload follows once things have settled.</summary>
    public void Touch() => settled.Change(settle, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        files.Dispose();
        settled.Dispose();
    }
}
