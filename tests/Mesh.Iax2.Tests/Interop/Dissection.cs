using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Mesh.Iax2.Tests.Interop;

/// <summary>One frame as tshark reads it. <paramref name="What"/>: type and subclass in its words, without numbers and times, then the elements that are there, sorted.</summary>
internal sealed record DissectedFrame(int Situation, bool IsFromCaller, bool IsRetransmission, bool IsMalformed, bool IsTrunk, bool IsMini, int Length, string What);

/// <summary>tshark's reading of a file.</summary>
internal static partial class Dissection
{
    private static readonly string[] Fields = ["ip.src", "udp.length", "iax2.packet_type", "iax2.retransmission", "_ws.col.Info", "iax2.ie_id"];

    public static IReadOnlyList<DissectedFrame> Of(string path)
    {
        using var tshark = Process.Start(new ProcessStartInfo("tshark",
            ["-r", path, "-n", "-d", "udp.port==4569,iax2", "-Y", "udp.length > 9", "-T", "fields", .. Fields.SelectMany(field => new[] { "-e", field })])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        tshark.BeginErrorReadLine();
        string output = tshark.StandardOutput.ReadToEnd();
        tshark.WaitForExit();
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read)];
    }

    private static DissectedFrame Read(string line)
    {
        var cells = line.Split('\t');
        var host = cells[0].Split('.');
        bool isTrunk = cells[2] == "3";
        string elements = string.Join(',', cells[5].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).Distinct().Order());
        // How many frames share a trunk's datagram is a matter of the moment.
        string what = isTrunk ? "Trunk packet" : NumbersAndTimes().Replace(cells[4], "").Trim() + (elements.Length > 0 ? $" [{elements}]" : "");
        return new DissectedFrame(int.Parse(host[2]), host[3] == "1", cells[3] is "1" or "True", cells[4].Contains("Malformed", StringComparison.Ordinal), isTrunk, cells[2] == "0",
            int.Parse(cells[1]) - 8, what);
    }

    [GeneratedRegex(@",? ?source call# \d+,?|,? ?timestamp \d+ms,?")]
    private static partial Regex NumbersAndTimes();
}
