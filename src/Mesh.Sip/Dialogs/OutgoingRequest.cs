using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>A non-INVITE request on its way: resolved if need be, a challenge answered once, the next address tried when the first is dead. Ends with one call of its handler.</summary>
public sealed class OutgoingRequest : IClientTransactionUser, ITargetUser
{
    private readonly SipEndpoint endpoint;
    private readonly IRequestSource source;
    private readonly IOutgoingRequestHandler? handler;
    private readonly SipAccount? account;
    private Queue<SipFlow>? others;
    private HeaderLines? headers;
    private SipBody body;
    private SipText uri;
    private HeaderLines? authorization;
    private int challenges;

    internal OutgoingRequest(SipEndpoint endpoint, IRequestSource source, IOutgoingRequestHandler? handler, SipAccount? account)
    {
        this.endpoint = endpoint;
        this.source = source;
        this.handler = handler;
        this.account = account;
    }

    public SipMethod Method { get; private set; }

    internal void Send(SipMethod method, HeaderLines? withHeaders, SipBody withBody)
    {
        Method = method;
        headers = withHeaders;
        body = withBody;
        if (source.Flow.IsNone) endpoint.Targets.Resolve(source.NextHop, this);
        else Begin(headers);
    }

    void ITargetUser.OnTargets(IReadOnlyList<SipFlow> targets)
    {
        others = new Queue<SipFlow>(targets);
        TryNext(SipStatus.ServiceUnavailable);
    }

    void IClientTransactionUser.OnResponse(ClientTransaction transaction, SipResponse response)
    {
        if (response.Status.IsProvisional) return;
        if (account is not null && challenges < 2 && ChallengeAnswer.To(response, account, Method, uri, endpoint.Loop.Chance, authorization) is { } answer)
        {
            challenges++;
            authorization = answer;
            Begin(new HeaderLines().Add(headers).Add(answer));
            return;
        }
        handler?.OnFinal(this, response.Status, response);
    }

    void IClientTransactionUser.OnNoResponse(ClientTransaction transaction, SipStatus status) => TryNext(status);

    private void TryNext(SipStatus otherwise)
    {
        if (others is { Count: > 0 })
        {
            source.Flow = others.Dequeue();
            Begin(headers);
        }
        else handler?.OnFinal(this, otherwise, null);
    }

    private void Begin(HeaderLines? with)
    {
        var head = source.Next(Method);
        uri = head.RequestUri;
        endpoint.Begin(head, with, body, source.Flow, this);
    }
}
