using System.Text;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>Replaces (RFC 3891): the dialog that the new one takes the place of. To-tag is the tag of whoever receives this header.</summary>
public readonly struct Replaces : IHeaderValue<Replaces>
{
    private Replaces(SipText callId, SipParameters parameters)
    {
        CallId = callId;
        ToTag = parameters["to-tag"u8];
        FromTag = parameters["from-tag"u8];
        EarlyOnly = parameters.Has("early-only"u8);
    }

    public SipText CallId { get; }
    public SipText ToTag { get; }
    public SipText FromTag { get; }

    /// <summary>Only while the dialog is early (section 3).</summary>
    public bool EarlyOnly { get; }

    public static bool TryParse(SipText text, out Replaces replaces)
    {
        replaces = default;
        int semicolon = text.Span.IndexOf((byte)';');
        if (semicolon < 1) return false;
        int start = Grammar.SkipWhite(text.Span, 0), end = Grammar.TrimEnd(text.Span, semicolon);
        if (end <= start || text.Span[start..end].ContainsAnyInRange((byte)0, (byte)' ')) return false;
        var reader = new ParameterReader(text.Span, semicolon);
        while (reader.Next()) { }
        var read = new Replaces(text.Slice(start, end), new SipParameters(text.Slice(semicolon, text.Length)));
        if (reader.IsBroken || read.ToTag.IsEmpty || read.FromTag.IsEmpty) return false;
        replaces = read;
        return true;
    }

    /// <summary>Reads it out of a Refer-To URI's headers, where it is escaped (RFC 3891 section 4). False when there is none.</summary>
    public static bool TryParse(in SipUri referTo, out Replaces replaces)
    {
        var headers = referTo.Headers.Span;
        foreach (var range in headers.Split((byte)'&'))
        {
            var header = headers[range];
            int sign = header.IndexOf((byte)'=');
            if (sign < 0 || !Ascii.EqualsIgnoreCase(header[..sign], "Replaces"u8)) continue;
            return TryParse(SipText.From(UriEscape.Decode(header[(sign + 1)..])), out replaces);
        }
        replaces = default;
        return false;
    }

    public override string ToString() => $"{CallId};to-tag={ToTag};from-tag={FromTag}{(EarlyOnly ? ";early-only" : "")}";
}
