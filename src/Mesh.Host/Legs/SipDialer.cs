using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Host.Registrar;
using Mesh.Io;
using Mesh.Media.Rtp;
using Mesh.Sip;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Transport;
using Endpoint = Mesh.Dialplan.Language.Endpoint;

namespace Mesh.Host.Legs;

/// <summary>Makes legs to the phones registered here: one to each place an account is registered from.</summary>
public sealed class SipDialer(SipEndpoint endpoint, BindingTable bindings, RtpPortPool ports, string domain, Func<SipUri, string?> divertTo, LegCount count) : IDialer
{
    public string Technology => "SIP";

    public HangupCause Resolve(Endpoint dialled, List<LegPlan> plans)
    {
        if (dialled is not PhoneEndpoint phone) return HangupCause.NoRouteToDestination;
        int before = plans.Count;
        foreach (var binding in bindings.Of(phone.Account, endpoint.Loop.Clock.NowMs))
            if (binding.Technology == BindingTechnology.Sip)
                plans.Add(new LegPlan(Technology, LegKind.Phone, phone.Account, "", binding.DeviceKey, binding) { Spelling = phone.Spelling });
        return plans.Count > before ? HangupCause.None : HangupCause.NoUserResponding;
    }

    public ILeg Start(LegOrder order, ILegObserver observer)
    {
        var binding = (Binding)order.Plan.Path!;
        string description = $"{order.Plan.Spelling} {binding.Received}";
        if (!SipUri.TryParse(SipText.From(binding.ContactUri), out var uri) || FlowOf(binding) is not { } flow)
            return UnmadeLeg.Report(description, HangupCause.DestinationOutOfOrder, observer, endpoint.Loop);
        if (SipMedia.Open(ports, order.Codecs, endpoint.Loop.Chance) is not { } media)
            return UnmadeLeg.Report(description, HangupCause.SwitchCongestion, observer, endpoint.Loop);
        var leg = new SipLeg(description, observer, media, divertTo, count);
        leg.Place(endpoint, new InviteOrder(uri)
        {
            From = SipIdentity.From(order.Caller, domain),
            To = $"<sip:{order.Plan.Target}@{domain}>",
            Flow = flow,
            MaxForwards = order.MaxForwards,
            ContactUser = order.Plan.Target,
            Headers = SipIdentity.Diversion(order.Caller, domain),
            Body = media.Offer(),
        });
        return leg;
    }

    /// <summary>Back over the way the phone registered, through its NAT.</summary>
    private SipFlow? FlowOf(Binding binding)
    {
        foreach (var transport in endpoint.Transports)
            if (transport.Local.IsIPv4 == binding.Received.IsIPv4 && transport.Protocol.ViaName().Equals(binding.Transport, StringComparison.OrdinalIgnoreCase))
                return new SipFlow(transport, binding.Received);
        return null;
    }
}
