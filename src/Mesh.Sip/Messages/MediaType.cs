using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>Content-Type, or one value of Accept (RFC 3261 sections 20.1 and 20.15): <c>application/sdp</c>, <c>multipart/*;q=0.5</c>.</summary>
public readonly record struct MediaType(SipText Type, SipText Subtype, SipParameters Parameters) : IHeaderValue<MediaType>
{
    public static bool TryParse(SipText text, out MediaType value)
    {
        value = default;
        var octets = text.Span;
        int start = Grammar.SkipWhite(octets, 0), end = Grammar.SkipAll(octets, start, Octet.Token), slash = Grammar.SkipWhite(octets, end);
        if (end <= start || slash >= octets.Length || octets[slash] != '/') return false;
        if (!ParameterizedToken.TryRead(text.Slice(slash + 1, text.Length), Octet.Token, out var subtype, out var parameters)) return false;
        value = new MediaType(text.Slice(start, end), subtype, parameters);
        return true;
    }

    /// <summary>Names this type: <c>Is("application"u8, "sdp"u8)</c>. Parameters do not count.</summary>
    public bool Is(ReadOnlySpan<byte> type, ReadOnlySpan<byte> subtype) => Type.IsIgnoringCase(type) && Subtype.IsIgnoringCase(subtype);

    /// <summary>As a value of Accept, takes that type: stars take everything.</summary>
    public bool Takes(ReadOnlySpan<byte> type, ReadOnlySpan<byte> subtype) =>
        (Type.Is("*"u8) || Type.IsIgnoringCase(type)) && (Subtype.Is("*"u8) || Subtype.IsIgnoringCase(subtype));

    public override string ToString() => $"{Type}/{Subtype}{Parameters}";
}
