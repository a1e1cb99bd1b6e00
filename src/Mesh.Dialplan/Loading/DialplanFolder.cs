using System.Text;

namespace Mesh.Dialplan.Loading;

/// <summary>Reads the scripts of a bundle's <c>dialplan/</c>: every <c>*.csx</c> in it, sorted by name, none from folders below. Files an editor keeps beside them (names that begin with a dot) are passed over.</summary>
public static class DialplanFolder
{
    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The sources, or why a file cannot be read. Never throws for what the disk holds.</summary>
    public static (IReadOnlyList<DialplanSource> Sources, DialplanError? Error) Read(string folder, DialplanOptions options)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        string file = name;
        try
        {
            var sources = new List<DialplanSource>();
            foreach (string path in Files(folder))
            {
                file = $"{name}/{Path.GetFileName(path)}";
                if (new FileInfo(path).Length > options.MaxSourceLength) return ([], new(file, 0, 0, $"A file of a plan holds at most {options.MaxSourceLength} characters"));
                sources.Add(new(file, File.ReadAllText(path, Strict)));
            }
            return (sources, null);
        }
        catch (DecoderFallbackException) { return ([], new(file, 0, 0, "The file is not UTF-8 text")); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return ([], new(file, 0, 0, $"The file cannot be read: {e.Message}")); }
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.csx")
        .Where(path => !Path.GetFileName(path).StartsWith('.'))
        .OrderBy(Path.GetFileName, StringComparer.Ordinal);
}
