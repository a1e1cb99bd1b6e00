namespace Mesh.Host.Sorry.Customers.Uploads;

/// <summary>The CRC-32 of ZIP files (ISO 3309, as in RFC 1952 section 8).</summary>
public static class ZipChecksum
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(static n =>
    {
        uint crc = (uint)n;
        for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        return crc;
    })];

    public static uint Of(ReadOnlySpan<byte> octets)
    {
        uint crc = uint.MaxValue;
        foreach (byte octet in octets) crc = Table[(byte)(crc ^ octet)] ^ crc >> 8;
        return ~crc;
    }
}
