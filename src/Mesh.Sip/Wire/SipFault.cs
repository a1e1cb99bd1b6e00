namespace Mesh.Sip.Wire;

/// <summary>What is wrong with a message that could not be read.</summary>
public enum SipFault : byte
{
    None,
    /// <summary>Nothing but line ends: a keep-alive, or nothing at all.</summary>
    Empty,
    /// <summary>The first line is neither a request's nor a response's.</summary>
    BadStartLine,
    /// <summary>The Request-URI is no URI, or has what a Request-URI must not have: angle brackets, white space, headers.</summary>
    BadRequestUri,
    UriTooLong,
    VersionNotSupported,
    BadStatusCode,
    /// <summary>A CR or LF by itself. A line ends with both (RFC 3261 section 7); taking less invites two readings of one message.</summary>
    BareLineEnd,
    /// <summary>A header line without a name or without a colon.</summary>
    BadHeaderLine,
    /// <summary>The empty line that ends the headers is missing.</summary>
    NoEndOfHeaders,
    TooManyHeaders,
    HeadersTooLarge,
    BodyTooLarge,
    /// <summary>A header that may be there once is there again.</summary>
    RepeatedHeader,
    MissingVia,
    BadVia,
    MissingFrom,
    BadFrom,
    MissingTo,
    BadTo,
    MissingCallId,
    BadCallId,
    MissingCSeq,
    BadCSeq,
    /// <summary>CSeq names another method than the request line.</summary>
    MethodMismatch,
    BadMaxForwards,
    BadContact,
    BadContentLength,
    /// <summary>On a stream only.</summary>
    MissingContentLength,
    /// <summary>Content-Length counts more octets than the datagram has.</summary>
    BodyCutShort,
}
