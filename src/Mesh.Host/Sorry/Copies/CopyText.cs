using System.Text;
using System.Text.RegularExpressions;

namespace Mesh.Host.Sorry.Copies;

/// <summary>Octets of a page or style sheet as text, by what is said of their encoding: the header, a mark at the beginning, the text itself; else UTF-8.</summary>
public static partial class CopyText
{
    private const int Sniffed = 1024;

    public static string Read(byte[] octets, string charset)
    {
        var encoding = Mark(octets) ?? Named(charset) ?? Named(Declared(octets)) ?? Encoding.UTF8;
        return encoding.GetString(octets).TrimStart('\ufeff');
    }

    private static Encoding? Mark(byte[] octets) => octets switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static string Declared(byte[] octets) => Declaration().Match(Encoding.Latin1.GetString(octets, 0, Math.Min(octets.Length, Sniffed))).Groups[1].Value;

    private static Encoding? Named(string name)
    {
        if (name.Length is 0 or > 40) return null;
        // What the web calls Latin-1 is Windows-1252 (Encoding Standard).
        if (name.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase) || name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase)) name = "windows-1252";
        try { return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name); }
        catch (ArgumentException) { return null; }
    }

    [GeneratedRegex("""charset\s*=?\s*["']?([A-Za-z0-9_:.-]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Declaration();
}
