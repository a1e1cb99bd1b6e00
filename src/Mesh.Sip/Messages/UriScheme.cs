namespace Mesh.Sip.Messages;

/// <summary>The schemes told apart; <see cref="Other"/> is any other absolute URI, kept whole.</summary>
public enum UriScheme : byte
{
    Other,
    Sip,
    Sips,
    /// <summary>RFC 3966.</summary>
    Tel,
}
