namespace Mesh.Media.Sdp;

/// <summary>An a= line (RFC 8866 section 5.13): a property, or a value when <paramref name="Value"/> is not null.</summary>
public sealed record SdpAttribute(string Name, string? Value = null)
{
    internal static SdpAttribute Parse(ReadOnlySpan<char> line)
    {
        int colon = line.IndexOf(':');
        return colon < 0 ? new SdpAttribute(SdpWord.Of(line.Trim())) : new SdpAttribute(SdpWord.Of(line[..colon].Trim()), SdpWord.Of(line[(colon + 1)..].Trim()));
    }

    public override string ToString() => Value is null ? Name : $"{Name}:{Value}";
}
