using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Mesh.Media.Sdp;

/// <summary>A session description (RFC 8866), as much of it as offer and answer use. Immutable.</summary>
public sealed record SessionDescription(SdpOrigin Origin)
{
    public const string ContentType = "application/sdp";

    private static readonly AudioDirection[] Directions = [AudioDirection.SendReceive, AudioDirection.SendOnly, AudioDirection.ReceiveOnly, AudioDirection.Inactive];

    /// <summary>Each thread writes into one builder again and again.</summary>
    [ThreadStatic]
    private static StringBuilder? builder;

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
        var text = Written();
        var chunks = text.GetChunks();
        // A usual one fits into one chunk: no string is made of it.
        var written = chunks.MoveNext() && chunks.Current.Length == text.Length ? chunks.Current.Span : text.ToString();
        var octets = new byte[Encoding.UTF8.GetByteCount(written)];
        Encoding.UTF8.GetBytes(written, octets);
        return octets;
    }

    public override string ToString() => Written().ToString();

    private StringBuilder Written()
    {
        var text = (builder ??= new StringBuilder(1024)).Clear();
        text.Append(CultureInfo.InvariantCulture, $"v=0\r\no={Origin.Username} {Origin.SessionId} {Origin.Version} ");
        Write(text, Origin.Address);
        text.Append("\r\ns=").Append(Name).Append("\r\n");
        if (Connection is { } connection) Write(text.Append("c="), connection).Append("\r\n");
        text.Append("t=0 0\r\n");
        Write(text, Attributes);
        for (int i = 0; i < Media.Count; i++)
        {
            var media = Media[i];
            text.Append(CultureInfo.InvariantCulture, $"m={media.Media} {media.Port} {media.Protocol}");
            for (int f = 0; f < media.Formats.Count; f++) text.Append(' ').Append(media.Formats[f]);
            text.Append("\r\n");
            if (media.Connection is { } own) Write(text.Append("c="), own).Append("\r\n");
            Write(text, media.Attributes);
        }
        return text;
    }

    /// <summary>The address that holds for a media line: its own, else the session's.</summary>
    public SdpConnection ConnectionOf(SdpMedia media) => media.Connection ?? Connection ?? SdpConnection.None;

    /// <summary>The direction that holds for a media line: its own, else the session's, else both ways (RFC 8866 section 6.7).</summary>
    public AudioDirection DirectionOf(SdpMedia media) =>
        DirectionIn(media.Attributes) ?? DirectionIn(Attributes) ?? AudioDirection.SendReceive;

    private static StringBuilder Write(StringBuilder text, SdpConnection at) =>
        text.Append(at.NetworkType).Append(' ').Append(at.AddressType).Append(' ').Append(at.Address);

    private static void Write(StringBuilder text, IReadOnlyList<SdpAttribute> attributes)
    {
        for (int i = 0; i < attributes.Count; i++)
        {
            text.Append("a=").Append(attributes[i].Name);
            if (attributes[i].Value is { } value) text.Append(':').Append(value);
            text.Append("\r\n");
        }
    }

    private static AudioDirection? DirectionIn(IReadOnlyList<SdpAttribute> attributes)
    {
        AudioDirection? found = null;
        for (int i = 0; i < attributes.Count; i++)
        {
            string name = attributes[i].Name;
            foreach (var direction in Directions)
                if (name.Equals(direction.AttributeName(), StringComparison.OrdinalIgnoreCase)) found = direction;
        }
        return found;
    }
}
