namespace Mesh.Sip.Wire;

/// <summary>Where an element of a comma-separated header ends: at a comma outside quotes and angle brackets (RFC 3261 section 7.3.1), or with the text.</summary>
internal static class ListElement
{
    public static int End(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            int length = text[at..].IndexOfAny((byte)',', (byte)'"', (byte)'<');
            if (length < 0) return text.Length;
            at += length;
            if (text[at] == ',') return at;
            if (text[at] == '"') at = Grammar.SkipQuoted(text, at);
            else
            {
                int close = text[at..].IndexOf((byte)'>');
                at = close < 0 ? -1 : at + close + 1;
            }
            // A quote or bracket that never closes takes the rest with it; the value's own reader refuses it.
            if (at < 0) return text.Length;
        }
    }
}
