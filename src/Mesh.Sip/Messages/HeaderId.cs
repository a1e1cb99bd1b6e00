namespace Mesh.Sip.Messages;

/// <summary>The headers this stack knows; their spelling, compact form and shape are rows of <see cref="HeaderTable"/>.</summary>
public enum HeaderId : byte
{
    Unknown,
    Accept, AcceptContact, AcceptEncoding, AcceptLanguage, AlertInfo, Allow, AllowEvents, AuthenticationInfo, Authorization,
    CallId, CallInfo, Contact, ContentDisposition, ContentEncoding, ContentLanguage, ContentLength, ContentType, CSeq,
    Date, Diversion, ErrorInfo, Event, Expires, From, HistoryInfo, Identity, InReplyTo, InfoPackage, Join,
    MaxForwards, MeshHop, MeshRung, MimeVersion, MinExpires, MinSE, Organization,
    PAssertedIdentity, PPreferredIdentity, PServedUser, Path, Priority, Privacy, ProxyAuthenticate, ProxyAuthorization, ProxyRequire,
    RAck, Reason, RecordRoute, RecvInfo, ReferSub, ReferTo, ReferredBy, RejectContact, RemotePartyId, Replaces, ReplyTo, RequestDisposition, Require,
    RetryAfter, Route, RSeq, Server, ServiceRoute, SessionExpires, SipETag, SipIfMatch, Subject, SubscriptionState, Supported,
    TargetDialog, Timestamp, To, Unsupported, UserAgent, Via, Warning, WwwAuthenticate, XCallInfo,
}
