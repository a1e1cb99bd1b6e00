using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Mesh.Media.Sdp;

/// <summary>
/// Reads RFC 8866's lines. Strict where a mistake would put media in the wrong place (v=, o=, c=, m=), lenient where phones err harmlessly: bare LF, a missing s= or t=,
/// blank lines at the end, lines of session level in another order.
/// </summary>
internal ref struct SdpReader
{
    /// <summary>Longest body read, in octets.</summary>
    public const int MaxOctets = 16 << 10;

    /// <summary>Most m= lines; each must be answered.</summary>
    public const int MaxMedia = 16;

    /// <summary>Characters of a line read without making an array.</summary>
    private const int MostOnStack = 512;

    private SdpOrigin? origin;
    private SdpConnection? connection;
    private string name;
    private List<SdpMedia> media;
    private List<SdpAttribute>? sessionAttributes, attributes;
    private string? reason;

    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out SessionDescription? description, out SdpError error)
    {
        description = null;
        error = default;
        if (body.Length > MaxOctets) { error = new SdpError(0, $"longer than {MaxOctets} octets"); return false; }
        var reader = new SdpReader { name = "-", media = new List<SdpMedia>(1) };
        int number = 0;
        foreach (var range in body.Split((byte)'\n'))
        {
            var line = body[range].TrimEnd((byte)'\r');
            number++;
            if (line.IsEmpty && body[range.End..].Trim("\r\n "u8).IsEmpty) break;
            if (reader.Take(line, number)) continue;
            error = new SdpError(number, reader.reason ?? "not understood");
            return false;
        }
        if (reader.origin is null) { error = new SdpError(0, number <= 1 ? "empty" : "no o= line"); return false; }
        description = new SessionDescription(reader.origin)
        {
            Name = reader.name,
            Connection = reader.connection,
            Attributes = reader.sessionAttributes ?? (IReadOnlyList<SdpAttribute>)[],
            Media = reader.media,
        };
        return true;
    }

    private bool Take(ReadOnlySpan<byte> line, int number)
    {
        if (line.Length < 2 || line[1] != '=') return Refuse("not of the form x=value");
        if (line.ContainsAnyInRange((byte)0, (byte)8)) return Refuse("a control character");
        if (number == 1) return (line[0] == 'v' && line[2..].Trim((byte)' ').SequenceEqual("0"u8)) || Refuse("the first line is not v=0");
        return (char)line[0] switch
        {
            'o' or 's' or 'c' or 'm' or 'a' => TakeText((char)line[0], line[2..]),
            'i' or 'u' or 'e' or 'p' or 'b' or 't' or 'r' or 'z' or 'k' => true,
            'v' => Refuse("v= more than once"),
            _ => Refuse("an unknown type of line"),
        };
    }

    private bool TakeText(char type, ReadOnlySpan<byte> octets)
    {
        Span<char> room = stackalloc char[MostOnStack];
        if (octets.Length > room.Length) room = new char[octets.Length];
        ReadOnlySpan<char> value = room[..Encoding.UTF8.GetChars(octets, room)];
        return type switch
        {
            'o' => Origin(value),
            's' => Named(value),
            'c' => Connect(value),
            'm' => BeginMedia(value),
            _ => Attribute(value),
        };
    }

    private bool Origin(scoped ReadOnlySpan<char> value)
    {
        if (origin is not null || media.Count > 0) return Refuse("o= in a wrong place");
        return SdpOrigin.TryParse(value, out origin) || Refuse("o= has not its six fields");
    }

    private bool Named(scoped ReadOnlySpan<char> value)
    {
        if (media.Count > 0) return Refuse("s= after a media line");
        name = value.IsEmpty ? "-" : SdpWord.Of(value);
        return true;
    }

    private bool Connect(scoped ReadOnlySpan<char> value)
    {
        // Nearly always the address of o= again.
        var read = origin?.Address;
        if (read?.IsWritten(value) != true && !SdpConnection.TryParse(value, out read)) return Refuse("c= has not its three fields");
        if (media.Count == 0) connection = read;
        else media[^1] = media[^1] with { Connection = media[^1].Connection ?? read };
        return true;
    }

    private bool BeginMedia(scoped ReadOnlySpan<char> value)
    {
        if (media.Count == MaxMedia) return Refuse($"more than {MaxMedia} media lines");
        attributes = new List<SdpAttribute>(8);
        if (!SdpMedia.TryParse(value, attributes, out var read)) return Refuse("m= has not its media, port, protocol and formats");
        media.Add(read);
        return true;
    }

    private bool Attribute(scoped ReadOnlySpan<char> value)
    {
        (attributes ??= sessionAttributes = []).Add(SdpAttribute.Parse(value));
        return true;
    }

    private bool Refuse(string why)
    {
        reason = why;
        return false;
    }
}
