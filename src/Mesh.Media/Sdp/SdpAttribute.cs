namespace Mesh.Media.Sdp;

/// <summary>An a= line (RFC 8866 section 5.13): a property, or a value when <paramref name="Value"/> is not null.</summary>
public sealed record SdpAttribute(string Name, string? Value = null)
{
    internal static SdpAttribute Parse(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new SdpAttribute(line.Trim()) : new SdpAttribute(line[..colon].Trim(), line[(colon + 1)..].Trim());
    }

    public override string ToString() => Value is null ? Name : $"{Name}:{Value}";
}
