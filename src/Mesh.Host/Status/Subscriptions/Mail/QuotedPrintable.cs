using System.Text;

namespace Mesh.Host.Status.Subscriptions.Mail;

/// <summary>RFC 2045 section 6.7: text in lines of at most 76 characters that any relay passes on unchanged.</summary>
public static class QuotedPrintable
{
    private const int MostColumns = 76;

    public static string Encode(string text)
    {
        var encoded = new StringBuilder();
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n')) Line(encoded, Encoding.UTF8.GetBytes(line));
        return encoded.ToString();
    }

    private static void Line(StringBuilder encoded, byte[] octets)
    {
        int column = 0;
        for (int i = 0; i < octets.Length; i++)
        {
            byte octet = octets[i];
            bool isLast = i == octets.Length - 1;
            bool isPlain = octet is >= (byte)'!' and <= (byte)'~' and not (byte)'=' || (octet is (byte)' ' or (byte)'\t' && !isLast);
            int width = isPlain ? 1 : 3;
            // The soft line break needs a column of its own, except at the end of the line.
            if (column + width > MostColumns - (isLast ? 0 : 1))
            {
                encoded.Append("=\r\n");
                column = 0;
            }
            if (isPlain) encoded.Append((char)octet);
            else encoded.Append('=').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            column += width;
        }
        encoded.Append("\r\n");
    }
}
