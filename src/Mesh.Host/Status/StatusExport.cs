using System.Net;

namespace Mesh.Host.Status;

/// <summary>Copies a status page into a folder that any web server can show: every page as it was, each a file that is replaced whole.</summary>
/// <param name="http">Its base address is the page's.</param>
public sealed class StatusExport(HttpClient http, string folder)
{
    /// <summary>Most files of one export.</summary>
    public const int MaxFiles = 20_000;

    /// <summary>The number of files written. Throws <see cref="HttpRequestException"/> when the page does not answer, <see cref="IOException"/> when the folder cannot be written or the page names a path outside it.</summary>
    public async Task<int> RunAsync(CancellationToken cancelled)
    {
        string root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        string[] paths = (await http.GetStringAsync("paths.txt", cancelled)).Split('\n')[..^1];
        if (paths.Length > MaxFiles) throw new IOException($"the status page has more than {MaxFiles} addresses");
        foreach (string path in paths)
        {
            string file = Path.GetFullPath(Path.Combine(root, Uri.UnescapeDataString(path) + (path.Length == 0 || path.EndsWith('/') ? "index.html" : "")));
            if (!file.StartsWith(root, StringComparison.Ordinal)) throw new IOException($"the status page names a path outside the folder: {path}");
            using var response = await http.GetAsync("./" + path, cancelled);
            // An incident may have gone, or a service, since the list was made.
            if (response.StatusCode == HttpStatusCode.NotFound) continue;
            response.EnsureSuccessStatusCode();
            await WriteAsync(file, await response.Content.ReadAsByteArrayAsync(cancelled), cancelled);
        }
        return paths.Length;
    }

    private static async Task WriteAsync(string file, byte[] content, CancellationToken cancelled)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string part = file + ".part";
        await File.WriteAllBytesAsync(part, content, cancelled);
        File.Move(part, file, overwrite: true);
    }
}
