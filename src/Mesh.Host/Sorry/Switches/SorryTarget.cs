using Mesh.Host.Config.Scalars;

namespace Mesh.Host.Sorry.Switches;

/// <summary>
/// What a switch is for: a host, domain or trunk (<c>www.example.org</c>, <c>magrathea</c>), all names below one (<c>*.example.org</c>), everything (<c>*</c>), or a telephone number
/// (<c>+442079460123</c>). Lower case, ASCII (punycode), no final dot; numbers in E.164.
/// </summary>
public static class SorryTarget
{
    public const string Everything = "*";

    /// <summary>Octets of a name at most (RFC 1035 section 2.3.4).</summary>
    public const int MaxLength = 253;

    /// <summary>The target as it is kept; null when <paramref name="text"/> is none.</summary>
    public static string? Parse(string text)
    {
        if (text == Everything) return text;
        if (text.Length > 0 && text[0] is '+' or '0' && Telephony.PublicNumber.TryRead(text, out string number)) return number;
        bool wild = text.StartsWith("*.", StringComparison.Ordinal);
        var host = Host(wild ? text[2..] : text);
        return host is null ? null : wild ? "*." + host : host;
    }

    /// <summary>A target as <see cref="Parse"/> returns it is a telephone number.</summary>
    public static bool IsNumber(string target) => target.StartsWith('+');

    /// <summary>A host name in its one spelling; null when it is none. A name in another script is turned into its ASCII form.</summary>
    public static string? Host(string text)
    {
        if (text.Length is 0 or > MaxLength + 1) return null;
        string name = text.EndsWith('.') ? text[..^1] : text;
        if (!System.Text.Ascii.IsValid(name))
        {
            try { name = new System.Globalization.IdnMapping().GetAscii(name); }
            catch (ArgumentException) { return null; }
        }
        name = name.ToLowerInvariant();
        if (name.Length is 0 or > MaxLength) return null;
        foreach (var label in name.Split('.'))
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-' || label.AsSpan().ContainsAnyExcept(LabelOctets)) return null;
        return name;
    }

    /// <summary>The targets that cover <paramref name="host"/>, the most specific first; of a wildcard, those above it too.</summary>
    public static IEnumerable<string> Covering(string host)
    {
        yield return host;
        if (host == Everything) yield break;
        for (int dot = host.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = host.IndexOf('.', dot + 1))
            if (dot + 1 < host.Length && !(host[0] == '*' && dot == 1)) yield return "*" + host[dot..];
        yield return Everything;
    }

    private static readonly System.Buffers.SearchValues<char> LabelOctets = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");
}
