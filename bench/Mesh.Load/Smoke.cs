using System.Globalization;

namespace Mesh.Load;

/// <summary>The short run that says whether a change made us slower: a site of ours, whole, under SIPp and beside the C relay.</summary>
public sealed class Smoke(SmokeOptions options, TextWriter progress)
{
    /// <summary>Loopback addresses of this run's own: another run may be under way.</summary>
    private static readonly string Net = $"127.40.{1 + Environment.ProcessId % 250}";

    /// <summary>What a packet costs the C relay on the machine the limits in milliseconds were set on.</summary>
    private const double ReferenceMicros = 6.6;

    private readonly List<Verdict> verdicts = [];
    private RelayLoad? yardstick;

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
        yardstick = relay;
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
        Say($"calls: {options.CallRate}/s for {options.CallSeconds} s, two rounds to warm up");
        for (int i = 0; i < 2; i++) await CallLoad.RunAsync(site, options.CallRate, options.CallSeconds);
        if (options.Includes("calls"))
        {
            var rounds = new List<CallRound>();
            var references = new List<double>();
            for (int i = 0; i < options.CallRounds; i++)
            {
                // Shared machines run at a fifth of their speed for minutes: the C relay beside each round says at which.
                if (yardstick is not null) references.Add((await yardstick.ThroughReferenceAsync(options.RelaySeconds)).CpuMicros);
                rounds.Add(await CallLoad.RunAsync(site, options.CallRate, options.CallSeconds));
                Say(string.Create(CultureInfo.InvariantCulture, $"calls: {rounds[^1].CpuMillis:F3} ms CPU a call, {rounds[^1].Calls} calls, {rounds[^1].Failed} failed, {rounds[^1].Retransmissions} retransmissions {rounds[^1].Complaint}"));
            }
            double measured = Median.Of(rounds.Select(r => r.CpuMillis)), packet = references.Count > 0 ? Median.Of(references) : ReferenceMicros;
            verdicts.Add(new Verdict("bridged SIP call, CPU, on the reference machine's scale", measured * ReferenceMicros / packet, "ms", 0.6, 0.25,
                string.Create(CultureInfo.InvariantCulture, $"{measured:F3} ms measured where a packet cost the C relay {packet:F1} us instead of {ReferenceMicros} us; ") + $"INVITE 180 200 ACK BYE, ports reserved, record on disk; {options.CallRate} calls/s, {rounds.Count} rounds of {rounds[^1].Calls}, {rounds.Sum(r => r.Retransmissions)} retransmissions"));
            verdicts.Add(new Verdict("failed calls of these", rounds.Sum(r => r.Failed), "calls", 0, null, $"of {rounds.Sum(r => r.Calls)}"));
        }
        if (!options.Includes("rate")) return;
        Say($"rate: {options.HeldRate} calls/s for {options.HeldSeconds} s");
        var held = await CallLoad.RunAsync(site, options.HeldRate, options.HeldSeconds);
        if (held.Failed > 0) Say($"rate: {held.Failed} failed. {held.Complaint}");
        var after = await site.FiguresAsync();
        verdicts.Add(new Verdict($"failed calls at {options.HeldRate} calls/s for {options.HeldSeconds} s", held.Failed, "calls", 0, null,
            string.Create(CultureInfo.InvariantCulture, $"of {held.Calls}, {held.Rate:F0} calls/s, {held.CpuMillis:F3} ms CPU a call, {held.Retransmissions} retransmissions by SIPp, {after["process_resident_memory_bytes"] / 1e6:F0} MB resident after it")));
    }

    private void Say(string line) => progress.WriteLine(line);
}
