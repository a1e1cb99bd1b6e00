namespace Mesh.Media.Sdp;

/// <summary>The o= line (RFC 8866 section 5.2): who made the session and which version of it this is.</summary>
public sealed record SdpOrigin(string Username, string SessionId, ulong Version, SdpConnection Address)
{
    internal static bool TryParse(string value, out SdpOrigin origin)
    {
        origin = new SdpOrigin("-", "0", 0, SdpConnection.None);
        var fields = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // Phones put blanks into the user name; the last five fields are never in doubt.
        if (fields.Length < 6 || !SdpConnection.TryParse(string.Join(' ', fields[^3..]), out var address)) return false;
        if (!fields[^5].All(char.IsAsciiDigit) || !fields[^4].All(char.IsAsciiDigit)) return false;
        // The number is as long as the sender likes; only its change matters, so the lowest digits will do.
        ulong version = ulong.TryParse(fields[^4], out ulong exact) ? exact : ulong.Parse(fields[^4].AsSpan(Math.Max(0, fields[^4].Length - 18)));
        origin = new SdpOrigin(string.Join(' ', fields[..^5]), fields[^5], version, address);
        return true;
    }

    public override string ToString() => $"{Username} {SessionId} {Version} {Address}";
}
