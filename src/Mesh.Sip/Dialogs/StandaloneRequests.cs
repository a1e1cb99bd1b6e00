using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>Requests outside a dialog that share a Call-ID and count up: those of one OPTIONS with its answer to a challenge, or all of one registration (10.2.4).</summary>
internal sealed class StandaloneRequests : IRequestSource
{
    private readonly RequestOrder order;
    private readonly SipText from, to, callId;
    private readonly SipText[] routes;
    private uint sequence;

    public StandaloneRequests(SipEndpoint endpoint, RequestOrder order)
    {
        this.order = order;
        LocalTag = endpoint.NewTag();
        // In one array: what lingers for an INVITE's sake is moved by every collection.
        (from, to, callId) = SipText.From($"{order.From};tag={LocalTag:x16}", order.To ?? $"<{order.Uri}>", $"{endpoint.NewTag():x16}{endpoint.NewTag():x16}");
        routes = order.Routes.Count == 0 ? [] : [.. order.Routes.Select(SipText.From)];
        Flow = order.Flow ?? default;
        NextHop = order.NextHop;
    }

    public ulong LocalTag { get; }

    public SipText CallId => callId;

    public SipFlow Flow { get; set; }

    public SipUri NextHop { get; }

    public RequestHead Next(SipMethod method) => new(method, order.Uri.Text, from, to, callId, ++sequence) { Routes = routes, MaxForwards = order.MaxForwards };
}
