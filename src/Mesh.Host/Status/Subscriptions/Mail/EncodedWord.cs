using System.Text;

namespace Mesh.Host.Status.Subscriptions.Mail;

/// <summary>RFC 2047: text in a header. What is plain stays readable; all else, every control character too, becomes encoded words, a folded line each.</summary>
public static class EncodedWord
{
    /// <summary>In base64 and with its frame such a word has 64 octets; with the name of its header a line has less than the 76 it may have.</summary>
    private const int MostOctets = 39;

    /// <summary>For a subject.</summary>
    public static string Text(string text) => text.Length <= 60 && text.All(static c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal) ? text : Words(text);

    /// <summary>For the name beside an address.</summary>
    public static string Phrase(string text) => text.Length <= 60 && text.Split(' ').All(static w => w.Length > 0 && w.All(char.IsAsciiLetterOrDigit)) ? text : Words(text);

    private static string Words(string text)
    {
        var words = new List<string>();
        var octets = new List<byte>();
        foreach (var rune in text.EnumerateRunes())
        {
            byte[] next = Encoding.UTF8.GetBytes(rune.ToString());
            // A word holds whole characters (section 5).
            if (octets.Count + next.Length > MostOctets) Take(words, octets);
            octets.AddRange(next);
        }
        Take(words, octets);
        return string.Join("\r\n ", words);
    }

    private static void Take(List<string> words, List<byte> octets)
    {
        words.Add($"=?utf-8?B?{Convert.ToBase64String([.. octets])}?=");
        octets.Clear();
    }
}
