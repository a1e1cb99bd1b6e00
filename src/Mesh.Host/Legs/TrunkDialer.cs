using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Host.Config.Model;
using Mesh.Host.Config.Scalars;
using Mesh.Host.Trunks;
using Mesh.Media.Rtp;
using Mesh.Sip;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Endpoint = Mesh.Dialplan.Language.Endpoint;

namespace Mesh.Host.Legs;

/// <summary>Makes legs through carriers, in +E.164; emergency and short codes go bare.</summary>
public sealed class TrunkDialer(SipEndpoint endpoint, MeshConfig mesh, RtpPortPool ports, string domain, Func<SipUri, string?> divertTo) : IDialer
{
    private readonly Dictionary<string, LegCount> counts = mesh.Trunks.Keys.ToDictionary(name => name, name => new LegCount($"TRUNK/{name}"), StringComparer.Ordinal);

    public string Technology => "TRUNK";

    public IEnumerable<LegCount> Counts => counts.Values;

    /// <summary>By trunk.</summary>
    public IReadOnlyDictionary<string, TrunkHealth> Health { get; } = mesh.Trunks.Keys.ToDictionary(name => name, _ => new TrunkHealth(), StringComparer.Ordinal);

    /// <summary>A call came from a carrier.</summary>
    public void Heard(string trunk) => Health[trunk].Heard(endpoint.Loop.Clock.NowMs);

    /// <summary>Legs refused because the carrier takes no more calls of ours.</summary>
    public long Full { get; private set; }

    public HangupCause Resolve(Endpoint dialled, List<LegPlan> plans)
    {
        if (dialled is not TrunkEndpoint trunk || !mesh.Trunks.TryGetValue(trunk.Trunk, out var config) || config.To is null) return HangupCause.NoRouteToDestination;
        if (config.MaxCalls is { } most && counts[trunk.Trunk].Live >= most)
        {
            Full++;
            return HangupCause.CircuitCongestion;
        }
        plans.Add(new LegPlan(Technology, LegKind.Carrier, OnTheWire(trunk.Number), trunk.Trunk, "", config) { Spelling = trunk.Spelling });
        return HangupCause.None;
    }

    /// <summary>+E.164, short codes bare; 112 is sent as 999, which every British carrier takes.</summary>
    private static string OnTheWire(string number) => number == "112" ? "999" : Telephony.ToE164(number);

    public ILeg Start(LegOrder order, ILegObserver observer)
    {
        var trunk = (TrunkConfig)order.Plan.Path!;
        string description = $"{order.Plan.Spelling} {trunk.To}";
        if (SipMedia.Open(ports, order.Codecs, endpoint.Loop.Chance) is not { } media)
            return UnmadeLeg.Report(description, HangupCause.SwitchCongestion, observer, endpoint.Loop);
        var health = Health[trunk.Name];
        var leg = new SipLeg(description, observer, media, divertTo, counts[trunk.Name], isHeard =>
        {
            if (isHeard) health.Heard(endpoint.Loop.Clock.NowMs);
            else health.Missed(endpoint.Loop.Clock.NowMs);
        });
        var to = trunk.To!.Value;
        string ours = trunk.Numbers.Count > 0 ? trunk.Numbers[0].Number : "";
        var caller = order.Caller.Number.StartsWith('+') || order.Caller.Withheld ? order.Caller : order.Caller with { Number = ours };
        var headers = new HeaderLines();
        if (ours.Length > 0) headers.Add(HeaderName.PAssertedIdentity, $"<sip:{ours}@{domain}>");
        if (order.Caller.Withheld) headers.Add(HeaderName.Privacy, "id");
        leg.Place(endpoint, new InviteOrder(SipUri.Sip(order.Plan.Target, to.Host, to.Port == 0 ? null : to.Port))
        {
            From = SipIdentity.From(caller, domain),
            MaxForwards = order.MaxForwards,
            ContactUser = "mesh",
            Headers = headers,
            Body = media.Offer(),
            Credentials = trunk.Secret is { } secret ? new SipAccount(trunk.User, secret.Reveal()) : null,
        });
        return leg;
    }
}
