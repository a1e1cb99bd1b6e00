using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Mesh.Media.Sdp;

/// <summary>An m= line and what belongs to it (RFC 8866 section 5.14). Port 0 means refused or no longer used (RFC 3264 section 6).</summary>
public sealed record SdpMedia(string Media, int Port, string Protocol, IReadOnlyList<string> Formats)
{
    public SdpConnection? Connection { get; init; }

    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];

    /// <summary>The value of the first attribute of this name; null when there is none.</summary>
    public string? Value(string attribute) => Find(attribute)?.Value;

    /// <summary>The same line refused: it keeps its place, and nothing of it is used.</summary>
    public SdpMedia Refused() => new(Media, 0, Protocol, Formats);

    /// <param name="attributes">Those of the lines after it: read later.</param>
    internal static bool TryParse(ReadOnlySpan<char> value, IReadOnlyList<SdpAttribute> attributes, [NotNullWhen(true)] out SdpMedia? media)
    {
        media = null;
        Span<Range> fields = stackalloc Range[4];
        if (value.Split(fields, ' ', StringSplitOptions.RemoveEmptyEntries) < 4) return false;
        // "49170/2" announces two pairs of ports; the first is the one.
        var port = value[fields[1]];
        if (port.IndexOf('/') is >= 0 and var slash) port = port[..slash];
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)) return false;
        var formats = new List<string>();
        var rest = value[fields[3]];
        foreach (var range in rest.Split(' '))
            if (!rest[range].IsEmpty) formats.Add(SdpWord.Of(rest[range]));
        media = new SdpMedia(SdpWord.Of(value[fields[0]]), number, SdpWord.Of(value[fields[2]]), formats) { Attributes = attributes };
        return true;
    }

    private SdpAttribute? Find(string attribute)
    {
        for (int i = 0; i < Attributes.Count; i++)
            if (Attributes[i].Name.Equals(attribute, StringComparison.OrdinalIgnoreCase)) return Attributes[i];
        return null;
    }
}
