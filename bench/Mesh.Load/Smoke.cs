using System.Globalization;

namespace Mesh.Load;

/// <summary>The short run that says whether a change made us slower: a site of ours, whole, under SIPp and beside the C relay.</summary>
public sealed class Smoke(SmokeOptions options, TextWriter progress)
{
    /// <summary>Loopback addresses of this run's own: another run may be under way.</summary>
    private static readonly string Net = $"127.40.{1 + Environment.ProcessId % 250}", OtherNet = Net.Replace("127.40.", "127.41.", StringComparison.Ordinal);

    /// <summary>
    /// What the limits in milliseconds, 0.6 and 0.25, are in calls proxied by Kamailio, which took 0.20-0.22 ms on the machine they were set on. System calls cost several times as
    /// much on one machine as on another; both of these make about as many for a call.
    /// </summary>
    private const double KamailioLimit = 0.6 / 0.21, KamailioGoal = 1.2;

    private readonly List<Verdict> verdicts = [];

    public async Task<IReadOnlyList<Verdict>> RunAsync()
    {
        if (options.Includes("relay")) await RelayAsync();
        if (options.Includes("calls") || options.Includes("rate")) await CallsAsync();
        return verdicts;
    }

    private async Task RelayAsync()
    {
        string rtpLoad = await ReferencePrograms.CompileAsync("rtp_load"), udpRelay = await ReferencePrograms.CompileAsync("udp_relay");
        await using var site = await LoadSite.StartAsync(Net);
        using var calls = new MediaCalls(site);
        var flows = await calls.EstablishAsync(options.RelayCalls);
        var relay = new RelayLoad(site, flows, rtpLoad, udpRelay);
        Say($"relay: {flows.Count} calls are up; one round to warm up, then {options.RelayRounds} of each");
        await relay.ThroughMeshAsync(options.RelaySeconds, 0);
        double idle = await relay.IdleAllocationAsync(options.RelaySeconds);
        var ours = new List<RelayRound>();
        var theirs = new List<RelayRound>();
        for (int i = 0; i < options.RelayRounds; i++)
        {
            theirs.Add(await relay.ThroughReferenceAsync(options.RelaySeconds));
            ours.Add(await relay.ThroughMeshAsync(options.RelaySeconds, idle));
            Say(string.Create(CultureInfo.InvariantCulture, $"relay: C {theirs[^1].CpuMicros:F2} us, Mesh {ours[^1].CpuMicros:F2} us a packet; lost {theirs[^1].Lost} and {ours[^1].Lost} of {ours[^1].Packets}; 99 % within {theirs[^1].LateMicros} and {ours[^1].LateMicros} us; {ours[^1].Allocated:F2} octets allocated a packet"));
        }
        await calls.HangUpAsync();
        double mesh = Median.Of(ours.Select(r => r.CpuMicros)), reference = Median.Of(theirs.Select(r => r.CpuMicros));
        verdicts.Add(new Verdict("relayed RTP packet, CPU", mesh / reference, "x the C relay", 1.6, 1.2,
            string.Create(CultureInfo.InvariantCulture, $"{mesh:F2} us and {reference:F2} us, {flows.Count} calls, both ways, G.711 20 ms; 99 % of packets through in {Median.Of(ours.Select(r => (double)r.LateMicros)):F0} us and {Median.Of(theirs.Select(r => (double)r.LateMicros)):F0} us")));
        verdicts.Add(new Verdict("relayed RTP packet, allocated", Math.Round(Median.Of(ours.Select(r => r.Allocated))), "octets", 0, null,
            string.Create(CultureInfo.InvariantCulture, $"{Median.Of(ours.Select(r => r.Allocated)):F3} before rounding: what the whole process allocates beyond idling, over {ours[^1].Packets} packets")));
        verdicts.Add(new Verdict("relayed RTP packets lost", Median.Of(ours.Select(r => 100.0 * r.Lost / (r.Packets + r.Lost))), "%", 0.1, 0,
            string.Create(CultureInfo.InvariantCulture, $"C relay {Median.Of(theirs.Select(r => 100.0 * r.Lost / (r.Packets + r.Lost))):F3} %")));
    }

