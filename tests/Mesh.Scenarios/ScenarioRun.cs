using System.Diagnostics;

namespace Mesh.Scenarios;

/// <summary>How one scenario went.</summary>
public sealed record Verdict(string Scenario, bool Passed, double Seconds, string Why);

/// <summary>Plays scenarios against running sites, each with phone addresses of its own.</summary>
public sealed class ScenarioRun(FourSites sites)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private int nextHost = 20;

    public async Task<Verdict> PlayAsync(Scenario scenario)
    {
        var watch = Stopwatch.StartNew();
        string why = "";
        try
        {
            if (scenario.Kill is { } site) sites.Kill(site);
            if (scenario.Race.Count == 0) why = await PlayOnceAsync(scenario, 0);
            foreach (int apart in scenario.Race)
            {
                why = await PlayOnceAsync(scenario, apart);
                if (why.Length > 0) { why = $"{apart} ms apart: {why}"; break; }
            }
            if (scenario.Kill is { } dead) await sites.StartAsync(dead);
        }
        catch (Exception e) when (e is IOException or TimeoutException or InvalidOperationException) { why = e.Message; }
        return new Verdict(scenario.Name, why.Length == 0, watch.Elapsed.TotalSeconds, why);
    }

    private async Task<string> PlayOnceAsync(Scenario scenario, int apart)
    {
        string folder = Directory.CreateDirectory(Path.Combine(sites.Folder, "sipp", $"{scenario.Name}-{apart}")).FullName;
        var phones = new List<ChildProcess>();
        try
        {
            foreach (var phone in scenario.Phones)
            {
                string host = $"{sites.Net}.{nextHost++}";
                if (await RegisterAsync(folder, phone, host) is { Length: > 0 } refused) return refused;
                if (phone.Plays is null) continue;
                int delay = 400 + (phones.Count == 0 ? 0 : apart);
                phones.Add(Sipp.Start(phone.Account, folder, phone.Plays, host, 5060, new Dictionary<string, string> { ["DELAY"] = $"{delay}" },
                    "-m", "1", "-timeout", "25s", "-mp", $"{6000 + 10 * phones.Count}"));
            }
            if (scenario.Caller is not { } caller) return "";
            await Task.Delay(300);
            using var carrier = Sipp.Start("carrier", folder, caller.Plays, sites.Carrier, 5060, null, $"{sites.Host(caller.At)}:5060", "-s", caller.Dials, "-m", "1", "-timeout", "25s", "-t", caller.Tcp ? "t1" : "u1");
            int? code = await carrier.WaitAsync(Limit);
            var failed = new List<string>();
            if (code != 0) failed.Add(Explain(folder, carrier, code));
            foreach (var phone in phones)
                if (await phone.WaitAsync(Limit) is not 0 and var c) failed.Add(Explain(folder, phone, c));
            if (failed.Count == 0 && scenario.Race.Count > 0 && RaceCheck.Fault(folder, carrier, phones) is { } fault) failed.Add(fault);
            return string.Join("; ", failed);
        }
        finally { phones.ForEach(p => p.Dispose()); }
    }

    private async Task<string> RegisterAsync(string folder, PhoneRole phone, string host)
    {
        foreach (string site in phone.At.Where(s => sites.Running.Contains(s)))
        {
            using var sipp = Sipp.Start($"register-{phone.Account}-{site}", folder, "uac-register.xml", host, 5060, null, $"{sites.Host(site)}:5060",
                "-s", phone.Account, "-au", phone.Account, "-ap", TestPlan.Secret, "-m", "1", "-timeout", "10s");
            if (await sipp.WaitAsync(Limit) is not 0 and var code) return Explain(folder, sipp, code);
        }
        return "";
    }

    private static string Explain(string folder, ChildProcess sipp, int? code)
    {
        string errors = Path.Combine(folder, $"{sipp.Name}_{sipp.Id}_errors.log");
        string detail = File.Exists(errors) ? string.Join(' ', File.ReadLines(errors).Take(3)) : "";
        string seen = string.Join(" | ", Sipp.Messages(folder, sipp).Select(m => (m.Sent ? ">" : "<") + m.Line.Trim()));
        return $"{sipp.Name}: SIPp ended with {(code is null ? "no end in time" : code)}, saw {seen} {detail}".Trim();
    }
}
