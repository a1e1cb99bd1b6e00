using System.Globalization;

namespace Mesh.Media.Sdp;

/// <summary>An m= line and what belongs to it (RFC 8866 section 5.14). Port 0 means refused or no longer used (RFC 3264 section 6).</summary>
public sealed record SdpMedia(string Media, int Port, string Protocol, IReadOnlyList<string> Formats)
{
    public SdpConnection? Connection { get; init; }

    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];

    /// <summary>The value of the first attribute of this name; null when there is none.</summary>
    public string? Value(string attribute) => Attributes.FirstOrDefault(a => a.Name.Equals(attribute, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>The same line refused: it keeps its place, and nothing of it is used.</summary>
    public SdpMedia Refused() => new(Media, 0, Protocol, Formats);

    internal static bool TryParse(string value, out SdpMedia media)
    {
        media = new SdpMedia("", 0, "", []);
        var fields = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 4) return false;
        // "49170/2" announces two pairs of ports; the first is the one.
        var port = fields[1].Split('/')[0];
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)) return false;
        media = new SdpMedia(fields[0], number, fields[2], fields[3..]);
        return true;
    }
}