    private async Task CallsAsync()
    {
        await using var site = await LoadSite.StartAsync(Net);
        if (options.Includes("calls")) await CompareCallsAsync(site);
        if (!options.Includes("rate")) return;
        Say($"rate: {options.HeldRate} calls/s for {options.HeldSeconds} s");
        var held = await CallLoad.RunAsync(site, options.HeldRate, options.HeldSeconds);
        if (held.Failed > 0) Say($"rate: {held.Failed} failed. {held.Complaint}");
        var after = await site.FiguresAsync();
        verdicts.Add(new Verdict($"failed calls at {options.HeldRate} calls/s for {options.HeldSeconds} s", held.Failed, "calls", 0, null,
            string.Create(CultureInfo.InvariantCulture, $"of {held.Calls}, {held.Rate:F0} calls/s, {held.CpuMillis:F3} ms CPU a call, {held.Retransmissions} retransmissions by SIPp, {after["process_resident_memory_bytes"] / 1e6:F0} MB resident after it")));
    }

    private async Task CompareCallsAsync(LoadSite site)
    {
        const string Mesh = "Mesh", Kamailio = "Kamailio", Floor = "the C relay", Beside = "the other Mesh";
        var turns = new CallTurns(options, Say);
        await using var other = options.Beside is { } dll ? await LoadSite.StartAsync(OtherNet, dll) : null;
        await using var proxy = KamailioProxy.IsInstalled ? await KamailioProxy.StartAsync(site) : null;
        await using var relay = await SipRelay.StartAsync(site);
        if (other is not null) turns.Add(Beside, other);
        turns.Add(Floor, relay);
        if (proxy is not null) turns.Add(Kamailio, proxy);
        turns.Add(Mesh, site);
        Say($"calls: {options.CallRate}/s for {options.CallSeconds} s, three rounds of each to warm up, then {options.CallRounds}");
        await turns.RunAsync();
        var rounds = turns.Of(Mesh);
        double Middle(string name) => Median.Of(turns.Of(name).Select(r => r.CpuMillis));
        string how = $"INVITE 180 200 ACK BYE, ports reserved, record on disk; {options.CallRate} calls/s, {rounds.Count} rounds of {rounds[^1].Calls}, {rounds.Sum(r => r.Retransmissions)} retransmissions";
        verdicts.Add(new Verdict("bridged SIP call, CPU, as measured here", Middle(Mesh), "ms", 0.6, 0.25,
            string.Create(CultureInfo.InvariantCulture, $"{Median.Of(rounds.Select(r => r.UserMillis)):F3} ms of it outside the kernel; {Middle(Floor):F3} ms is the least, a C program that only passes the messages on; {how}")));
        if (proxy is not null)
            verdicts.Add(new Verdict("bridged SIP call, CPU, beside Kamailio", turns.Ratio(Mesh, Kamailio), "x its proxied call", KamailioLimit, KamailioGoal,
                string.Create(CultureInfo.InvariantCulture, $"{Middle(Mesh):F3} ms and {Middle(Kamailio):F3} ms in alternating rounds, the same SIPps, scenarios and rate; the limit is 0.6 ms where Kamailio takes 0.21 ms")));
        else Say("calls: Kamailio is not installed (apt-get install kamailio): the row beside it is missing");
        if (other is not null) Say(string.Create(CultureInfo.InvariantCulture, $"calls: {turns.Ratio(Mesh, Beside):F3} x the other Mesh, {options.Beside}"));
        verdicts.Add(new Verdict("failed calls of these", rounds.Sum(r => r.Failed), "calls", 0, null, $"of {rounds.Sum(r => r.Calls)}"));
    }

    private void Say(string line) => progress.WriteLine(line);
}
