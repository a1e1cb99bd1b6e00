using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>A dialog of RFC 3261 section 12: the identifiers, the sequence numbers, the route set and the remote target, in arrays of their own so that no message is kept alive.</summary>
public sealed class Dialog : IRequestSource
{
    private readonly SipText local, remote;
    private readonly SipText[] routes;
    private readonly SipFlow heardOver;
    private readonly SipEndpoint endpoint;
    private uint localSequence;
    private long remoteSequence;

    private Dialog(SipEndpoint endpoint, DialogId id, SipText local, SipText remote, SipUri target, SipText[] routes, in SipFlow heardOver)
    {
        this.endpoint = endpoint;
        Id = id;
        this.local = local;
        this.remote = remote;
        this.routes = routes;
        this.heardOver = heardOver;
        RemoteTarget = target;
        Flow = DialogRouting.Of(endpoint.Targets, NextHop, routes.Length > 0, heardOver);
    }

    public DialogId Id { get; }

    /// <summary>The far end's Contact.</summary>
    public SipUri RemoteTarget { get; private set; }

    /// <summary>How requests of this dialog are sent.</summary>
    public SipFlow Flow { get; set; }

    /// <summary>True on the side that sent the INVITE.</summary>
    public bool IsCaller { get; private init; }

    /// <summary>First route, else the remote target.</summary>
    public SipUri NextHop => routes.Length > 0 && NameAddress.TryParse(routes[0], out var first) ? first.Uri : RemoteTarget;

    /// <summary>The called side's dialog (12.1.1).</summary>
    internal static Dialog OfServer(SipEndpoint endpoint, SipRequest invite, ulong tag, in SipFlow flow)
    {
        var local = SipText.From($"{invite.To.Text};tag={tag:x16}");
        var dialog = new Dialog(endpoint, new DialogId(invite.CallId.Own(), tag, invite.From.Tag.Own()), local, invite.From.Text.Own(), Target(invite, invite.From.Uri), RouteSet(invite, reversed: false), flow)
        {
            remoteSequence = invite.CSeq.Number,
        };
        return dialog;
    }

    /// <summary>The calling side's dialog (12.1.2), from a response with a To tag.</summary>
    internal static Dialog OfClient(SipEndpoint endpoint, RequestHead invite, ulong tag, SipResponse response, in SipFlow flow)
    {
        SipUri.TryParse(invite.RequestUri, out var uri);
        return new Dialog(endpoint, new DialogId(invite.CallId, tag, response.To.Tag.Own()), invite.From, response.To.Text.Own(), Target(response, uri), RouteSet(response, reversed: true), flow)
        {
            IsCaller = true,
            localSequence = invite.CSeq,
            remoteSequence = -1,
        };
    }

    /// <summary>The calling side's dialog when all it knows is the response: what it said itself is repeated there.</summary>
    internal static Dialog OfResponse(SipEndpoint endpoint, SipResponse response, in SipFlow flow) =>
        new(endpoint, new DialogId(response.CallId.Own(), SipNumber.Read(response.From.Tag.Span), response.To.Tag.Own()), response.From.Text.Own(), response.To.Text.Own(),
            Target(response, response.To.Uri), RouteSet(response, reversed: true), flow)
        {
            IsCaller = true,
            localSequence = response.CSeq.Number,
            remoteSequence = -1,
        };

    /// <summary>The next request (12.2.1.1).</summary>
    public RequestHead Next(SipMethod method) => Head(method, ++localSequence);

    /// <summary>The ACK for the 2xx to the INVITE of that number (13.2.2.4).</summary>
    internal RequestHead Ack(uint sequence) => Head(SipMethod.Ack, sequence);

    /// <summary>Takes the number of a request of the far end; false when it is not above the last (12.2.2: answered 500).</summary>
    internal bool TryAdvance(uint sequence)
    {
        if (sequence <= remoteSequence) return false;
        remoteSequence = sequence;
        return true;
    }

    /// <summary>A target refresh: a re-INVITE, an UPDATE or a 2xx to one brings a new Contact (12.2).</summary>
    internal void Refresh(SipMessage message)
    {
        var target = Target(message, RemoteTarget);
        if (target.Text == RemoteTarget.Text) return;
        RemoteTarget = target;
        Flow = DialogRouting.Of(endpoint.Targets, NextHop, routes.Length > 0, heardOver);
    }

    private RequestHead Head(SipMethod method, uint sequence)
    {
        // A first route without lr is an old strict router: it wants its own address in the request line and the target last.
        if (routes.Length == 0 || !NameAddress.TryParse(routes[0], out var first) || first.Uri.Parameters.Has("lr"u8))
            return new RequestHead(method, RemoteTarget.Text, local, remote, Id.CallId, sequence) { Routes = routes };
        return new RequestHead(method, first.Uri.Text, local, remote, Id.CallId, sequence) { Routes = [.. routes.AsSpan(1), SipText.From($"<{RemoteTarget}>")] };
    }

    private static SipUri Target(SipMessage message, in SipUri otherwise) =>
        message.TryGet<NameAddress>(HeaderName.Contact, out var contact) && contact.Uri.IsSip ? contact.Uri.Own() : otherwise.Own();

    private static SipText[] RouteSet(SipMessage message, bool reversed)
    {
        if (!message.Has(HeaderName.RecordRoute)) return [];
        var routes = new List<SipText>();
        foreach (var route in message.Values(HeaderName.RecordRoute)) routes.Add(route.Own());
        if (reversed) routes.Reverse();
        return [.. routes];
    }
}
