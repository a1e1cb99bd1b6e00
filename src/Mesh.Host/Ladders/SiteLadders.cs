using Mesh.Dialplan.Calls;
using Mesh.Host.Ladders.Recording;
using Mesh.Host.Sites;
using Mesh.Io;
using Mesh.Sip.Transport;

namespace Mesh.Host.Ladders;

/// <summary>Hands out what this site recorded: the loop copies octets, everything else happens on the thread that asks.</summary>
public sealed class SiteLadders(SiteCore core)
{
    private sealed record Taken(LadderLeg Leg, byte[] Blocks, LegQuality? Quality);

    private sealed record Snapshot(bool IsLive, long EpochMicros, IReadOnlyList<Taken> Legs, IReadOnlyList<(string Call, long StartedMicros, TraceLine Line)> Lines, int LegsMissed, string[] Transports, string[] Locals);

    public bool AreKept => core.Ladders is not null;

    /// <summary>Null when nothing is known of that origin here (any more).</summary>
    public async Task<SiteLadder?> FindAsync(string origin, CancellationToken cancelled)
    {
        if (core.Ladders is not { } book) return null;
        return await LoopQuestion.AskAsync(core.Signalling, () => book.Find(origin) is { } call ? Take(book, call) : null, cancelled) is { } taken
            ? new SiteLadder(core.Model.Site.Name, origin, taken.IsLive, [.. taken.Legs.Select(l => Leg(l, taken))], [.. taken.Lines.Select(l => Step(l, taken))], taken.LegsMissed)
            : null;
    }

    private Snapshot Take(LadderBook book, LadderCall call) => new(
        call.Live > 0, call.EpochMicros,
        [.. call.Legs.Select(leg => new Taken(leg, leg.Log.Copy(), leg.Quality ?? (leg.Source is { } source ? LegQuality.Of(source) : null)))],
        [.. call.Traces.SelectMany(trace => trace.Lines, (trace, line) => (trace.CallId, trace.StartedMicros, line))],
        call.LegsMissed,
        [.. book.Sip.Ways.Select(w => w.Protocol.ViaName().ToLowerInvariant())],
        [.. book.Sip.Ways.Select(w => Reachable(w.Local)), Reachable(core.Iax.Local)]);

    /// <summary>A listener on every address is shown where the site is.</summary>
    private string Reachable(NetAddress bound) => (bound.SameHost(NetAddress.From(System.Net.IPAddress.Any, 0)) ? NetAddress.From(core.Model.Site.Host, bound.Port) : bound).ToString();

    private static SiteLeg Leg(Taken taken, Snapshot all)
    {
        var leg = taken.Leg;
        bool isSip = leg.Protocol == LegProtocol.Sip;
        return new SiteLeg(isSip ? "sip" : "iax2", leg.Kind, leg.Name, leg.IsCaller, taken.Quality, leg.Missed, leg.Log.IsCut,
            [.. MessageReader.Read(taken.Blocks).Select(m => new SiteMessage(
                all.EpochMicros + m.AtMicros, m.IsSent, isSip ? all.Transports[m.Way] : "udp", isSip ? all.Locals[m.Way] : all.Locals[^1], m.Remote.ToString(), m.Octets))]);
    }

    private static SiteStep Step((string Call, long StartedMicros, TraceLine Line) said, Snapshot all) =>
        new(said.Call, all.EpochMicros + said.StartedMicros + said.Line.AtMicros, said.Line.Text, said.Line.At.IsKnown ? Path.GetFileName(said.Line.At.File!) : "", said.Line.At.Line);
}
