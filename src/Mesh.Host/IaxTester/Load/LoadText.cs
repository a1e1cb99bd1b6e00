using System.Globalization;

namespace Mesh.Host.IaxTester.Load;

/// <summary>The report of a load run for eyes.</summary>
public static class LoadText
{
    public static void Write(TextWriter to, LoadFigures f)
    {
        Line(to, "calls", $"{f.Placed} placed, {f.Answered} answered, {f.Completed} completed, {f.Failed} failed in {f.Seconds:0.0} s ({f.CallsPerSecond:0.0} a second)");
        Line(to, "setup", $"p50 {f.SetupMs.P50:0.0} ms, p95 {f.SetupMs.P95:0.0} ms, p99 {f.SetupMs.P99:0.0} ms, max {f.SetupMs.Max:0.0} ms");
        Line(to, "voice", $"{f.VoiceSent} sent, {f.VoiceReceived} received, {f.VoiceLost} lost ({f.LossPercent:0.00} %), jitter {f.JitterMs:0.0} ms");
        Line(to, "datagrams", $"{f.DatagramsSent} sent, {f.DatagramsReceived} received, {f.Retransmissions} repeated");
        if (f.Late > 0) Line(to, "held back", $"{f.Late} times as many calls were open as allowed");
        foreach (var (why, count) in f.Failures) Line(to, "failed", $"{count} {why}");
    }

    private static void Line(TextWriter to, string name, FormattableString value) => to.WriteLine($"{name,-12} {value.ToString(CultureInfo.InvariantCulture)}");
}
