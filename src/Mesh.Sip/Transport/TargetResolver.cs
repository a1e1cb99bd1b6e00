using System.Net;
using Mesh.Io;
using Mesh.Sip.Messages;

namespace Mesh.Sip.Transport;

/// <summary>
/// Where a request for a URI goes (RFC 3261 8.1.2; of RFC 3263 the parts without NAPTR and SRV): the transport from the scheme or the <c>transport</c> parameter, the port from the URI or the
/// transport's default, the address from the URI or, by way of the <see cref="IHostResolver"/>, off the loop.
/// </summary>
public sealed class TargetResolver(SipEndpoint endpoint, IHostResolver? hosts)
{
    private const int LookupMs = 5_000;

    /// <summary>Resolves a URI whose host is an address; false when it is a name or no transport of ours leads there.</summary>
    public bool TryResolve(in SipUri uri, out SipFlow flow)
    {
        flow = default;
        if (!uri.IsSip || !TryProtocol(uri, out var protocol)) return false;
        ushort port = (ushort)(uri.Port ?? protocol.DefaultPort());
        if (!NetAddress.TryParse(HostOf(uri), port, out var remote)) return false;
        return TryFlow(protocol, remote.WithPort(port), out flow);
    }

    /// <summary>Resolves any URI; <paramref name="user"/> is told on the loop, later.</summary>
    internal void Resolve(in SipUri uri, ITargetUser user)
    {
        var lookup = new Lookup(this, user);
        if (TryResolve(uri, out var flow)) lookup.Targets.Add(flow);
        else if (hosts is not null && uri.IsSip && TryProtocol(uri, out var protocol) && !NetAddress.TryParse(HostOf(uri), 0, out _))
        {
            _ = LookUpAsync(lookup, HostOf(uri), protocol, (ushort)(uri.Port ?? protocol.DefaultPort())); // ends by posting; throws nothing
            return;
        }
        Answer(lookup);
    }

    private async Task LookUpAsync(Lookup lookup, string host, TransportProtocol protocol, ushort port)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(LookupMs), endpoint.Loop.Clock.Provider);
            foreach (var address in await hosts!.ResolveAsync(host, limit.Token).ConfigureAwait(false))
                lookup.Found.Add((protocol, NetAddress.From(address, port)));
        }
        catch (Exception) { lookup.Found.Clear(); /* a name that does not resolve is no target, whatever the resolver says */ }
        Answer(lookup);
    }

    private void Answer(Lookup lookup) => endpoint.Loop.Post(static l => ((Lookup)l!).Tell(), lookup);

    private bool TryProtocol(in SipUri uri, out TransportProtocol protocol)
    {
        protocol = uri.Scheme == UriScheme.Sips ? TransportProtocol.Tls : TransportProtocol.Udp;
        var wanted = uri.Parameters["transport"u8];
        if (wanted.IsEmpty) return true;
        if (!TransportProtocols.TryParse(wanted.ToString(), out protocol)) return false;
        if (uri.Scheme == UriScheme.Sips) protocol = protocol is TransportProtocol.Ws or TransportProtocol.Wss ? TransportProtocol.Wss : TransportProtocol.Tls;
        return true;
    }

    private bool TryFlow(TransportProtocol protocol, NetAddress remote, out SipFlow flow)
    {
        var transport = remote.Port == 0 ? null : endpoint.TransportFor(protocol, remote);
        flow = transport is null ? default : new SipFlow(transport, remote);
        return transport is not null;
    }

    private static string HostOf(in SipUri uri)
    {
        var maddr = uri.Parameters["maddr"u8];
        return (maddr.IsEmpty ? uri.Host : maddr).ToString();
    }

    private sealed class Lookup(TargetResolver resolver, ITargetUser user)
    {
        public List<SipFlow> Targets { get; } = [];

        public List<(TransportProtocol, NetAddress)> Found { get; } = [];

        public void Tell()
        {
            foreach (var (protocol, remote) in Found)
                if (resolver.TryFlow(protocol, remote, out var flow)) Targets.Add(flow);
            user.OnTargets(Targets);
        }
    }
}

/// <summary>Waits for a <see cref="TargetResolver"/>.</summary>
internal interface ITargetUser
{
    /// <summary>Where to send, best first; empty when nowhere.</summary>
    void OnTargets(IReadOnlyList<SipFlow> targets);
}
