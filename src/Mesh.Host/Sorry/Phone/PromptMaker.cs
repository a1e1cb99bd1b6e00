using System.Security.Cryptography;
using System.Text;
using Mesh.Media;
using Mesh.Media.Sounds;

namespace Mesh.Host.Sorry.Phone;

/// <summary>Makes the sound of an announcement: a recording of the bundle, or text said by <see cref="Speech"/> once and kept on disk. Off every loop.</summary>
/// <param name="sounds">The bundle's folder of sounds.</param>
/// <param name="kept">Where what was said is kept; this site's own.</param>
public sealed class PromptMaker(string sounds, string kept, Speech speech)
{
    /// <summary>Longest announcement: callers are not kept longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Texts kept on disk; the oldest goes first.</summary>
    public const int MaxKept = 100;

    // A path that opens late would swallow the first word.
    private const int LeadMs = 400;

    /// <summary>What is said when nothing else was given or can be: the information tones, and a recorded sentence of ours.</summary>
    public static Sound Default { get; } = MakeDefault();

    /// <summary>The sound of a recording; else why there is none.</summary>
    public async Task<(Sound? Sound, string Fault)> RecordedAsync(string name, CancellationToken cancelled)
    {
        string path = SorryRecording.PathOf(sounds, name);
        try
        {
            if (!File.Exists(path)) return (null, $"there is no recording {path}");
            if (new FileInfo(path).Length > SoundLibrary.MaxFileOctets) return (null, $"{path} is longer than {SoundLibrary.MaxFileOctets} octets");
            return Read(await File.ReadAllBytesAsync(path, cancelled), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return (null, $"{path}: {e.Message}"); }
    }

    /// <summary>The sound of a text; else why there is none.</summary>
    public async Task<(Sound? Sound, string Fault)> SpokenAsync(string text, CancellationToken cancelled)
    {
        string path = Path.Combine(kept, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(speech.KeyOf(text)))) + ".wav");
        try
        {
            if (File.Exists(path) && Read(await File.ReadAllBytesAsync(path, cancelled), path) is { Sound: not null } known) return known;
            var (wav, fault) = await speech.SayAsync(text, cancelled);
            if (wav is null) return (null, fault);
            var said = Read(wav, "the speech");
            if (said.Sound is not null) await KeepAsync(path, wav, cancelled);
            return said;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return (null, e.Message); }
    }

    private async Task KeepAsync(string path, byte[] wav, CancellationToken cancelled)
    {
        Directory.CreateDirectory(kept);
        foreach (string old in Directory.GetFiles(kept, "*.wav").OrderByDescending(File.GetLastWriteTimeUtc).Skip(MaxKept - 1)) File.Delete(old);
        await File.WriteAllBytesAsync(path + ".part", wav, cancelled);
        File.Move(path + ".part", path, overwrite: true);
    }

    private static (Sound? Sound, string Fault) Read(byte[] octets, string what)
    {
        if (!WavFile.TryRead(octets, out var wav, out string? fault)) return (null, $"{what}: {fault}");
        if (wav.Samples.Count > Longest.TotalSeconds * wav.Rate) return (null, $"{what} is longer than {Longest.TotalMinutes:0} minutes");
        return wav.Samples.Count == 0 ? (null, $"{what} is empty") : (WithLead(Resampler.ToClockRate([.. wav.Samples], wav.Rate)), "");
    }

    private static Sound WithLead(ReadOnlySpan<short> samples) => new([.. new short[LeadMs * AudioCodecs.ClockRate / 1000], .. samples]);

    private static Sound MakeDefault()
    {
        using var asset = typeof(PromptMaker).Assembly.GetManifestResourceStream("sorry.wav") ?? throw new InvalidOperationException("the program was built without its announcement");
        byte[] octets = new byte[asset.Length];
        asset.ReadExactly(octets);
        if (!WavFile.TryRead(octets, out var wav, out string? fault)) throw new InvalidOperationException($"the program's own announcement: {fault}");
        return WithLead([.. InformationTones.Samples, .. Resampler.ToClockRate([.. wav.Samples], wav.Rate)]);
    }
}
