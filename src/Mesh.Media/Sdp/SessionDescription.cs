using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Mesh.Media.Sdp;

/// <summary>A session description (RFC 8866), as much of it as offer and answer use. Immutable.</summary>
public sealed record SessionDescription(SdpOrigin Origin)
{
    public const string ContentType = "application/sdp";

    public string Name { get; init; } = "-";

    public SdpConnection? Connection { get; init; }

    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];

    public IReadOnlyList<SdpMedia> Media { get; init; } = [];

    /// <summary>Reads a message body; false with a reason for anything that cannot be answered sensibly.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out SessionDescription? description, out SdpError error) =>
        SdpReader.TryRead(body, out description, out error);

    /// <summary>The body, lines ended with CRLF.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString()
    {
        var text = new StringBuilder(512);
        text.Append("v=0\r\no=").Append(Origin).Append("\r\ns=").Append(Name).Append("\r\n");
        if (Connection is not null) text.Append("c=").Append(Connection).Append("\r\n");
        text.Append("t=0 0\r\n");
        foreach (var attribute in Attributes) text.Append("a=").Append(attribute).Append("\r\n");
        foreach (var media in Media)
        {
            text.Append("m=").Append(media.Media).Append(' ').Append(media.Port).Append(' ').Append(media.Protocol).Append(' ')
                .AppendJoin(' ', media.Formats).Append("\r\n");
            if (media.Connection is not null) text.Append("c=").Append(media.Connection).Append("\r\n");
            foreach (var attribute in media.Attributes) text.Append("a=").Append(attribute).Append("\r\n");
        }
        return text.ToString();
    }

    /// <summary>The address that holds for a media line: its own, else the session's.</summary>
    public SdpConnection ConnectionOf(SdpMedia media) => media.Connection ?? Connection ?? SdpConnection.None;

    /// <summary>The direction that holds for a media line: its own, else the session's, else both ways (RFC 8866 section 6.7).</summary>
    public AudioDirection DirectionOf(SdpMedia media) =>
        DirectionIn(media.Attributes) ?? DirectionIn(Attributes) ?? AudioDirection.SendReceive;

    private static AudioDirection? DirectionIn(IReadOnlyList<SdpAttribute> attributes)
    {
        AudioDirection? found = null;
        foreach (var attribute in attributes)
        {
            found = attribute.Name.ToLowerInvariant() switch
            {
                "sendrecv" => AudioDirection.SendReceive,
                "sendonly" => AudioDirection.SendOnly,
                "recvonly" => AudioDirection.ReceiveOnly,
                "inactive" => AudioDirection.Inactive,
                _ => found,
            };
        }
        return found;
    }
}
