using System.Text;

namespace Mesh.Sip.Messages;

/// <summary>
/// One row a known header: its spelling, its compact form (RFC 3261 section 7.3.3 and later registrations), and whether its grammar is a comma-separated list, whose
/// elements may share a line or have one each (section 7.3.1). Names are found without regard to case by one probe of a table.
/// </summary>
internal static class HeaderTable
{
    private const int Slots = 512;

    private static readonly HeaderRow[] Rows =
    [
        new(HeaderId.Accept, "Accept", List: true),
        new(HeaderId.AcceptContact, "Accept-Contact", 'a', List: true),
        new(HeaderId.AcceptEncoding, "Accept-Encoding", List: true),
        new(HeaderId.AcceptLanguage, "Accept-Language", List: true),
        new(HeaderId.AlertInfo, "Alert-Info", List: true),
        new(HeaderId.Allow, "Allow", List: true),
        new(HeaderId.AllowEvents, "Allow-Events", 'u', List: true),
        new(HeaderId.AuthenticationInfo, "Authentication-Info"),
        new(HeaderId.Authorization, "Authorization"),
        new(HeaderId.CallId, "Call-ID", 'i'),
        new(HeaderId.CallInfo, "Call-Info", List: true),
        new(HeaderId.Contact, "Contact", 'm', List: true),
        new(HeaderId.ContentDisposition, "Content-Disposition"),
        new(HeaderId.ContentEncoding, "Content-Encoding", 'e', List: true),
        new(HeaderId.ContentLanguage, "Content-Language", List: true),
        new(HeaderId.ContentLength, "Content-Length", 'l'),
        new(HeaderId.ContentType, "Content-Type", 'c'),
        new(HeaderId.CSeq, "CSeq"),
        new(HeaderId.Date, "Date"),
        new(HeaderId.Diversion, "Diversion", List: true),
        new(HeaderId.ErrorInfo, "Error-Info", List: true),
        new(HeaderId.Event, "Event", 'o'),
        new(HeaderId.Expires, "Expires"),
        new(HeaderId.From, "From", 'f'),
        new(HeaderId.HistoryInfo, "History-Info", List: true),
        new(HeaderId.Identity, "Identity", 'y'),
        new(HeaderId.InReplyTo, "In-Reply-To", List: true),
        new(HeaderId.InfoPackage, "Info-Package"),
        new(HeaderId.Join, "Join"),
        new(HeaderId.MaxForwards, "Max-Forwards"),
        new(HeaderId.MeshHop, "Mesh-Hop"),
        new(HeaderId.MeshRung, "Mesh-Rung"),
        new(HeaderId.MimeVersion, "MIME-Version"),
        new(HeaderId.MinExpires, "Min-Expires"),
        new(HeaderId.MinSE, "Min-SE"),
        new(HeaderId.Organization, "Organization"),
        new(HeaderId.PAssertedIdentity, "P-Asserted-Identity", List: true),
        new(HeaderId.PPreferredIdentity, "P-Preferred-Identity", List: true),
        new(HeaderId.PServedUser, "P-Served-User"),
        new(HeaderId.Path, "Path", List: true),
        new(HeaderId.Priority, "Priority"),
        new(HeaderId.Privacy, "Privacy"),
        new(HeaderId.ProxyAuthenticate, "Proxy-Authenticate"),
        new(HeaderId.ProxyAuthorization, "Proxy-Authorization"),
        new(HeaderId.ProxyRequire, "Proxy-Require", List: true),
        new(HeaderId.RAck, "RAck"),
        new(HeaderId.Reason, "Reason", List: true),
        new(HeaderId.RecordRoute, "Record-Route", List: true),
        new(HeaderId.RecvInfo, "Recv-Info", List: true),
        new(HeaderId.ReferSub, "Refer-Sub"),
        new(HeaderId.ReferTo, "Refer-To", 'r'),
        new(HeaderId.ReferredBy, "Referred-By", 'b'),
        new(HeaderId.RejectContact, "Reject-Contact", 'j', List: true),
        new(HeaderId.RemotePartyId, "Remote-Party-ID", List: true),
        new(HeaderId.Replaces, "Replaces"),
        new(HeaderId.ReplyTo, "Reply-To"),
        new(HeaderId.RequestDisposition, "Request-Disposition", 'd', List: true),
        new(HeaderId.Require, "Require", List: true),
        new(HeaderId.RetryAfter, "Retry-After"),
        new(HeaderId.Route, "Route", List: true),
        new(HeaderId.RSeq, "RSeq"),
        new(HeaderId.Server, "Server"),
        new(HeaderId.ServiceRoute, "Service-Route", List: true),
        new(HeaderId.SessionExpires, "Session-Expires", 'x'),
        new(HeaderId.SipETag, "SIP-ETag"),
        new(HeaderId.SipIfMatch, "SIP-If-Match"),
        new(HeaderId.Subject, "Subject", 's'),
        new(HeaderId.SubscriptionState, "Subscription-State"),
        new(HeaderId.Supported, "Supported", 'k', List: true),
        new(HeaderId.TargetDialog, "Target-Dialog"),
        new(HeaderId.Timestamp, "Timestamp"),
        new(HeaderId.To, "To", 't'),
        new(HeaderId.Unsupported, "Unsupported", List: true),
        new(HeaderId.UserAgent, "User-Agent"),
        new(HeaderId.Via, "Via", 'v', List: true),
        new(HeaderId.Warning, "Warning", List: true),
        new(HeaderId.WwwAuthenticate, "WWW-Authenticate"),
        new(HeaderId.XCallInfo, "X-CALLINFO"),
    ];

    private static readonly byte[] SlotOf = new byte[Slots];
    private static readonly byte[][] Spellings = new byte[Rows.Length + 1][];
    private static readonly HeaderId[] Compact = new HeaderId[32];
    private static readonly bool[] Lists = new bool[Rows.Length + 1];

    static HeaderTable()
    {
        Spellings[0] = [];
        foreach (var row in Rows)
        {
            var spelling = Encoding.ASCII.GetBytes(row.Spelling);
            Spellings[(int)row.Id] = spelling;
            Lists[(int)row.Id] = row.List;
            if (row.Compact != default) Compact[row.Compact & 31] = row.Id;
            int slot = Slot(spelling);
            while (SlotOf[slot] != 0) slot = (slot + 1) % Slots;
            SlotOf[slot] = (byte)row.Id;
        }
    }

    public static HeaderId Find(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1) return char.IsAsciiLetter((char)name[0]) ? Compact[name[0] & 31] : HeaderId.Unknown;
        if (name.IsEmpty) return HeaderId.Unknown;
        for (int slot = Slot(name); SlotOf[slot] != 0; slot = (slot + 1) % Slots)
            if (Ascii.EqualsIgnoreCase(Spellings[SlotOf[slot]], name)) return (HeaderId)SlotOf[slot];
        return HeaderId.Unknown;
    }

    public static ReadOnlySpan<byte> Spelling(HeaderId id) => Spellings[(int)id];

    public static bool IsList(HeaderId id) => Lists[(int)id];

    private static int Slot(ReadOnlySpan<byte> name) =>
        (name.Length * 37 + (name[0] | 0x20) * 11 + (name[^1] | 0x20) * 5 + (name[name.Length / 2] | 0x20) * 101) % Slots;
}

/// <summary>A row of <see cref="HeaderTable"/>.</summary>
internal readonly record struct HeaderRow(HeaderId Id, string Spelling, char Compact = default, bool List = false);
