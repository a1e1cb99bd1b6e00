using System.Text;

namespace Mesh.Sip.Tests.Wire;

/// <summary>How the torture messages are spelled in source.</summary>
internal static class Rfc4475Text
{
    /// <summary>Lines of a raw string, each ended with CRLF in place of LF.</summary>
    public static byte[] Lines(string text) => Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n"));

    /// <summary>Text as it stands, in UTF-8.</summary>
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>One octet a character.</summary>
    public static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text);

    public static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
