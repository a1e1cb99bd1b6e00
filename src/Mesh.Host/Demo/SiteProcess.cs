using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Mesh.Host.Demo;

/// <summary>One site as a child process of this program.</summary>
public sealed partial class SiteProcess : IDisposable
{
    private const int Terminate = 15;
    private const int LinesKept = 200;
    private readonly Process process;
    private readonly Queue<string> output = new();

    private SiteProcess(string site, ProcessStartInfo start)
    {
        Site = site;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public string Site { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>The end of what it wrote.</summary>
    public string Output { get { lock (output) return string.Join('\n', output); } }

    public static SiteProcess Start(string bundle, string site)
    {
        // "dotnet mesh.dll" or the program's own executable, whichever we are.
        string program = Environment.ProcessPath ?? "dotnet";
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(typeof(SiteProcess).Assembly.Location);
        foreach (string word in (string[])["run", "--bundle", bundle, "--site", site]) start.ArgumentList.Add(word);
        // What overrides somebody's own bundle is not meant for this one.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MESH_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        var child = new SiteProcess(site, start);
        child.process.Start();
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        return child;
    }

    /// <summary>SIGKILL: no goodbye. Does not wait.</summary>
    public void Kill()
    {
        try { process.Kill(); }
        catch (InvalidOperationException) { /* it had ended already */ }
    }

    /// <summary>SIGTERM, and SIGKILL for one that does not end in time.</summary>
    public async Task StopAsync(TimeSpan limit, TimeProvider time)
    {
        if (!process.HasExited)
        {
            if (OperatingSystem.IsWindows() || Signal(process.Id, Terminate) != 0) Kill();
            using var timeout = new CancellationTokenSource(limit, time);
            try { await process.WaitForExitAsync(timeout.Token); }
            catch (OperationCanceledException) { Kill(); }
        }
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public void Dispose() => process.Dispose();

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (output)
        {
            output.Enqueue(line);
            while (output.Count > LinesKept) output.Dequeue();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
