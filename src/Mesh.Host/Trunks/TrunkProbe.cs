using Mesh.Host.Config.Model;
using Mesh.Io;
using Mesh.Sip;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;

namespace Mesh.Host.Trunks;

/// <summary>Asks a carrier with OPTIONS whether it is there (RFC 3261 section 11), where its configuration says so. Any response says yes. Signalling loop only.</summary>
public sealed class TrunkProbe : IOutgoingRequestHandler, IDeadlineOwner
{
    /// <summary>Between probes when the last one was not answered, milliseconds.</summary>
    public const int RetryMs = 5_000;

    /// <summary>An answer that takes longer counts as none, milliseconds.</summary>
    public const int AnswerMs = 4_000;

    private const int Due = 0, Late = 1;
    private readonly SipEndpoint endpoint;
    private readonly TrunkConfig trunk;
    private readonly TrunkHealth health;
    private readonly string domain;
    private readonly Deadline due, late;
    private OutgoingRequest? asked;

    public TrunkProbe(SipEndpoint endpoint, TrunkConfig trunk, TrunkHealth health, string domain)
    {
        (this.endpoint, this.trunk, this.health, this.domain) = (endpoint, trunk, health, domain);
        due = new Deadline(this, Due);
        late = new Deadline(this, Late);
    }

    /// <summary>Probes from now on.</summary>
    public void Start() => endpoint.Loop.Deadlines.Arm(due, 1);

    public void Stop()
    {
        endpoint.Loop.Deadlines.Disarm(due);
        endpoint.Loop.Deadlines.Disarm(late);
        asked = null;
    }

    public void OnDeadline(Deadline deadline)
    {
        if (deadline.Tag == Late) { Over(isHeard: false); return; }
        var to = trunk.To!.Value;
        endpoint.Loop.Deadlines.Arm(late, AnswerMs);
        asked = endpoint.Request(SipMethod.Options, new RequestOrder(SipUri.Sip(null, to.Host, to.Port == 0 ? null : to.Port)) { From = $"<sip:mesh@{domain}>" }, this);
    }

    public void OnFinal(OutgoingRequest request, SipStatus status, SipResponse? response)
    {
        // An answer that came late says that it is there, though it was counted as missing.
        if (response is not null) health.Heard(endpoint.Loop.Clock.NowMs);
        if (request == asked) Over(response is not null);
    }

    private void Over(bool isHeard)
    {
        asked = null;
        endpoint.Loop.Deadlines.Disarm(late);
        if (!isHeard) health.Missed(endpoint.Loop.Clock.NowMs);
        endpoint.Loop.Deadlines.Arm(due, isHeard ? (long)trunk.Options!.Value.TotalMilliseconds : RetryMs);
    }
}
