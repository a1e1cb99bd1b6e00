using Mesh.Dialplan.Calls;
using Mesh.Host.Admin;
using Mesh.Iax2;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Sealing;
using Mesh.Host.Legs;
using Mesh.Io;

namespace Mesh.Host.Sites;

/// <summary>What a site counts. Fields written by loops, read here as they are.</summary>
public sealed class SiteMetrics(SiteCore core, IReadOnlyList<Loop> loops) : IMetricSource
{
    public void Write(MetricWriter writer)
    {
        Calls(writer);
        Law(writer);
        Sip(writer);
        Iax(writer);
        Media(writer);
        core.Ladders?.Counters.Write(writer, core.Ladders.Count, core.Ladders.BlocksUsed);
        foreach (var loop in loops)
        {
            writer.Gauge("mesh_deadlines_armed", "Timers running.", loop.Deadlines.Armed, ("loop", loop.Name));
            writer.Gauge("mesh_inbox_waiting", "Work waiting for a loop.", loop.Inbox.Count, ("loop", loop.Name));
            writer.Counter("mesh_inbox_refused_total", "Work refused because an inbox was full.", loop.Inbox.Refused, ("loop", loop.Name));
            writer.Counter("mesh_loop_faults_total", "Inputs whose handler threw.", loop.Faults, ("loop", loop.Name));
        }
    }

    private void Calls(MetricWriter writer)
    {
        var counters = core.Runner.Room.Counters;
        writer.Gauge("mesh_calls_live", "Calls that are up.", core.Runner.Calls.Count);
        writer.Gauge("mesh_scripts_running", "Handlers that have not returned.", counters.ScriptsRunning);
        writer.Counter("mesh_calls_total", "Calls taken.", counters.Calls);
        writer.Counter("mesh_calls_answered_total", "Calls answered.", counters.Answered);
        writer.Counter("mesh_calls_left_total", "Calls left to the two sites beside this one, which talk directly.", counters.Left);
        writer.Counter("mesh_sorry_calls_total", "Calls from outside that heard an announcement.", counters.Announced);
        writer.Gauge("mesh_sorry_calls_live", "Callers who hear an announcement now.", counters.Announcing);
        writer.Counter("mesh_script_failures_total", "Handlers that threw.", counters.ScriptFailures);
        foreach (var refusal in Enum.GetValues<CallRefusal>())
            writer.Counter("mesh_calls_refused_total", "Calls refused before a handler ran.", counters.Of(refusal), ("reason", refusal.ToString()));
        foreach (var count in (LegCount[])[core.SipLegs, core.IaxLegs, .. core.Trunks.Counts])
        {
            writer.Gauge("mesh_legs_live", "Legs alive.", count.Live, ("technology", count.Technology));
            writer.Counter("mesh_legs_total", "Legs made.", count.Total, ("technology", count.Technology));
            writer.Counter("mesh_legs_elsewhere_total", "Legs told that another has answered.", count.Elsewhere, ("technology", count.Technology));
        }
    }

    private void Law(MetricWriter writer)
    {
        var law = core.Runner.Room.Law.Counters;
        foreach (var kind in Enum.GetValues<AdmissionKind>()) writer.Counter("mesh_law_admissions_total", "How the mesh law took calls.", law.Of(kind), ("kind", kind.ToString()));
        foreach (var refusal in Enum.GetValues<LegRefusal>()) writer.Counter("mesh_law_legs_total", "Legs priced: None are those allowed.", law.Of(refusal), ("refusal", refusal.ToString()));
        writer.Gauge("mesh_law_origins", "Origins remembered.", core.Runner.Room.Law.Origins.Count);
    }

