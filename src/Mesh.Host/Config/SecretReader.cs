using Mesh.Host.Config.Model;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Config;

/// <summary>Fetches secrets from where a bundle says they are.</summary>
public sealed class SecretReader(string bundle, IReadOnlyDictionary<string, string> environment, ConfigProblems problems)
{
    /// <summary>
    /// A file that begins with this is published with the program and protects nothing, so its mode does not matter: git keeps no 0600, and the examples must run from a checkout.
    /// </summary>
    public const string ExampleMark = "# example key";

    /// <summary>Longest secret, in characters.</summary>
    public const int MaxLength = 4096;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The secret at <paramref name="node"/>; null when there is none, or after an error was added.</summary>
    public Secret? Read(ConfigNode? node, string path) => node switch
    {
        ConfigScalar { IsNothing: false } inline => Checked(inline.Text, node.Source, path),
        ConfigMap map when map.Find("file")?.Value is ConfigScalar file => FromFile(file, path),
        ConfigMap map when map.Find("env")?.Value is ConfigScalar name => FromEnvironment(name, path),
        _ => null,
    };

    /// <summary>True when a file may be read or written by others than its owner.</summary>
    internal static bool IsOpenToOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;

    /// <summary>The same for key files.</summary>
    public RsaKeyReader Rsa { get; } = new(bundle, problems);

    private Secret? FromEnvironment(ConfigScalar name, string path)
    {
        if (environment.TryGetValue(name.Text, out var value)) return Checked(value, name.Source, path);
        problems.Error(name.Source, $"{path}: the environment has no {name.Text}");
        return null;
    }

    private Secret? FromFile(ConfigScalar file, string path)
    {
        string full = Path.GetFullPath(file.Text, bundle);
        try
        {
            if (!File.Exists(full))
            {
                problems.Error(file.Source, $"{path}: there is no file {full}", path == "mesh_key" ? "'mesh provision key' makes one" : "the path is relative to the bundle");
                return null;
            }
            using var reader = new StreamReader(full);
            var buffer = new char[MaxLength + 2];
            string text = new(buffer, 0, reader.ReadBlock(buffer));
            if (text.StartsWith(ExampleMark, StringComparison.Ordinal))
            {
                problems.Warn(file.Source, $"{path} is the published example key, which everybody knows", "'mesh provision key' makes one of your own");
                text = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
            }
            else if (IsOpenToOthers(full))
            {
                problems.Error(file.Source, $"{path}: {full} may be read by others than its owner", $"chmod 600 {file.Text}");
                return null;
            }
            return Checked(text.TrimEnd('\r', '\n'), file.Source, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Error(file.Source, $"{path}: {full} cannot be read: {e.Message}");
            return null;
        }
    }

    private Secret? Checked(string text, ConfigSource source, string path)
    {
        if (text.Trim().Length == 0) problems.Error(source, $"{path}: the secret is empty");
        else if (text.Length > MaxLength) problems.Error(source, $"{path}: the secret is longer than {MaxLength} characters");
        else if (text.AsSpan().ContainsAny('\r', '\n', '\0')) problems.Error(source, $"{path}: the secret has more than one line");
        else return new Secret(text);
        return null;
    }
}
