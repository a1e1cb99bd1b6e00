using System.Buffers.Binary;
using System.Text;
using Mesh.Host.Sorry.Contents;

namespace Mesh.Host.Sorry.Customers.Uploads;

/// <summary>
/// What is in a ZIP file, if it is one that two readers read alike (APPNOTE 6.3.10, section 4.3): what the directory says and what stands before each file are the same, no two files share octets, nothing is
/// encrypted, split, a link, or of the extensions that let sizes or names be said twice. Nothing is inflated here, and nothing that is said of sizes is believed later.
/// </summary>
public static class ZipOutline
{
    private const int EndOctets = 22, DirectoryOctets = 46, LocalOctets = 30;
    private const ushort Encrypted = 0x0001, Patched = 0x0020, StrongEncryption = 0x0040, Masked = 0x2000;

    /// <summary>Null when <paramref name="entries"/> may be inflated, else why not.</summary>
    /// <param name="mostEntries">Folders and litter included.</param>
    public static string? Fault(ReadOnlySpan<byte> zip, int mostEntries, List<ZipEntry> entries)
    {
        int end = End(zip);
        if (end < 0) return "this is no ZIP file, or it is cut off";
        var tail = zip[end..];
        ushort count = U16(tail, 10);
        uint size = U32(tail, 12), start = U32(tail, 16);
        if (count == ushort.MaxValue || size == uint.MaxValue || start == uint.MaxValue) return Zip64;
        if (U16(tail, 4) != 0 || U16(tail, 6) != 0 || U16(tail, 8) != count) return "a ZIP file in several parts";
        if (count > mostEntries) return $"the ZIP file has {count} entries; at most {mostEntries}";
        if ((long)start + size != end) return "the directory of the ZIP file is not where it says";
        var directory = zip[(int)start..end];
        for (int i = 0; i < count; i++)
        {
            if (directory.Length < DirectoryOctets || U32(directory, 0) != 0x02014b50) return "the directory of the ZIP file is damaged";
            int name = U16(directory, 28), length = DirectoryOctets + name + U16(directory, 30) + U16(directory, 32);
            if (directory.Length < length) return "the directory of the ZIP file is damaged";
            if (Entry(zip, directory[..length], name, start, entries) is { } fault) return fault;
            directory = directory[length..];
        }
        if (directory.Length > 0) return "the directory of the ZIP file has more than it says";
        var extents = entries.OrderBy(static e => e.From).ToList();
        for (int i = 1; i < extents.Count; i++)
            if (extents[i].From < extents[i - 1].To) return "files of the ZIP file overlap: it is made to burst";
        return null;
    }

    private const string Zip64 = "the ZIP file has ZIP64 extensions; a file this small needs none";

    private static string? Entry(ReadOnlySpan<byte> zip, ReadOnlySpan<byte> entry, int nameOctets, uint directoryStart, List<ZipEntry> entries)
    {
        var name = entry.Slice(DirectoryOctets, nameOctets);
        if (!Ascii.IsValid(name)) return $"{Said(name)}: a name is made of letters a to z, digits, spaces and - _ . ~ + , = @ ( ) !";
        ushort flags = U16(entry, 8), method = U16(entry, 10);
        if ((flags & (Encrypted | StrongEncryption | Masked)) != 0) return $"{Said(name)}: encrypted";
        if ((flags & Patched) != 0 || method is not (0 or 8)) return $"{Said(name)}: packed in a way that is not taken; use the usual one (deflate)";
        uint packed = U32(entry, 20), inflated = U32(entry, 24), attributes = U32(entry, 38), local = U32(entry, 42);
        if (packed == uint.MaxValue || inflated == uint.MaxValue || local == uint.MaxValue || HasZip64(entry[(DirectoryOctets + nameOctets)..][..U16(entry, 30)])) return Zip64;
        if (U16(entry, 34) != 0) return "a ZIP file in several parts";
        // The upper half is a Unix mode where one is given; 0x400 is a Windows reparse point.
        if ((attributes >> 28) is not (0 or 8 or 4) || (attributes & 0x400) != 0) return $"{Said(name)}: a link or a special file";
        if ((long)local + LocalOctets + nameOctets > directoryStart || U32(zip[(int)local..], 0) != 0x04034b50) return $"{Said(name)}: is not where the directory says";
        var head = zip[(int)local..];
        if (U16(head, 6) != flags || U16(head, 8) != method || U16(head, 26) != nameOctets || !head.Slice(LocalOctets, nameOctets).SequenceEqual(name))
            return $"{Said(name)}: the directory and the file say different things";
        long to = (long)local + LocalOctets + nameOctets + U16(head, 28) + packed;
        if (to > directoryStart) return $"{Said(name)}: is longer than the ZIP file";
        entries.Add(new ZipEntry(Encoding.ASCII.GetString(name), method == 8, local, to, (int)packed, inflated, U32(entry, 16)));
        return null;
    }

    private static bool HasZip64(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            if (U16(extra, 0) == 1) return true;
            int length = 4 + U16(extra, 2);
            if (length > extra.Length) return false;
            extra = extra[length..];
        }
        return false;
    }

    // Where the last record begins, which must reach to the end of the file: one that stands within a comment would be another reader's.
    private static int End(ReadOnlySpan<byte> zip)
    {
        for (int at = zip.Length - EndOctets; at >= 0 && at >= zip.Length - EndOctets - ushort.MaxValue; at--)
            if (U32(zip[at..], 0) == 0x06054b50) return at + EndOctets + U16(zip[at..], 20) == zip.Length ? at : -1;
        return -1;
    }

    private static string Said(ReadOnlySpan<byte> name) => ContentPath.Quote(Encoding.Latin1.GetString(name[..Math.Min(name.Length, 200)]));

    private static ushort U16(ReadOnlySpan<byte> octets, int at) => BinaryPrimitives.ReadUInt16LittleEndian(octets[at..]);

    private static uint U32(ReadOnlySpan<byte> octets, int at) => BinaryPrimitives.ReadUInt32LittleEndian(octets[at..]);
}

/// <summary>A file of a ZIP file, as the directory and the file itself say.</summary>
/// <param name="From">Of the octets that belong to it.</param>
/// <param name="To">The first that does not; the packed ones end here.</param>
/// <param name="Inflated">Octets, as it says.</param>
public sealed record ZipEntry(string Name, bool IsDeflated, long From, long To, int Packed, uint Inflated, uint Checksum);
