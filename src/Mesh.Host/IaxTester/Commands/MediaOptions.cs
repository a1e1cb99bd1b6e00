using System.CommandLine;
using Mesh.Host.Commands;
using Mesh.Host.IaxTester.Calls;
using Mesh.Media.Sounds;

namespace Mesh.Host.IaxTester.Commands;

/// <summary>What a call says and listens for.</summary>
public sealed class MediaOptions
{
    public Option<int> Tone { get; } = new("--tone") { Description = "Say a tone of so many hertz.", HelpName = "HZ" };

    public Option<string?> Play { get; } = new("--play") { Description = "Say a WAV file (mono; PCM, A-law or u-law).", HelpName = "FILE" };

    public Option<bool> Echo { get; } = new("--echo") { Description = "Say what is heard." };

    public Option<int> Measure { get; } = new("--measure") { Description = "Listen for a tone of so many hertz; not hearing it for half a second is a failure.", HelpName = "HZ" };

    public MediaOptions()
    {
        foreach (var hertz in (Option<int>[])[Tone, Measure])
            hertz.Validators.Add(r => { if (r.Tokens.Count > 0 && (!int.TryParse(r.Tokens[0].Value, out int hz) || hz is < 100 or > 3_400)) r.AddError($"{hertz.Name} {r.Tokens[0].Value}: 100 to 3400 hertz"); });
    }

    public void AddTo(Command command)
    {
        command.Add(Tone);
        command.Add(Play);
        command.Add(Echo);
        command.Add(Measure);
    }

    /// <summary>False, after saying why, for a file that is no sound.</summary>
    public bool TryRead(ParseResult parsed, Terminal terminal, out Spoken say)
    {
        say = parsed.GetValue(Echo) ? Spoken.Echo : parsed.GetValue(Tone) is > 0 and var hertz ? Spoken.Tone(hertz) : Spoken.Nothing;
        if (parsed.GetValue(Play) is not { } path) return true;
        try
        {
            if (WavFile.TryRead(File.ReadAllBytes(path), out var wav, out string? error)) { say = Spoken.File(wav); return true; }
            terminal.Error.WriteLine($"mesh iax: {path}: {error}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { terminal.Error.WriteLine($"mesh iax: {path}: {e.Message}"); }
        return false;
    }
}
