using System.Buffers;
using Mesh.Dialplan.Calls;
using Mesh.Sip;
using Mesh.Sip.Messages;

namespace Mesh.Host.Legs;

/// <summary>Who calls, as SIP says it: From, Remote-Party-ID, Privacy, P-Asserted-Identity (RFC 3323, RFC 3325).</summary>
public static class SipIdentity
{
    /// <summary>What nearly every number is made of.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create("+0123456789");

    /// <summary>The value of From, without a tag.</summary>
    public static string From(CallerId caller, string domain) =>
        caller.Withheld || (caller.Number.Length == 0 && caller.Name.Length == 0) ? "\"Anonymous\" <sip:anonymous@anonymous.invalid>"
        : $"{Display(caller.Name)}<sip:{Escaped(caller.Number)}@{domain}>";

    /// <summary>
    /// Who a carrier says is calling: Remote-Party-ID, else From; withheld by Privacy, by the RPID's privacy, or by an anonymous From. P-Asserted-Identity is the
    /// network's number and not shown.
    /// </summary>
    /// <param name="dialled">The number the call came to.</param>
    public static CallerId OfCarrier(SipRequest invite, string dialled)
    {
        bool withheld = Mentions(invite.Header(HeaderName.Privacy), "id", "user", "header") || invite.From.Uri.User.IsIgnoringCase("anonymous"u8);
        var shown = invite.From;
        if (invite.TryGet(HeaderName.RemotePartyId, out NameAddress party))
        {
            if (Mentions(party.Parameters["privacy"u8], "full", "yes")) withheld = true;
            shown = party;
        }
        // The topmost Diversion is the last one (RFC 5806 section 5).
        string divertedBy = invite.TryGet(HeaderName.Diversion, out Diversion diversion) ? diversion.Address.Uri.UnescapedUser : "";
        return withheld ? new CallerId("", "", true) { Dialled = dialled, DivertedBy = divertedBy } : new CallerId(shown.Uri.UnescapedUser, shown.DisplayText, false) { Dialled = dialled, DivertedBy = divertedBy };
    }

    /// <summary>Who sent the call on, for a phone to show (RFC 5806); nothing when it came straight.</summary>
    public static HeaderLines? Diversion(CallerId caller, string domain) =>
        caller.DivertedBy.Length == 0 ? null : new HeaderLines().Add(HeaderName.Diversion, $"<sip:{Escaped(caller.DivertedBy)}@{domain}>;reason=unknown");

    private static bool Mentions(SipText value, params ReadOnlySpan<string> words)
    {
        if (!value.IsPresent) return false;
        string text = value.ToString();
        foreach (string word in words)
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static string Display(string name) =>
        name.Length == 0 ? "" : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" ";

    private static string Escaped(string user) =>
        user.Length == 0 ? "anonymous" : user.AsSpan().ContainsAnyExcept(Plain) ? Uri.EscapeDataString(user).Replace("%2B", "+", StringComparison.Ordinal) : user;
}
