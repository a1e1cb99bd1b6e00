using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Mesh.Host.Sorry.Phone;

/// <summary>
/// Text into speech by espeak-ng, where it is installed: a program of its own that gets the text on its input and nothing of our environment, and is killed when it takes too long or says too much.
/// </summary>
public sealed class Speech(string program, string voice, TimeProvider time)
{
    public const string DefaultProgram = "espeak-ng", DefaultVoice = "en-gb";

    /// <summary>How long it may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Octets of WAV at most: two minutes and a half of 16-bit samples at 22,050 Hz.</summary>
    public const int MaxOctets = 8 << 20;

    /// <summary>What a text is known by: another voice says it differently.</summary>
    public string KeyOf(string text) => $"{program}\n{voice}\n{text}";

    /// <summary>A WAV file; else why there is none, for the operator.</summary>
    public async Task<(byte[]? Wav, string Fault)> SayAsync(string text, CancellationToken cancelled)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false) };
        foreach (string word in (string[])["-v", voice, "-s", "150", "-b", "1", "--stdin", "--stdout"]) start.ArgumentList.Add(word);
        string? path = start.Environment.TryGetValue("PATH", out string? found) ? found : null;
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancelled);
        using var process = new Process { StartInfo = start };
        try { process.Start(); }
        catch (Win32Exception) { return (null, $"{program} is not installed at this site (Debian: apt-get install espeak-ng)"); }
        try
        {
            // Brackets would be read as phonemes.
            await process.StandardInput.WriteAsync(text.Replace('[', ' ').Replace(']', ' ').AsMemory(), either.Token);
            process.StandardInput.Close();
            var complaint = process.StandardError.ReadToEndAsync(either.Token);
            byte[]? wav = await ReadAsync(process.StandardOutput.BaseStream, either.Token);
            if (wav is null) return (null, $"{program} says more than {MaxOctets} octets");
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 && wav.Length > 0 ? (wav, "") : (null, $"{program} failed: {First(await complaint)}");
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested) { return (null, $"{program} took longer than {Limit.TotalSeconds:0} s"); }
        catch (IOException e) { return (null, $"{program} failed: {e.Message}"); }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static async Task<byte[]?> ReadAsync(Stream from, CancellationToken cancelled)
    {
        using var all = new MemoryStream();
        byte[] part = new byte[32 * 1024];
        for (int n; (n = await from.ReadAsync(part, cancelled)) > 0; all.Write(part, 0, n))
            if (all.Length + n > MaxOctets) return null;
        return all.ToArray();
    }

    private static string First(string complaint) => complaint.Split('\n')[0] is { Length: > 0 and <= 200 } line ? line : "no reason given";
}
