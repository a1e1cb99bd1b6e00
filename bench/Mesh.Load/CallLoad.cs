using System.Globalization;
using Mesh.Scenarios;

namespace Mesh.Load;

/// <summary>What one round of calls cost and how it went, by SIPp's own count.</summary>
/// <param name="CpuMillis">CPU of the site for one call.</param>
/// <param name="Retransmissions">Messages SIPp sent again, both ends together.</param>
/// <param name="Complaint">What SIPp said of the first call that failed; empty when none did.</param>
public readonly record struct CallRound(double CpuMillis, long Calls, long Failed, long Retransmissions, double Rate, string Complaint);

/// <summary>SIPp at both ends of a site: the carrier calls at a steady rate, the phone rings and answers, the carrier hangs up.</summary>
public static class CallLoad
{
    public static async Task<CallRound> RunAsync(LoadSite site, int perSecond, int seconds)
    {
        long calls = (long)perSecond * seconds;
        using var phone = Start(site, "uas-phone.xml", site.Phone);
        await Task.Delay(500);
        var before = site.Cpu();
        var started = TimeProvider.System.GetTimestamp();
        using var carrier = Start(site, "uac-carrier.xml", site.Carrier, $"{site.Host}:5060", "-s", LoadSite.Number,
            "-r", Text(perSecond), "-m", Text(calls), "-l", Text(perSecond * 20), "-timeout", $"{Text(seconds + 40)}s");
        int? code = await carrier.WaitAsync(TimeSpan.FromSeconds(seconds + 60));
        var took = TimeProvider.System.GetElapsedTime(started);
        await site.QuietAsync();
        double cpu = (site.Cpu() - before).Seconds;
        phone.Terminate();
        await phone.WaitAsync(TimeSpan.FromSeconds(5));
        var (made, failed, repeated) = Counts(site, carrier);
        var (_, phoneFailed, phoneRepeated) = Counts(site, phone);
        if (made == 0) throw new InvalidOperationException($"SIPp made no call (exit code {code}):\n{carrier.Output}\n{site.Log}");
        // SIPp ends with 1 when a call failed, and with other codes when it could not go on.
        long lost = failed + phoneFailed + (calls - made);
        return new CallRound(cpu * 1000 / made, made, lost, repeated + phoneRepeated, made / took.TotalSeconds, lost == 0 ? "" : Complaint(site, carrier) + Complaint(site, phone));
    }

    private static ChildProcess Start(LoadSite site, string scenario, string host, params string[] more)
    {
        string name = Path.GetFileNameWithoutExtension(scenario);
        File.Delete(StatFile(site, name));
        return Favoured.Start(name, Sipp.Path, ["-sf", Path.Combine(Checkout.Root, "bench/sipp", scenario), "-i", host, "-p", "5060", "-mp", "6000", "-nostdin",
            "-buff_size", "4194304", "-trace_err", "-trace_stat", "-stf", StatFile(site, name), "-fd", "1", .. more], folder: site.Folder);
    }

    private static string Complaint(LoadSite site, ChildProcess sipp)
    {
        string file = Path.Combine(site.Folder, $"{sipp.Name}_{sipp.Id}_errors.log");
        return File.Exists(file) ? $"{sipp.Name}: {string.Join(' ', File.ReadLines(file).Skip(1).Take(2)).Trim()} " : "";
    }

    private static string StatFile(LoadSite site, string name) => Path.Combine(site.Folder, $"{name}.csv");

    /// <summary>The last line of SIPp's statistics; the columns that end in (C) count from the start.</summary>
    private static (long Made, long Failed, long Retransmissions) Counts(LoadSite site, ChildProcess sipp)
    {
        string[] lines = File.ReadAllLines(StatFile(site, sipp.Name));
        string[] names = lines[0].Split(';'), last = lines[^1].Split(';');
        long Value(string column) => long.Parse(last[Array.IndexOf(names, column)], CultureInfo.InvariantCulture);
        return (Value("TotalCallCreated"), Value("FailedCall(C)"), Value("Retransmissions(C)"));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
