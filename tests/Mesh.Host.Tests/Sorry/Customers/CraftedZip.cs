using System.IO.Compression;
using System.Text;

namespace Mesh.Host.Tests.Sorry.Customers;

/// <summary>ZIP files whose every field can be wrong.</summary>
public sealed class CraftedZip
{
    private readonly MemoryStream head = new(), directory = new();
    private int entries;

    public static byte[] Of(params (string Name, string Text)[] files)
    {
        var zip = new CraftedZip();
        foreach (var (name, text) in files) zip.Add(name, Encoding.UTF8.GetBytes(text));
        return zip.End();
    }

    /// <param name="localName">Null: the same name.</param>
    /// <param name="claims">The size inflated, as it is said; null: the true one.</param>
    /// <param name="at">Where the local header is, as the directory says; null: where it is.</param>
    public CraftedZip Add(string name, byte[] octets, string? localName = null, uint? claims = null, uint mode = 0, ushort flags = 0, ushort method = 8, uint? at = null, byte[]? extra = null, uint attributes = 0)
    {
        byte[] packed = method == 8 ? Deflate(octets) : octets;
        uint start = (uint)head.Length;
        byte[] raw = Encoding.Latin1.GetBytes(name), local = Encoding.Latin1.GetBytes(localName ?? name);
        if (at is null)
        {
            Write(head, 0x04034b50u, (ushort)20, flags, method, (ushort)0, (ushort)0x5a21, Crc(octets), (uint)packed.Length, claims ?? (uint)octets.Length, (ushort)local.Length, (ushort)0);
            head.Write(local);
            head.Write(packed);
        }
        extra ??= [];
        Write(directory, 0x02014b50u, (ushort)(3 << 8 | 20), (ushort)20, flags, method, (ushort)0, (ushort)0x5a21, Crc(octets), (uint)packed.Length, claims ?? (uint)octets.Length, (ushort)raw.Length,
            (ushort)extra.Length, (ushort)0, (ushort)0, (ushort)0, mode << 16 | attributes, at ?? start);
        directory.Write(raw);
        directory.Write(extra);
        entries++;
        return this;
    }

    /// <summary>Many names for one and the same file: the quoted, overlapping kind of bomb.</summary>
    public CraftedZip AddAgain(string name, byte[] octets, uint at) => Add(name, octets, at: at);

    public byte[] End(ushort? says = null, uint? startsAt = null, string comment = "", ushort disk = 0)
    {
        using var all = new MemoryStream();
        head.WriteTo(all);
        directory.WriteTo(all);
        Write(all, 0x06054b50u, disk, disk, says ?? (ushort)entries, says ?? (ushort)entries, (uint)directory.Length, startsAt ?? (uint)head.Length, (ushort)comment.Length);
        all.Write(Encoding.Latin1.GetBytes(comment));
        return all.ToArray();
    }

    public static byte[] Deflate(byte[] octets)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(octets);
        return packed.ToArray();
    }

    private static void Write(Stream to, params object[] fields)
    {
        foreach (object field in fields)
            to.Write(field switch { uint four => BitConverter.GetBytes(four), ushort two => BitConverter.GetBytes(two), _ => throw new ArgumentException("uint or ushort") });
    }

    private static uint Crc(byte[] octets)
    {
        uint crc = uint.MaxValue;
        foreach (byte octet in octets)
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
