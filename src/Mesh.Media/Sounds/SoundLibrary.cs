using System.Diagnostics.CodeAnalysis;

namespace Mesh.Media.Sounds;

/// <summary>The prompts of a bundle: every <c>.wav</c> of a folder, read and encoded once, found by its path without the extension (<c>welcome</c>, <c>en/goodbye</c>).</summary>
public sealed class SoundLibrary
{
    /// <summary>Longest file read, in octets: half an hour of 16-bit speech at 8 kHz.</summary>
    public const int MaxFileOctets = 30 << 20;

    public static readonly SoundLibrary Empty = new(new Dictionary<string, Sound>());

    private readonly IReadOnlyDictionary<string, Sound> sounds;

    private SoundLibrary(IReadOnlyDictionary<string, Sound> sounds) => this.sounds = sounds;

    public IEnumerable<string> Names => sounds.Keys;

    /// <summary>Reads a folder and those in it. Each file that is no usable sound adds a sentence to <paramref name="errors"/>, beginning with its path; a folder that is not there holds no sounds.</summary>
    public static SoundLibrary Load(string folder, out IReadOnlyList<string> errors)
    {
        var found = new Dictionary<string, Sound>(StringComparer.Ordinal);
        var wrong = new List<string>();
        errors = wrong;
        if (!Directory.Exists(folder)) return Empty;
        foreach (string path in Directory.EnumerateFiles(folder, "*.wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (new FileInfo(path).Length > MaxFileOctets) wrong.Add($"{path}: it is longer than {MaxFileOctets} octets");
            else if (WavFile.TryRead(File.ReadAllBytes(path), out var wav, out string? error)) found[NameOf(folder, path)] = wav.ToSound();
            else wrong.Add($"{path}: {error}");
        }
        return new SoundLibrary(found);
    }

    public bool TryFind(string name, [NotNullWhen(true)] out Sound? sound) => sounds.TryGetValue(name, out sound);

    private static string NameOf(string folder, string path) => Path.ChangeExtension(Path.GetRelativePath(folder, path), null).Replace('\\', '/');
}
