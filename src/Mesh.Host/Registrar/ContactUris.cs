using Mesh.Sip.Messages;

namespace Mesh.Host.Registrar;

/// <summary>Whether two contacts are one place: RFC 3261 section 19.1.4 for sip URIs, the same text for all others.</summary>
public static class ContactUris
{
    public static bool Same(string a, string b) =>
        string.Equals(a, b, StringComparison.Ordinal)
        || (SipUri.TryParse(SipText.From(a), out var left) && SipUri.TryParse(SipText.From(b), out var right) && left.IsSip && right.IsSip && left == right);
}
