namespace Mesh.Sip.Messages;

/// <summary>
/// RFC 3261 section 19.1.4: when two URIs name the same thing. User and password by case, all else without; an escape equals the octet it stands for unless
/// that octet is reserved there; a parameter in one only counts when it is user, ttl, method, maddr or transport; headers always count.
/// </summary>
internal static class UriComparison
{
    public static bool AreEqual(SipUri a, SipUri b)
    {
        if (a.Scheme != b.Scheme || a.IsPresent != b.IsPresent) return false;
        if (!a.IsSip) return SameText(a.Text.Span, b.Text.Span, ignoreCase: a.Scheme == UriScheme.Tel);
        return a.Port == b.Port
            && a.Host.IsIgnoringCase(b.Host.Span)
            && a.User.IsPresent == b.User.IsPresent && SameText(a.User.Span, b.User.Span, ignoreCase: false)
            && a.Password.IsPresent == b.Password.IsPresent && SameText(a.Password.Span, b.Password.Span, ignoreCase: false)
            && ParametersAgree(a.Parameters, b.Parameters) && ParametersAgree(b.Parameters, a.Parameters)
            && HeadersAgree(a.Headers.Span, b.Headers.Span) && HeadersAgree(b.Headers.Span, a.Headers.Span);
    }

    /// <summary>Over the parts that equal URIs always share.</summary>
    public static int Hash(SipUri uri)
    {
        var hash = new HashCode();
        hash.Add(uri.Scheme);
        hash.Add(uri.Port);
        AddText(ref hash, uri.IsSip ? uri.User.Span : uri.Text.Span, ignoreCase: uri.Scheme == UriScheme.Tel);
        AddText(ref hash, uri.Host.Span, ignoreCase: true);
        return hash.ToHashCode();
    }

    private static void AddText(ref HashCode hash, ReadOnlySpan<byte> text, bool ignoreCase)
    {
        for (int at = 0; at < text.Length;)
        {
            int octet = Significant(text, ref at);
            hash.Add(ignoreCase ? Lower(octet) : octet);
        }
    }

    private static bool ParametersAgree(SipParameters ours, SipParameters theirs)
    {
        foreach (var parameter in ours)
        {
            var other = theirs[parameter.Name.Span];
            if (other.IsPresent ? !SameText(parameter.Value.Span, other.Span, ignoreCase: true) : MustBeInBoth(parameter.Name)) return false;
        }
        return true;
    }

    private static bool MustBeInBoth(SipText name) =>
        name.IsIgnoringCase("transport"u8) || name.IsIgnoringCase("user"u8) || name.IsIgnoringCase("ttl"u8)
        || name.IsIgnoringCase("method"u8) || name.IsIgnoringCase("maddr"u8);

    private static bool HeadersAgree(ReadOnlySpan<byte> ours, ReadOnlySpan<byte> theirs)
    {
        foreach (var one in ours.Split((byte)'&'))
        {
            bool found = ours[one].IsEmpty;
            foreach (var other in theirs.Split((byte)'&'))
                found |= SameText(ours[one], theirs[other], ignoreCase: true);
            if (!found) return false;
        }
        return true;
    }

    private static bool SameText(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, bool ignoreCase)
    {
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            int left = Significant(a, ref i), right = Significant(b, ref j);
            if (ignoreCase) (left, right) = (Lower(left), Lower(right));
            if (left != right) return false;
        }
        return i == a.Length && j == b.Length;
    }

    /// <summary>The next octet; an escaped reserved one is not the same as the bare one and is told apart by 256.</summary>
    private static int Significant(ReadOnlySpan<byte> text, ref int at)
    {
        bool escaped = text[at] == '%';
        int octet = UriEscape.Next(text, ref at);
        return escaped && (char)octet is ';' or '/' or '?' or ':' or '@' or '&' or '=' or '+' or '$' or ',' ? octet | 256 : octet;
    }

    private static int Lower(int octet) => octet is >= 'A' and <= 'Z' ? octet | 0x20 : octet;
}
