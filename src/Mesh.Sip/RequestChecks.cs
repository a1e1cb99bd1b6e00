using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;

namespace Mesh.Sip;

/// <summary>The inspection of a request that needs no state (RFC 3261 8.2.1 to 8.2.3): what is wrong, or nothing.</summary>
internal sealed class RequestChecks(SipEndpointOptions options)
{
    private readonly bool[] allowed = Allowed(options);
    private readonly byte[][] supported = [.. options.Supported.Select(System.Text.Encoding.ASCII.GetBytes)];
    private readonly (byte[] Type, byte[] Subtype)[] bodies = [.. options.AcceptedBodies.Select(Halves)];
    private readonly HeaderLines allow = new HeaderLines().Add(HeaderName.Allow, AllowText(options));
    private readonly HeaderLines accept = new HeaderLines().Add(HeaderName.Accept, string.Join(", ", options.AcceptedBodies)).Add(HeaderName.AcceptEncoding, "identity");

    public HeaderLines AllowLine => allow;

    public static string AllowText(SipEndpointOptions options) => string.Join(", ", options.Allow.Select(m => ((SipMethod)m).ToString()));

    /// <summary>The refusal of a request outside a dialog and its headers; null when it may go to the user. Its method was inspected before.</summary>
    public (SipStatus Status, HeaderLines? Headers)? Refusal(SipRequest request)
    {
        var method = request.Method.Id;
        if (request.RequestUri.Scheme is UriScheme.Other) return (SipStatus.UnsupportedUriScheme, null);
        if (Unsupported(request) is { } unsupported) return (SipStatus.BadExtension, new HeaderLines().Add(HeaderName.Unsupported, unsupported));
        if (method is not SipMethodId.Invite) return null;
        if (request.MaxForwards == 0) return (SipStatus.TooManyHops, null);
        if (!ReadsBody(request)) return (SipStatus.UnsupportedMediaType, accept);
        if (SessionTerms.IsTooSmall(request, options.MinSessionSeconds)) return (SipStatus.SessionIntervalTooSmall, new HeaderLines().Add(HeaderName.MinSE, options.MinSessionSeconds));
        return AcceptsSdp(request) ? null : (SipStatus.NotAcceptable, null);
    }

    /// <summary>405 or 501 with Allow; null for a method that is served.</summary>
    public (SipStatus Status, HeaderLines? Headers)? RefusalOfMethod(SipMethodId method) =>
        allowed[(int)method] ? null : (method == SipMethodId.Unknown ? SipStatus.NotImplemented : SipStatus.MethodNotAllowed, allow);

    /// <summary>Every tag of Require and Proxy-Require that is not understood: we answer calls and pass them on.</summary>
    private string? Unsupported(SipRequest request)
    {
        string? unsupported = null;
        Collect(request, HeaderName.Require, ref unsupported);
        Collect(request, HeaderName.ProxyRequire, ref unsupported);
        return unsupported;
    }

    private void Collect(SipRequest request, HeaderName name, ref string? unsupported)
    {
        foreach (var tag in request.Values(name))
            if (!tag.IsEmpty && !Contains(supported, tag)) unsupported = unsupported is null ? tag.ToString() : $"{unsupported}, {tag}";
    }

    private bool ReadsBody(SipRequest request)
    {
        if (request.Body.IsEmpty) return true;
        foreach (var coding in request.Values(HeaderName.ContentEncoding))
            if (!coding.IsIgnoringCase("identity"u8)) return false;
        if (request.Header(HeaderName.ContentDisposition).Span.IndexOf("handling=optional"u8) >= 0) return true;
        if (!MediaType.TryParse(request.ContentType, out var type)) return false;
        foreach (var (main, sub) in bodies)
            if (type.Is(main, sub)) return true;
        return false;
    }

    private static bool AcceptsSdp(SipRequest request)
    {
        if (!request.Has(HeaderName.Accept)) return true;
        foreach (var range in request.All<MediaType>(HeaderName.Accept))
            if (range.Takes("application"u8, "sdp"u8)) return true;
        return false;
    }

    private static bool Contains(byte[][] known, SipText text)
    {
        foreach (byte[] one in known)
            if (text.IsIgnoringCase(one)) return true;
        return false;
    }

    private static (byte[] Type, byte[] Subtype) Halves(string mediaType)
    {
        int slash = mediaType.IndexOf('/');
        return (System.Text.Encoding.ASCII.GetBytes(mediaType[..slash]), System.Text.Encoding.ASCII.GetBytes(mediaType[(slash + 1)..]));
    }

    private static bool[] Allowed(SipEndpointOptions options)
    {
        var allowed = new bool[Enum.GetValues<SipMethodId>().Length];
        foreach (var method in options.Allow) allowed[(int)method] = true;
        return allowed;
    }
}
