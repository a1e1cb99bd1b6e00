using System.Diagnostics;
using System.Text;
using Mesh.Io;

namespace Mesh.Iax2.Tests.Interop;

/// <summary>An iaxmodem process of this test's own, and the serial line to it.</summary>
internal sealed class Iaxmodem : IDisposable
{
    private readonly string folder;
    private readonly Process process;
    private readonly StringBuilder log = new(), heard = new();
    private FileStream? line;

    public Iaxmodem(NetAddress server, int localPort, string user, string secret, string codec = "slinear", int refreshSeconds = 60)
    {
        folder = Directory.CreateTempSubdirectory("mesh-iaxmodem-").FullName;
        Device = Path.Combine(folder, "tty");
        File.WriteAllText(Path.Combine(folder, "config"), $"""
            device {Device}
            owner {Run("id", "-un")}:{Run("id", "-gn")}
            mode 660
            port {localPort}
            refresh {refreshSeconds}
            server {server}
            peername {user}
            secret {secret}
            cidname Fax
            cidnumber 2001
            codec {codec}

            """);
        // The name is looked for below /etc/iaxmodem.
        process = Process.Start(new ProcessStartInfo("iaxmodem", "../.." + Path.Combine(folder, "config"))
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        process.OutputDataReceived += (_, e) => Append(log, e.Data + "\n");
        process.ErrorDataReceived += (_, e) => Append(log, e.Data + "\n");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Device { get; }

    public bool HasExited => process.HasExited;

    public string Log { get { lock (log) return log.ToString(); } }

    /// <summary>What the modem said on its line since <see cref="Say"/>.</summary>
    public string Heard { get { lock (heard) return heard.ToString(); } }

    public void Say(string command)
    {
        if (line is null) Open();
        lock (heard) heard.Clear();
        line!.Write(Encoding.ASCII.GetBytes(command));
        line.Flush();
    }

    public void Dispose()
    {
        try { process.Kill(); } catch (InvalidOperationException) { }
        process.WaitForExit(5000);
        process.Dispose();
        line?.Dispose();
        Directory.Delete(folder, true);
    }

    private void Open()
    {
        Run("stty", $"-F {Device} raw -echo");
        line = new FileStream(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        var reading = new Thread(Read) { IsBackground = true };
        reading.Start();
    }

    private void Read()
    {
        var octets = new byte[256];
        try
        {
            using var reader = new FileStream(Device, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);
            while (reader.Read(octets) is var count and > 0) Append(heard, Encoding.Latin1.GetString(octets, 0, count));
        }
        catch (IOException) { }
    }

    private static void Append(StringBuilder to, string text) { lock (to) to.Append(text); }

    private static string Run(string program, string arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string output = run.StandardOutput.ReadToEnd().Trim();
        run.WaitForExit();
        return output;
    }
}
