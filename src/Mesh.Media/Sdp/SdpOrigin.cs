using System.Diagnostics.CodeAnalysis;

namespace Mesh.Media.Sdp;

/// <summary>The o= line (RFC 8866 section 5.2): who made the session and which version of it this is.</summary>
public sealed record SdpOrigin(string Username, string SessionId, ulong Version, SdpConnection Address)
{
    private const int MaxDigits = 18;

    internal static bool TryParse(ReadOnlySpan<char> value, [NotNullWhen(true)] out SdpOrigin? origin)
    {
        origin = null;
        // Phones put blanks into the user name; the last five fields are never in doubt.
        var rest = value.Trim(' ');
        var address = LastFields(ref rest, 3);
        var version = LastFields(ref rest, 1);
        var session = LastFields(ref rest, 1);
        if (rest.IsEmpty || session.IsEmpty || !IsNumber(version) || !IsNumber(session) || !SdpConnection.TryParse(address, out var at)) return false;
        // The number is as long as the sender likes; only its change matters, so the lowest digits will do.
        if (!ulong.TryParse(version, out ulong number)) number = ulong.Parse(version[^MaxDigits..]);
        origin = new SdpOrigin(SdpWord.Of(rest), session.ToString(), number, at);
        return true;
    }

    public override string ToString() => $"{Username} {SessionId} {Version} {Address}";

    /// <summary>Takes that many fields off the end of <paramref name="text"/>; empty when it has not so many.</summary>
    private static ReadOnlySpan<char> LastFields(ref ReadOnlySpan<char> text, int count)
    {
        int start = text.Length;
        while (count-- > 0)
        {
            start = text[..start].TrimEnd(' ').LastIndexOf(' ');
            if (start < 0) { text = default; return default; }
        }
        var fields = text[(start + 1)..];
        text = text[..start].TrimEnd(' ');
        return fields;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
