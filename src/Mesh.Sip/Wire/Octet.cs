namespace Mesh.Sip.Wire;

/// <summary>What an octet may be part of: RFC 3261 section 25.1's character classes, one bit each.</summary>
[Flags]
internal enum Octet : byte
{
    None = 0,
    Token = 1,
    /// <summary>A user or password in a URI, the percent sign of an escape included.</summary>
    User = 2,
    /// <summary>A URI parameter's name or value, or a URI header's, the percent sign included.</summary>
    UriParameter = 4,
    /// <summary>An unquoted parameter value outside a URI.</summary>
    Value = 8,
    /// <summary>Any octet a URI of an unknown scheme may have.</summary>
    AnyUri = 16,
    /// <summary>A display name without quotes.</summary>
    Display = 32,
    Host = 64,
    Digit = 128,
}
