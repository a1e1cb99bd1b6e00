using System.Diagnostics;
using System.Globalization;

namespace Mesh.Interop.Tests;

/// <summary>One message as tshark decodes it, whatever file it is in: what a ladder must agree with.</summary>
internal sealed record SharkMessage(double At, string Source, string Destination, string What)
{
    private static readonly string[] Fields =
    [
        "frame.time_epoch", "ip.src", "udp.srcport", "ip.dst", "udp.dstport", "sip.Method", "sip.Status-Code", "sip.CSeq", "sip.Call-ID",
        "iax2.type", "iax2.iax.subclass", "iax2.control.subclass", "iax2.voice.subclass", "iax2.src_call", "iax2.dst_call", "iax2.oseqno", "iax2.iseqno", "iax2.timestamp", "iax2.retransmission", "_ws.malformed",
    ];

    /// <summary>Every SIP message but registrations, and every IAX2 full frame but what is said between sites without a call; of a file that should hold one call and nothing else, everything.</summary>
    public static IReadOnlyList<SharkMessage> Read(string file, bool isOfOneCall = false)
    {
        var start = new ProcessStartInfo(Tshark.Path) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string a in (string[])["-r", file, "-n", "-Y", "sip || iax2.oseqno", "-T", "fields", "-E", "occurrence=f", .. Fields.SelectMany(f => new[] { "-e", f })]) start.ArgumentList.Add(a);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        var rows = lines.Select(l => l.Split('\t')).ToList();
        Assert.All(rows, r => Assert.Equal("", r[19]));
        // By the numbers of the NEWs: probes and registrations have numbers of their own.
        var calls = rows.Where(r => r[9] == "6" && r[10] == "1").Select(r => $"{r[1]}:{r[2]} {r[13]}").ToHashSet();
        return [.. rows.Where(r => isOfOneCall || (r[9].Length == 0 ? !r[7].EndsWith("REGISTER", StringComparison.Ordinal) : calls.Contains($"{r[1]}:{r[2]} {r[13]}") || calls.Contains($"{r[3]}:{r[4]} {r[14]}"))).Select(Of)];
    }

    private static SharkMessage Of(string[] r) => new(double.Parse(r[0], CultureInfo.InvariantCulture), $"{r[1]}:{r[2]}", $"{r[3]}:{r[4]}",
        r[9].Length == 0 ? $"SIP {r[5]}{r[6]} {r[7]} {r[8]}"
        : $"IAX2 type {Number(r[9])} subclass {(r[9] switch { "6" => r[10], "4" => r[11], "2" => r[12], _ => "" })} {r[13]}/{r[14]} o{r[15]} i{r[16]} ts {r[17]}{(r[18] is "1" or "True" ? " again" : "")}");

    private static string Number(string text) => text.StartsWith("0x", StringComparison.Ordinal) ? Convert.ToInt32(text, 16).ToString(CultureInfo.InvariantCulture) : text;
}
