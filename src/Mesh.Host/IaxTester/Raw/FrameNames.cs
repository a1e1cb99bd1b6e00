using System.Diagnostics.CodeAnalysis;
using Mesh.Iax2.Wire;

namespace Mesh.Host.IaxTester.Raw;

/// <summary>A frame by type and subclass; a null subclass stands for any.</summary>
public readonly record struct FrameName(FrameType Type, byte? SubclassOctet);

/// <summary>
/// The words for full frames, both ways: <c>NEW</c>, <c>RINGING</c>, <c>VOICE ulaw</c>, <c>DTMF 5</c>, <c>DTMF-BEGIN 5</c>, <c>TEXT</c>, and any other as <c>type 15/3</c>.
/// A control frame whose word an IAX frame has too is written <c>CONTROL HANGUP</c>.
/// </summary>
public static class FrameNames
{
    private static readonly Dictionary<string, FrameName> ByName = MakeNames();

    /// <summary>Every fixed word, for hints.</summary>
    public static IReadOnlyCollection<string> Known => ByName.Keys;

    public static string Of(SeenFrame frame) => frame.Kind switch
    {
        DatagramKind.Full => Of(frame.Type, frame.SubclassOctet),
        DatagramKind.Mini => "mini",
        DatagramKind.Trunk => "trunk",
        DatagramKind.MiniVideo => "mini video",
        DatagramKind.UnknownMeta => "meta",
        _ => "runt",
    };

    public static string Of(FrameType type, byte octet)
    {
        long subclass = SubclassCoding.Decode(octet);
        return type switch
        {
            FrameType.Iax when Enum.IsDefined((IaxCommand)octet) => Word((IaxCommand)octet),
            FrameType.Iax => $"IAX {octet}",
            FrameType.Control when Enum.IsDefined((ControlCommand)subclass) => Control((ControlCommand)subclass),
            FrameType.Control => $"CONTROL {subclass}",
            FrameType.Voice => $"VOICE {Codecs.NameOf((VoiceFormat)(ulong)subclass)}",
            FrameType.Video => "VIDEO",
            FrameType.DtmfEnd => $"DTMF {Digit(octet)}",
            FrameType.DtmfBegin => $"DTMF-BEGIN {Digit(octet)}",
            FrameType.Text => "TEXT",
            FrameType.Html => $"HTML {octet}",
            FrameType.Image => "IMAGE",
            FrameType.ComfortNoise => "CNG",
            _ => $"type {(int)type}/{octet}",
        };
    }

    /// <summary>Reads a word; false for one nobody knows.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FrameName? name)
    {
        name = null;
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (ByName.TryGetValue(string.Join(' ', words).ToUpperInvariant(), out var fixedName)) name = fixedName;
        else if (words.Length == 2) name = Parse(words[0].ToUpperInvariant(), words[1]);
        return name is not null;
    }

    private static FrameName? Parse(string word, string detail)
    {
        if (word == "VOICE" && Codecs.TryParse(detail, out var format) && SubclassCoding.TryEncode((long)format, out byte voice)) return new FrameName(FrameType.Voice, voice);
        if (word == "DTMF" && detail.Length == 1) return new FrameName(FrameType.DtmfEnd, (byte)detail[0]);
        if (word == "DTMF-BEGIN" && detail.Length == 1) return new FrameName(FrameType.DtmfBegin, (byte)detail[0]);
        if (word == "IAX" && byte.TryParse(detail, out byte command)) return new FrameName(FrameType.Iax, command);
        if (word == "CONTROL" && sbyte.TryParse(detail, out sbyte control)) return new FrameName(FrameType.Control, (byte)control);
        if (word == "TYPE" && detail.Split('/') is [var type, var subclass] && byte.TryParse(type, out byte t) && byte.TryParse(subclass, out byte s)) return new FrameName((FrameType)t, s);
        return null;
    }

    private static string Digit(byte octet) => octet is > 32 and < 127 ? ((char)octet).ToString() : $"0x{octet:x2}";

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToUpperInvariant();

    private static string Control(ControlCommand command) => Enum.TryParse<IaxCommand>(command.ToString(), true, out _) ? $"CONTROL {Word(command)}" : Word(command);

    private static Dictionary<string, FrameName> MakeNames()
    {
        var names = new Dictionary<string, FrameName>(StringComparer.Ordinal);
        foreach (var command in Enum.GetValues<IaxCommand>()) names[Word(command)] = new FrameName(FrameType.Iax, (byte)command);
        foreach (var control in Enum.GetValues<ControlCommand>())
        {
            names.TryAdd(Word(control), new FrameName(FrameType.Control, (byte)control));
            names["CONTROL " + Word(control)] = new FrameName(FrameType.Control, (byte)control);
        }
        names["VOICE"] = new FrameName(FrameType.Voice, null);
        names["VIDEO"] = new FrameName(FrameType.Video, null);
        names["TEXT"] = new FrameName(FrameType.Text, null);
        names["DTMF"] = new FrameName(FrameType.DtmfEnd, null);
        names["DTMF-BEGIN"] = new FrameName(FrameType.DtmfBegin, null);
        names["CONTROL"] = new FrameName(FrameType.Control, null);
        names["IAX"] = new FrameName(FrameType.Iax, null);
        names["CNG"] = new FrameName(FrameType.ComfortNoise, null);
        return names;
    }
}
