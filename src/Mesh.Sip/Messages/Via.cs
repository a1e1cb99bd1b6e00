using System.Text;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary><c>SIP/2.0/UDP host:port;branch=...;rport;received=...</c> (RFC 3261 section 20.42; rport and received: RFC 3581).</summary>
public readonly struct Via : IHeaderValue<Via>
{
    private readonly byte[]? source;
    private readonly Part text, transport, host, parameters, branch, received;
    private readonly ushort port, rport;
    private readonly bool hasPort;

    private Via(byte[] source, Part text, Part transport, Part host, int? port, in ViaParameters found)
    {
        (this.source, this.text, this.transport, this.host) = (source, text, transport, host);
        (this.port, hasPort) = ((ushort)port.GetValueOrDefault(), port.HasValue);
        (parameters, branch, received, rport, WantsRport) = (found.All, found.Branch, found.Received, found.Rport, found.HasRport);
    }

    public bool IsPresent => source is not null;

    public SipText Text => text.In(source);

    /// <summary>UDP, TCP, TLS, WS, WSS or any other token.</summary>
    public SipText Transport => transport.In(source);

    /// <summary>Sent-by without the port; an IPv6 reference has its brackets.</summary>
    public SipText Host => host.In(source);

    public int? Port => hasPort ? port : null;

    public SipParameters Parameters => new(parameters.In(source));

    public SipText Branch => branch.In(source);

    /// <summary>The branch identifies the transaction by itself: it starts with the magic cookie and has something behind it (RFC 3261 section 17.2.3).</summary>
    public bool HasMagicCookie
    {
        get
        {
            var octets = Branch.Span;
            return octets.Length > 7 && Ascii.EqualsIgnoreCase(octets[..7], "z9hG4bK"u8);
        }
    }

    /// <summary>The source address a server wrote here; without brackets even for IPv6.</summary>
    public SipText Received => received.In(source);

    /// <summary><c>rport</c> is there, with or without a value.</summary>
    public bool WantsRport { get; }

    /// <summary>The source port a server wrote here; null when there is none.</summary>
    public int? Rport => rport == 0 ? null : rport;

    public static bool TryParse(SipText text, out Via via)
    {
        via = default;
        if (text.Source is null || text.Start + text.Length > Part.Reach) return false;
        int end = text.Start + Grammar.TrimEnd(text.Span, text.Length);
        var octets = text.Source.AsSpan(0, end);
        int start = Grammar.SkipWhite(octets, text.Start);
        int at = SkipProtocol(octets, start, out var transport);
        int hostStart = at < 0 ? -1 : Grammar.SkipWhite(octets, at);
        int hostEnd = hostStart <= at ? -1 : Grammar.SkipHost(octets, hostStart);
        if (hostEnd < 0) return false;
        at = ReadPort(octets, hostEnd, out var port);
        if (at < 0 || !ViaParameters.TryRead(octets, at, out var found)) return false;
        via = new Via(text.Source, new Part(start, end), transport, new Part(hostStart, hostEnd), port, found);
        return true;
    }

    /// <summary>The transport and sent-by of a Via whose parameters do not read: where its sender wants the refusal sent.</summary>
    internal static bool TryParseSentBy(SipText text, out Via via)
    {
        int end = text.Span.IndexOf((byte)';');
        return TryParse(end < 0 ? text : text.Slice(0, end), out via);
    }

    public override string ToString() => Text.ToString();

    /// <summary>protocol-name SLASH protocol-version SLASH transport, white space around the slashes.</summary>
    private static int SkipProtocol(ReadOnlySpan<byte> octets, int at, out Part transport)
    {
        transport = default;
        for (int part = 0; ; part++)
        {
            int end = Grammar.SkipAll(octets, at, Octet.Token);
            if (end == at) return -1;
            if (part == 2) { transport = new Part(at, end); return end; }
            at = Grammar.SkipWhite(octets, end);
            if (at >= octets.Length || octets[at] != '/') return -1;
            at = Grammar.SkipWhite(octets, at + 1);
        }
    }

    private static int ReadPort(ReadOnlySpan<byte> octets, int at, out int? port)
    {
        port = null;
        int colon = Grammar.SkipWhite(octets, at);
        if (colon >= octets.Length || octets[colon] != ':') return at;
        int start = Grammar.SkipWhite(octets, colon + 1), end = Grammar.SkipAll(octets, start, Octet.Digit);
        if (!Grammar.TryNumber(octets[start..end], ushort.MaxValue, out uint number)) return -1;
        port = (int)number;
        return end;
    }
}
