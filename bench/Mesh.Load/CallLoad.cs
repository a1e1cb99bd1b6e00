using System.Globalization;
using Mesh.Scenarios;

namespace Mesh.Load;

/// <summary>What one round of calls cost and how it went, by SIPp's own count.</summary>
/// <param name="CpuMillis">CPU of what stands between for one call.</param>
/// <param name="UserMillis">The part of it outside the kernel.</param>
/// <param name="Retransmissions">Messages SIPp sent again, both ends together.</param>
/// <param name="Complaint">What SIPp said of the first call that failed; empty when none did.</param>
public readonly record struct CallRound(double CpuMillis, double UserMillis, long Calls, long Failed, long Retransmissions, double Rate, string Complaint);

/// <summary>SIPp at both ends of a path: the carrier calls at a steady rate, the phone rings and answers, the carrier hangs up.</summary>
public static class CallLoad
{
    public static async Task<CallRound> RunAsync(ICallPath path, int perSecond, int seconds)
    {
        long calls = (long)perSecond * seconds;
        await path.RegisterAsync();
        using var phone = Start(path, "uas-phone.xml", path.Phone);
        await Task.Delay(500);
        var before = path.Cpu();
        var started = TimeProvider.System.GetTimestamp();
        using var carrier = Start(path, "uac-carrier.xml", path.Carrier, $"{path.Host}:5060", "-s", LoadSite.Number,
            "-r", Text(perSecond), "-m", Text(calls), "-l", Text(perSecond * 20), "-timeout", $"{Text(seconds + 40)}s");
        int? code = await carrier.WaitAsync(TimeSpan.FromSeconds(seconds + 60));
        var took = TimeProvider.System.GetElapsedTime(started);
        await path.QuietAsync();
        var cpu = path.Cpu() - before;
        phone.Terminate();
        await phone.WaitAsync(TimeSpan.FromSeconds(5));
        var (made, failed, repeated) = Counts(path, carrier);
        var (_, phoneFailed, phoneRepeated) = Counts(path, phone);
        if (made == 0) throw new InvalidOperationException($"SIPp made no call (exit code {code}):\n{carrier.Output}\n{path.Log}");
        // SIPp ends with 1 when a call failed, and with other codes when it could not go on.
        long lost = failed + phoneFailed + (calls - made);
        return new CallRound(cpu.Seconds * 1000 / made, cpu.User * 1000 / made, made, lost, repeated + phoneRepeated, made / took.TotalSeconds, lost == 0 ? "" : Complaint(path, carrier) + Complaint(path, phone));
    }

    private static ChildProcess Start(ICallPath path, string scenario, string host, params string[] more)
    {
        string name = Path.GetFileNameWithoutExtension(scenario);
        File.Delete(StatFile(path, name));
        return Favoured.Start(name, Sipp.Path, ["-sf", Path.Combine(Checkout.Root, "bench/sipp", scenario), "-i", host, "-p", "5060", "-mp", "6000", "-nostdin",
            "-buff_size", "4194304", "-trace_err", "-trace_stat", "-stf", StatFile(path, name), "-fd", "1", .. more], folder: path.Folder);
    }

    private static string Complaint(ICallPath path, ChildProcess sipp)
    {
        string file = Path.Combine(path.Folder, $"{sipp.Name}_{sipp.Id}_errors.log");
        return File.Exists(file) ? $"{sipp.Name}: {string.Join(' ', File.ReadLines(file).Skip(1).Take(2)).Trim()} " : "";
    }

    private static string StatFile(ICallPath path, string name) => Path.Combine(path.Folder, $"{name}.csv");

    /// <summary>The last line of SIPp's statistics; the columns that end in (C) count from the start.</summary>
    private static (long Made, long Failed, long Retransmissions) Counts(ICallPath path, ChildProcess sipp)
    {
        string[] lines = File.ReadAllLines(StatFile(path, sipp.Name));
        string[] names = lines[0].Split(';'), last = lines[^1].Split(';');
        long Value(string column) => long.Parse(last[Array.IndexOf(names, column)], CultureInfo.InvariantCulture);
        return (Value("TotalCallCreated"), Value("FailedCall(C)"), Value("Retransmissions(C)"));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
