using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Mesh.Sip.Messages;

/// <summary>The name of a header: a known one is a value, any other is carried as text. Compact forms are the same name; case does not matter (RFC 3261 section 7.3.1).</summary>
public readonly struct HeaderName : IEquatable<HeaderName>
{
    private readonly string? other;

    private HeaderName(HeaderId id, string? other = null)
    {
        Id = id;
        this.other = other;
    }

    public HeaderId Id { get; }

    public static HeaderName Accept => new(HeaderId.Accept);
    public static HeaderName AcceptContact => new(HeaderId.AcceptContact);
    public static HeaderName AcceptEncoding => new(HeaderId.AcceptEncoding);
    public static HeaderName AcceptLanguage => new(HeaderId.AcceptLanguage);
    public static HeaderName AlertInfo => new(HeaderId.AlertInfo);
    public static HeaderName Allow => new(HeaderId.Allow);
    public static HeaderName AllowEvents => new(HeaderId.AllowEvents);
    public static HeaderName AuthenticationInfo => new(HeaderId.AuthenticationInfo);
    public static HeaderName Authorization => new(HeaderId.Authorization);
    public static HeaderName CallId => new(HeaderId.CallId);
    public static HeaderName CallInfo => new(HeaderId.CallInfo);
    public static HeaderName Contact => new(HeaderId.Contact);
    public static HeaderName ContentDisposition => new(HeaderId.ContentDisposition);
    public static HeaderName ContentEncoding => new(HeaderId.ContentEncoding);
    public static HeaderName ContentLanguage => new(HeaderId.ContentLanguage);
    public static HeaderName ContentLength => new(HeaderId.ContentLength);
    public static HeaderName ContentType => new(HeaderId.ContentType);
    public static HeaderName CSeq => new(HeaderId.CSeq);
    public static HeaderName Date => new(HeaderId.Date);
    public static HeaderName Diversion => new(HeaderId.Diversion);
    public static HeaderName ErrorInfo => new(HeaderId.ErrorInfo);
    public static HeaderName Event => new(HeaderId.Event);
    public static HeaderName Expires => new(HeaderId.Expires);
    public static HeaderName From => new(HeaderId.From);
    public static HeaderName HistoryInfo => new(HeaderId.HistoryInfo);
    public static HeaderName Identity => new(HeaderId.Identity);
    public static HeaderName InReplyTo => new(HeaderId.InReplyTo);
    public static HeaderName InfoPackage => new(HeaderId.InfoPackage);
    public static HeaderName Join => new(HeaderId.Join);
    public static HeaderName MaxForwards => new(HeaderId.MaxForwards);
    public static HeaderName MeshHop => new(HeaderId.MeshHop);
    public static HeaderName MeshRung => new(HeaderId.MeshRung);
    public static HeaderName MimeVersion => new(HeaderId.MimeVersion);
    public static HeaderName MinExpires => new(HeaderId.MinExpires);
    public static HeaderName MinSE => new(HeaderId.MinSE);
    public static HeaderName Organization => new(HeaderId.Organization);
    public static HeaderName PAssertedIdentity => new(HeaderId.PAssertedIdentity);
    public static HeaderName PPreferredIdentity => new(HeaderId.PPreferredIdentity);
    public static HeaderName PServedUser => new(HeaderId.PServedUser);
    public static HeaderName Path => new(HeaderId.Path);
    public static HeaderName Priority => new(HeaderId.Priority);
    public static HeaderName Privacy => new(HeaderId.Privacy);
    public static HeaderName ProxyAuthenticate => new(HeaderId.ProxyAuthenticate);
    public static HeaderName ProxyAuthorization => new(HeaderId.ProxyAuthorization);
    public static HeaderName ProxyRequire => new(HeaderId.ProxyRequire);
    public static HeaderName RAck => new(HeaderId.RAck);
    public static HeaderName Reason => new(HeaderId.Reason);
    public static HeaderName RecordRoute => new(HeaderId.RecordRoute);
    public static HeaderName RecvInfo => new(HeaderId.RecvInfo);
    public static HeaderName ReferSub => new(HeaderId.ReferSub);
    public static HeaderName ReferTo => new(HeaderId.ReferTo);
    public static HeaderName ReferredBy => new(HeaderId.ReferredBy);
    public static HeaderName RejectContact => new(HeaderId.RejectContact);
    public static HeaderName RemotePartyId => new(HeaderId.RemotePartyId);
    public static HeaderName Replaces => new(HeaderId.Replaces);
    public static HeaderName ReplyTo => new(HeaderId.ReplyTo);
    public static HeaderName RequestDisposition => new(HeaderId.RequestDisposition);
    public static HeaderName Require => new(HeaderId.Require);
    public static HeaderName RetryAfter => new(HeaderId.RetryAfter);
    public static HeaderName Route => new(HeaderId.Route);
    public static HeaderName RSeq => new(HeaderId.RSeq);
    public static HeaderName Server => new(HeaderId.Server);
    public static HeaderName ServiceRoute => new(HeaderId.ServiceRoute);
    public static HeaderName SessionExpires => new(HeaderId.SessionExpires);
    public static HeaderName SipETag => new(HeaderId.SipETag);
    public static HeaderName SipIfMatch => new(HeaderId.SipIfMatch);
    public static HeaderName Subject => new(HeaderId.Subject);
    public static HeaderName SubscriptionState => new(HeaderId.SubscriptionState);
    public static HeaderName Supported => new(HeaderId.Supported);
    public static HeaderName TargetDialog => new(HeaderId.TargetDialog);
    public static HeaderName Timestamp => new(HeaderId.Timestamp);
    public static HeaderName To => new(HeaderId.To);
    public static HeaderName Unsupported => new(HeaderId.Unsupported);
    public static HeaderName UserAgent => new(HeaderId.UserAgent);
    public static HeaderName Via => new(HeaderId.Via);
    public static HeaderName Warning => new(HeaderId.Warning);
    public static HeaderName WwwAuthenticate => new(HeaderId.WwwAuthenticate);
    public static HeaderName XCallInfo => new(HeaderId.XCallInfo);

    public static implicit operator HeaderName(HeaderId id) => new(id);

    /// <summary>The header of that name, full or compact. Throws <see cref="FormatException"/> when the name is not a token.</summary>
    public static HeaderName Of(string name) => Of(Encoding.UTF8.GetBytes(name));

    public static HeaderName Of(ReadOnlySpan<byte> name)
    {
        var id = HeaderTable.Find(name);
        if (id != HeaderId.Unknown) return new HeaderName(id);
        if (!Wire.Grammar.IsToken(name)) throw new FormatException("a header name is a token (RFC 3261 section 25.1)");
        return new HeaderName(HeaderId.Unknown, Encoding.ASCII.GetString(name));
    }

    /// <summary>Whether several values may share a line, separated by commas.</summary>
    public bool IsList => HeaderTable.IsList(Id);

    /// <summary>As written on the wire: the full form, spelled as its RFC does.</summary>
    public ReadOnlySpan<byte> Octets => Id != HeaderId.Unknown ? HeaderTable.Spelling(Id) : Encoding.ASCII.GetBytes(other ?? "");

    internal bool IsSpelled(ReadOnlySpan<byte> name) =>
        other is not null && name.Length == other.Length && Ascii.EqualsIgnoreCase(name, other);

    public bool Equals(HeaderName other) => Id == other.Id && string.Equals(this.other, other.other, StringComparison.OrdinalIgnoreCase);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is HeaderName name && Equals(name);

    public override int GetHashCode() => other is null ? (int)Id : other.GetHashCode(StringComparison.OrdinalIgnoreCase);

    public static bool operator ==(HeaderName a, HeaderName b) => a.Equals(b);

    public static bool operator !=(HeaderName a, HeaderName b) => !a.Equals(b);

    public override string ToString() => other ?? Encoding.ASCII.GetString(Octets);
}
