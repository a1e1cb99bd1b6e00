using Mesh.Dialplan.Calls;
using Mesh.Host.Ladders.Recording;
using Mesh.Host.Sites;
using Mesh.Io;
using Mesh.Sip.Transport;

namespace Mesh.Host.Ladders;

/// <summary>Hands out what this site recorded: the loop copies octets, everything else happens on the thread that asks.</summary>
public sealed class SiteLadders(SiteCore core)
{
    private sealed record Taken(LegProtocol Protocol, string Kind, string Name, bool IsCaller, byte[] Blocks, LegQuality? Quality, int Missed, bool IsCut);

    private sealed record Snapshot(bool IsLive, long EpochMicros, IReadOnlyList<Taken> Legs, IReadOnlyList<(string Call, long StartedMicros, TraceLine Line)> Lines, int LegsMissed, string[] Transports, string[] Locals);

    /// <summary>Octets of messages told at once: what other sites take of each other is bounded.</summary>
    public const int MaxTold = 2 << 20;

    /// <summary>An empty one when nothing is known of that origin here (any more).</summary>
    public async Task<SiteLadder> FindAsync(string origin, CancellationToken cancelled)
    {
        if (core.Ladders is not { } book || await LoopQuestion.AskAsync(core.Signalling, () => book.Find(origin) is { } call ? Take(book, call) : null, cancelled) is not { } taken)
            return SiteLadder.Nothing(core.Model.Site.Name, origin);
        return new SiteLadder(core.Model.Site.Name, origin, taken.IsLive, Legs(taken), [.. taken.Lines.Select(l => Step(l, taken))], taken.LegsMissed);
    }

    private Snapshot Take(LadderBook book, LadderCall call) => new(
        call.Live > 0, call.EpochMicros,
        [.. call.Legs.Select(leg => new Taken(leg.Protocol, leg.Kind, leg.Name, leg.IsCaller, leg.Log.Copy(), leg.Quality ?? (leg.Source is { } source ? LegQuality.Of(source) : null), leg.Missed, leg.Log.IsCut))],
        [.. call.Traces.SelectMany(trace => trace.Lines, (trace, line) => (trace.CallId, trace.StartedMicros, line))],
        call.LegsMissed,
        [.. book.Sip.Ways.Select(w => w.Protocol.ViaName().ToLowerInvariant())],
        [.. book.Sip.Ways.Select(w => Reachable(w.Local)), Reachable(core.Iax.Local)]);

    /// <summary>A listener on every address is shown where the site is.</summary>
    private string Reachable(NetAddress bound) => (bound.SameHost(NetAddress.From(System.Net.IPAddress.Any, 0)) ? NetAddress.From(core.Model.Site.Host, bound.Port) : bound).ToString();

    private static List<SiteLeg> Legs(Snapshot all)
    {
        int room = MaxTold;
        var legs = new List<SiteLeg>();
        foreach (var leg in all.Legs) legs.Add(Leg(leg, all, ref room));
        return legs;
    }

    private static SiteLeg Leg(Taken taken, Snapshot all, ref int room)
    {
        bool isSip = taken.Protocol == LegProtocol.Sip;
        var told = new List<SiteMessage>();
        int untold = 0;
        foreach (var m in MessageReader.Read(taken.Blocks))
        {
            if (m.Octets.Length > room) { untold++; continue; }
            room -= m.Octets.Length;
            told.Add(new SiteMessage(all.EpochMicros + m.AtMicros, m.IsSent, isSip ? all.Transports[m.Way] : "udp", isSip ? all.Locals[m.Way] : all.Locals[^1], m.Remote.ToString(), m.Octets));
        }
        return new SiteLeg(isSip ? "sip" : "iax2", taken.Kind, taken.Name, taken.IsCaller, taken.Quality, taken.Missed + untold, taken.IsCut, told);
    }

    private static SiteStep Step((string Call, long StartedMicros, TraceLine Line) said, Snapshot all) =>
        new(said.Call, all.EpochMicros + said.StartedMicros + said.Line.AtMicros, said.Line.Text, said.Line.At.IsKnown ? Path.GetFileName(said.Line.At.File!) : "", said.Line.At.Line);
}
