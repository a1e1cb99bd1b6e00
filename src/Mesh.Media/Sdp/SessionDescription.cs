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
    public byte[] ToBytes()
    {
        var writer = SdpWriter.Begin();
        writer.Add("v=0\r\no="u8).Add(Origin.Username).Add(" "u8).Add(Origin.SessionId).Add(" "u8).Add(Origin.Version).Add(" "u8);
        Write(writer, Origin.Address);
        writer.Add("\r\ns="u8).Add(Name).Add("\r\n"u8);
        if (Connection is { } connection) WriteLine(writer, connection);
        writer.Add("t=0 0\r\n"u8);
        Write(writer, Attributes);
        for (int i = 0; i < Media.Count; i++)
        {
            var media = Media[i];
            writer.Add("m="u8).Add(media.Media).Add(" "u8).Add((ulong)media.Port).Add(" "u8).Add(media.Protocol);
            for (int f = 0; f < media.Formats.Count; f++) writer.Add(" "u8).Add(media.Formats[f]);
            writer.Add("\r\n"u8);
            if (media.Connection is { } own) WriteLine(writer, own);
            Write(writer, media.Attributes);
        }
        return writer.ToArray();
    }

    public override string ToString() => Encoding.UTF8.GetString(ToBytes());

    /// <summary>The address that holds for a media line: its own, else the session's.</summary>
    public SdpConnection ConnectionOf(SdpMedia media) => media.Connection ?? Connection ?? SdpConnection.None;

    /// <summary>The direction that holds for a media line: its own, else the session's, else both ways (RFC 8866 section 6.7).</summary>
    public AudioDirection DirectionOf(SdpMedia media) =>
        DirectionIn(media.Attributes) ?? DirectionIn(Attributes) ?? AudioDirection.SendReceive;

    private static void WriteLine(SdpWriter writer, SdpConnection connection)
    {
        writer.Add("c="u8);
        Write(writer, connection);
        writer.Add("\r\n"u8);
    }

    private static void Write(SdpWriter writer, SdpConnection at) => writer.Add(at.NetworkType).Add(" "u8).Add(at.AddressType).Add(" "u8).Add(at.Address);

    private static void Write(SdpWriter writer, IReadOnlyList<SdpAttribute> attributes)
    {
        for (int i = 0; i < attributes.Count; i++)
        {
            writer.Add("a="u8).Add(attributes[i].Name);
            if (attributes[i].Value is { } value) writer.Add(":"u8).Add(value);
            writer.Add("\r\n"u8);
        }
    }

    /// <summary>The last that is named.</summary>
    private static AudioDirection? DirectionIn(IReadOnlyList<SdpAttribute> attributes)
    {
        for (int i = attributes.Count - 1; i >= 0; i--)
            if (attributes[i].Direction is { } named) return named;
        return null;
    }
}
