using System.Diagnostics;

namespace Mesh.Scenarios;

/// <summary>tshark on the loopback interface, limited to addresses of our own.</summary>
public sealed class Tshark : IDisposable
{
    public const string Path = "/usr/bin/tshark";
    private readonly ChildProcess capture;

    private Tshark(ChildProcess capture, string file) => (this.capture, File) = (capture, file);

    public string File { get; }

    /// <summary>Captures the SIP and IAX2 of one /24 of loopback until <see cref="StopAsync"/>.</summary>
    public static async Task<Tshark> StartAsync(string folder, string net)
    {
        string file = System.IO.Path.Combine(folder, "capture.pcap");
        var capture = new ChildProcess("tshark", Path, ["-i", "lo", "-n", "-q", "-F", "pcap", "-f", $"net {net}.0/24 and (udp port 5060 or udp port 4569)", "-w", file]);
        for (int i = 0; i < 100 && !capture.Output.Contains("Capturing on", StringComparison.Ordinal); i++)
        {
            if (capture.HasExited) throw new InvalidOperationException($"tshark ended: {capture.Output}");
            await Task.Delay(100);
        }
        await Task.Delay(1000);
        return new Tshark(capture, file);
    }

    public async Task StopAsync()
    {
        await Task.Delay(500);
        capture.Terminate();
        await capture.WaitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>The packets that match a display filter, one row of fields each.</summary>
    public IReadOnlyList<string[]> Rows(string filter, params string[] fields)
    {
        var start = new ProcessStartInfo(Path) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string a in (string[])["-r", File, "-n", "-Y", filter, "-T", "fields", .. fields.SelectMany(f => new[] { "-e", f })]) start.ArgumentList.Add(a);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException(errors.Result);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t'))];
    }

    public void Dispose() => capture.Dispose();
}
