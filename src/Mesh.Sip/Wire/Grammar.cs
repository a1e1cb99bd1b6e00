using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mesh.Sip.Wire;

/// <summary>
/// The rules of RFC 3261 section 25.1 that every header needs. Each <c>Skip...</c> takes a text and a place and gives the place after what it names, or -1 where the
/// text does not have it. Folded lines have been joined before anything here looks at them, so linear white space is spaces and tabs.
/// </summary>
internal static class Grammar
{
    private static readonly Octet[] Classes = Build();

    private static Octet[] Build()
    {
        var classes = new Octet[256];
        void Mark(Octet bit, string others, bool alphanumeric = true)
        {
            foreach (char c in others) classes[c] |= bit;
            for (int c = 0; alphanumeric && c < 128; c++)
                if (char.IsAsciiLetterOrDigit((char)c)) classes[c] |= bit;
        }
        Mark(Octet.Token, "-.!%*_+`'~");
        // '#' is not in the RFC's list, but phones send feature codes such as *21# unescaped.
        Mark(Octet.User, "-_.!~*'()%&=+$,;?/#");
        Mark(Octet.UriParameter, "-_.!~*'()%[]/:&+$");
        // Tags and vendors' parameters in the field use more than a token; nothing here can end a value.
        Mark(Octet.Value, "-.!%*_+`'~[]:/@=&$?#(){}|");
        Mark(Octet.AnyUri, "-_.!~*'()%;/?:@&=+$,[]#");
        // Underscores are no host names, yet people name machines so.
        Mark(Octet.Host, "-._");
        Mark(Octet.Digit, "0123456789", alphanumeric: false);
        for (int c = 0x20; c < 256; c++)
            if (c != 0x7F && c is not ('"' or '<' or '>' or ',' or ';' or '\\')) classes[c] |= Octet.Display;
        classes['\t'] |= Octet.Display;
        return classes;
    }

    public static bool Has(byte octet, Octet bit) => (Classes[octet] & bit) != 0;

    /// <summary>The table's first entry: 256 of them, one for every octet there is, so that looking one up needs no bounds check.</summary>
    private static ref Octet Table => ref MemoryMarshal.GetArrayDataReference(Classes);

    /// <summary>The first place at or after <paramref name="at"/> whose octet is not of that class.</summary>
    public static int SkipAll(ReadOnlySpan<byte> text, int at, Octet bit)
    {
        ref var table = ref Table;
        while ((uint)at < (uint)text.Length && (Unsafe.Add(ref table, text[at]) & bit) != 0) at++;
        return at;
    }

    public static int SkipWhite(ReadOnlySpan<byte> text, int at)
    {
        while ((uint)at < (uint)text.Length && text[at] is (byte)' ' or (byte)'\t') at++;
        return at;
    }

    /// <summary>Where <paramref name="text"/> would end without the white space at its end.</summary>
    public static int TrimEnd(ReadOnlySpan<byte> text, int end)
    {
        while (end > 0 && text[end - 1] is (byte)' ' or (byte)'\t') end--;
        return end;
    }

    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && SkipAll(text, 0, Octet.Token) == text.Length;

    /// <summary>From an opening quote to behind the closing one. A backslash takes the next octet with it, whatever it is.</summary>
    public static int SkipQuoted(ReadOnlySpan<byte> text, int at)
    {
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"') return at + 1;
            if (text[at] == '\\') at++;
        }
        return -1;
    }

    /// <summary>From an opening parenthesis to behind the one that closes it; comments nest.</summary>
    public static int SkipComment(ReadOnlySpan<byte> text, int at)
    {
        for (int depth = 0; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == '(') depth++;
            else if (text[at] == ')' && --depth == 0) return at + 1;
        }
        return -1;
    }

    /// <summary>A host name, an IPv4 address or an IPv6 reference in brackets.</summary>
    public static int SkipHost(ReadOnlySpan<byte> text, int at)
    {
        if ((uint)at >= (uint)text.Length) return -1;
        if (text[at] == '[')
        {
            int length = text[at..].IndexOf((byte)']');
            return length > 0 && IsIPv6(text.Slice(at + 1, length - 1)) ? at + length + 1 : -1;
        }
        int end = SkipAll(text, at, Octet.Host);
        return end > at && text[at] is not ((byte)'.' or (byte)'-') ? end : -1;
    }

    /// <summary>An IPv6 address as RFC 3261 writes it, without a zone.</summary>
    public static bool IsIPv6(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 2 or > 45) return false;
        Span<char> letters = stackalloc char[45];
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiHexDigit((char)text[i]) && text[i] is not ((byte)':' or (byte)'.')) return false;
            letters[i] = (char)text[i];
        }
        return System.Net.IPAddress.TryParse(letters[..text.Length], out _);
    }

    /// <summary>Percent signs are followed by two hexadecimal digits.</summary>
    public static bool EscapesAreWhole(ReadOnlySpan<byte> text)
    {
        for (int at = text.IndexOf((byte)'%'); at >= 0 && at < text.Length; at++)
        {
            if (text[at] != '%') continue;
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[at + 1]) || !char.IsAsciiHexDigit((char)text[at + 2])) return false;
            at += 2;
        }
        return true;
    }

    /// <summary>Digits and nothing else, no larger than <paramref name="most"/>. Leading zeros are digits.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, uint most, out uint number)
    {
        number = 0;
        if (text.IsEmpty || SkipAll(text, 0, Octet.Digit) != text.Length) return false;
        text = text.TrimStart((byte)'0');
        if (text.IsEmpty) return true;
        return text.Length <= 10 && Utf8Parser.TryParse(text, out number, out _) && number <= most;
    }

    /// <summary>Delta-seconds (RFC 3261 section 20.19): a number too large to hold is the largest one. False when it is not digits.</summary>
    public static bool TrySeconds(ReadOnlySpan<byte> text, out uint seconds)
    {
        if (TryNumber(text, uint.MaxValue, out seconds)) return true;
        seconds = uint.MaxValue;
        return !text.IsEmpty && SkipAll(text, 0, Octet.Digit) == text.Length;
    }
}
