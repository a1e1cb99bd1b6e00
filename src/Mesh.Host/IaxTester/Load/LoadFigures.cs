using System.Globalization;

namespace Mesh.Host.IaxTester.Load;

/// <summary>Milliseconds from NEW to ANSWER.</summary>
public sealed record SetupTimes(double P50, double P95, double P99, double Max)
{
    public static SetupTimes Of(List<double> answered)
    {
        if (answered.Count == 0) return new SetupTimes(0, 0, 0, 0);
        var sorted = answered.Order().ToArray();
        return new SetupTimes(At(0.50), At(0.95), At(0.99), sorted[^1]);

        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}

/// <summary>What a load run has done so far.</summary>
/// <param name="Failures">How many calls failed, by what: <c>refused cause 21</c>, <c>unreachable</c>.</param>
/// <param name="Late">Calls begun later than due because as many as allowed were open.</param>
public sealed record LoadFigures(
    double Seconds, long Placed, long Answered, long Completed, long Failed, int Open, double CallsPerSecond, SetupTimes SetupMs, IReadOnlyDictionary<string, long> Failures,
    long VoiceSent, long VoiceReceived, long VoiceLost, double LossPercent, double JitterMs, long DatagramsSent, long DatagramsReceived, long Retransmissions, long Late)
{
    /// <summary>One line for eyes, while it runs.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture,
        $"{Seconds,6:0.0} s  placed {Placed,6}  open {Open,5}  answered {Answered,6}  failed {Failed,5}  {CallsPerSecond,7:0.0}/s  setup p50 {SetupMs.P50:0.0} p95 {SetupMs.P95:0.0} p99 {SetupMs.P99:0.0} ms  loss {LossPercent:0.00} %  jitter {JitterMs:0.0} ms  repeated {Retransmissions}");
}
