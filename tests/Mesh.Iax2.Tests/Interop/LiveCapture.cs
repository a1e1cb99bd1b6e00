using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Interop;

/// <summary>
/// The captures of two Asterisks and the same situations played by two of our endpoints over real sockets, captured by tshark as they happen; both dissected by tshark, once each.
/// Situation N has the hosts 127.51.N.1, who calls, and 127.51.N.2.
/// </summary>
public sealed class LiveCapture : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mesh-iax2-live-").FullName;

    public LiveCapture()
    {
        Theirs = Dissection.Of(Merge());
        Ours = Dissection.Of(Play());
    }

    internal IReadOnlyList<DissectedFrame> Theirs { get; }

    internal IReadOnlyList<DissectedFrame> Ours { get; }

    public void Dispose() => Directory.Delete(folder, true);

    /// <summary>All captures in one file, each with the addresses of its situation.</summary>
    private string Merge()
    {
        string path = Path.Combine(folder, "theirs.pcap");
        PcapFile.Write(path, Situations.All.SelectMany((situation, number) => PcapFile.Read(PcapFile.Capture(situation.Capture)).Select(datagram =>
            datagram with { From = Host(number, datagram.From), To = Host(number, datagram.To) })));
        return path;

        static NetAddress Host(int number, NetAddress address) => NetAddress.Parse(Situations.Host(number, address.ToString().StartsWith("127.0.0.1:", StringComparison.Ordinal) ? 1 : 2) + ":4569");
    }

    private string Play()
    {
        string path = Path.Combine(folder, "ours.pcap");
        using var capture = Process.Start(new ProcessStartInfo("tshark", ["-i", "lo", "-n", "-q", "-F", "pcap", "-f", "net 127.51.0.0/16 and udp port 4569", "-w", path])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        // Its pipes must not fill.
        capture.BeginErrorReadLine();
        capture.BeginOutputReadLine();
        try
        {
            Mark(path, capture, atLeast: 25);
            for (int number = 0; number < Situations.All.Count; number++)
            {
                using var pair = new LivePair(number);
                Situations.All[number].Play(pair);
                pair.AssertSound();
            }
            // What is behind the mark in the file is all there.
            Mark(path, capture, new FileInfo(path).Length + 1);
        }
        finally
        {
            // Killed it would leave the process behind that captures for it.
            using var stop = Process.Start("kill", ["-TERM", capture.Id.ToString()]);
            if (!capture.WaitForExit(10_000)) capture.Kill(entireProcessTree: true);
        }
        return path;
    }

    /// <summary>Sends datagrams that are no frame, until the capture has one more than before.</summary>
    private static void Mark(string path, Process capture, long atLeast)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Parse("127.51.255.1"), 0));
        for (int i = 0; i < 300; i++)
        {
            if (capture.HasExited) throw new InvalidOperationException("tshark cannot capture here: it takes root, or the right to capture on lo");
            socket.Send([0], new IPEndPoint(IPAddress.Parse("127.51.255.2"), 4569));
            Thread.Sleep(200);
            if (File.Exists(path) && new FileInfo(path).Length >= atLeast) return;
        }
        throw new TimeoutException("tshark wrote nothing in a minute");
    }
}