    private void Sip(MetricWriter writer)
    {
        var m = core.Sip.Metrics;
        writer.Gauge("mesh_sip_transactions", "SIP transactions alive.", core.Sip.Transactions.Count);
        writer.Gauge("mesh_sip_dialogs", "SIP dialogs alive.", core.Sip.Dialogs.Count);
        writer.Counter("mesh_sip_requests_total", "SIP requests received.", m.RequestsReceived);
        writer.Counter("mesh_sip_responses_total", "SIP responses received.", m.ResponsesReceived);
        writer.Counter("mesh_sip_sent_total", "SIP messages sent.", m.MessagesSent);
        writer.Counter("mesh_sip_retransmissions_total", "SIP messages sent again.", m.Retransmissions);
        writer.Counter("mesh_sip_unreadable_total", "SIP messages that did not parse.", m.Unreadable);
        writer.Counter("mesh_sip_over_limit_total", "SIP requests refused with 503.", m.OverLimit);
        writer.Counter("mesh_sip_no_ports_total", "Calls refused because no RTP port was free.", core.SipCalls.NoPorts);
        writer.Counter("mesh_sip_authentication_total", "Requests not authenticated.", core.Authentication.Challenged, ("result", "challenged"));
        writer.Counter("mesh_sip_authentication_total", "Requests not authenticated.", core.Authentication.Wrong, ("result", "wrong"));
        writer.Counter("mesh_sip_authentication_total", "Requests not authenticated.", core.Authentication.Stale, ("result", "stale"));
        writer.Gauge("mesh_bindings", "Places phones are registered from.", core.Registrar.Table.Count);
    }

    private void Iax(MetricWriter writer)
    {
        var c = core.Iax.Counters;
        writer.Gauge("mesh_iax_calls", "IAX2 calls, those lingering after their end too.", core.Iax.CallCount);
        writer.Gauge("mesh_iax_call_numbers", "IAX2 call numbers in use.", core.Iax.NumbersInUse);
        writer.Counter("mesh_iax_full_total", "Full frames.", c.FullReceived, ("direction", "in"));
        writer.Counter("mesh_iax_full_total", "Full frames.", c.FullSent, ("direction", "out"));
        writer.Counter("mesh_iax_mini_total", "Mini frames.", c.MinisReceived, ("direction", "in"));
        writer.Counter("mesh_iax_mini_total", "Mini frames.", c.MinisSent, ("direction", "out"));
        writer.Counter("mesh_iax_trunk_total", "Trunk frames.", c.TrunksReceived, ("direction", "in"));
        writer.Counter("mesh_iax_trunk_total", "Trunk frames.", c.TrunksSent, ("direction", "out"));
        writer.Counter("mesh_iax_trunk_entries_total", "Voice frames sent in trunk frames.", c.TrunkEntriesSent);
        writer.Counter("mesh_iax_retransmissions_total", "Full frames sent again.", c.Retransmissions);
        writer.Counter("mesh_iax_transfers_total", "Calls whose middle left.", c.TransfersLeft, ("role", "middle"));
        writer.Counter("mesh_iax_transfers_total", "Calls whose middle left.", c.TransfersFollowed, ("role", "end"));
        foreach (var reason in Enum.GetValues<DropReason>()) writer.Counter("mesh_iax_dropped_total", "Frames dropped.", c[reason], ("reason", reason.ToString()));
        writer.Counter("mesh_seal_associations_total", "Boots of other sites that proved themselves.", c.SealAssociations);
        foreach (var peer in core.Iax.Peers.All)
            if (peer.Options.Seal is not null) writer.Gauge("mesh_seal_associated", "1 when the path to a site is sealed.", peer.Seal == SealState.Associated ? 1 : 0, ("peer", peer.Name));
        foreach (var peer in core.Iax.Peers.All)
            if (peer.Options.Qualify is not null) writer.Gauge("mesh_peer_up", "1 when a peer answers.", peer.State is PeerState.Alive or PeerState.Lagged ? 1 : 0, ("peer", peer.Name));
    }

    private void Media(MetricWriter writer)
    {
        writer.Gauge("mesh_rtp_ports_rented", "RTP ports in use by calls.", core.Ports.Rented);
        writer.Gauge("mesh_rtp_ports_free", "RTP ports bound and free.", core.Ports.Free);
        writer.Counter("mesh_rtp_ports_exhausted_total", "Ports asked for when none was left.", core.Ports.Exhausted);
        writer.Counter("mesh_rtp_strays_total", "Datagrams to a port nobody rented.", core.Ports.Strays);
    }
}
