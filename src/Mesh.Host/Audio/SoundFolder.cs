using Mesh.Media.Sounds;

namespace Mesh.Host.Audio;

/// <summary>The WAV files of a folder, read once at start: playing one costs no disk. A file that is no usable WAV is reported and left out.</summary>
public sealed class SoundFolder : ISoundLibrary
{
    private readonly Dictionary<string, Sound> sounds = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];

    public SoundFolder(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (string file in Directory.EnumerateFiles(folder, "*.wav").Order(StringComparer.Ordinal))
        {
            if (WavFile.TryRead(File.ReadAllBytes(file), out var wav, out string? error)) sounds[Path.GetFileNameWithoutExtension(file)] = wav.ToSound();
            else problems.Add($"{file}: {error}");
        }
    }

    public IReadOnlyCollection<string> Names => sounds.Keys;

    /// <summary>Files left out, and why.</summary>
    public IReadOnlyList<string> Problems => problems;

    public Sound? Find(string name) => sounds.GetValueOrDefault(name);
}
