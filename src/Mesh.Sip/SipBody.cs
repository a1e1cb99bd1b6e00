namespace Mesh.Sip;

/// <summary>A message body and its media type. The octets must not change after they are handed over.</summary>
/// <param name="ContentType">As the Content-Type header shows it; ignored when there is no content.</param>
public readonly record struct SipBody(ReadOnlyMemory<byte> Content, string ContentType)
{
    public const string SdpType = "application/sdp";

    public bool IsEmpty => Content.IsEmpty;

    public static SipBody Sdp(ReadOnlyMemory<byte> content) => new(content, SdpType);

    public static SipBody Sdp(string content) => new(System.Text.Encoding.UTF8.GetBytes(content), SdpType);
}
