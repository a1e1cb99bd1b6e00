namespace Mesh.Sip.Messages;

/// <summary>What the caller wants kept from the callee: the values of Privacy (RFC 3323, RFC 3325 <c>id</c>, RFC 7044 <c>history</c>).</summary>
[Flags]
public enum PrivacyKinds : byte
{
    None = 0,
    Header = 1,
    Session = 2,
    User = 4,
    /// <summary>The asserted identity.</summary>
    Id = 8,
    Critical = 16,
    History = 32,
    /// <summary>The word <c>none</c>: privacy is refused by the caller.</summary>
    Refused = 64,
}
