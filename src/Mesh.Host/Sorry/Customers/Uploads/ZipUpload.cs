using System.IO.Compression;
using Mesh.Host.Sorry.Contents;

namespace Mesh.Host.Sorry.Customers.Uploads;

/// <summary>Inflates a ZIP file in memory, counting octets as they come. Nothing is written anywhere, so no name can lead anywhere.</summary>
public static class ZipUpload
{
    private const int EntriesBesidesFiles = 200;

    public static bool IsZip(ReadOnlySpan<byte> octets) => octets.StartsWith("PK\u0003\u0004"u8) || octets.StartsWith("PK\u0005\u0006"u8);

    public static Upload Read(byte[] zip, ContentLimits contents, CustomerLimits limits)
    {
        List<ZipEntry> entries = [];
        if (ZipOutline.Fault(zip, contents.Files + EntriesBesidesFiles, entries) is { } fault) return Upload.Refused(fault);
        List<ContentFile> files = [];
        List<string> leftOut = [];
        long total = 0;
        foreach (var entry in entries)
        {
            if (Upload.IsLitter(entry.Name)) { leftOut.Add(entry.Name); continue; }
            bool isFolder = entry.Name.EndsWith('/');
            // A folder is not kept, but one that leads elsewhere says what the rest is.
            if (ContentPath.Fault(isFolder ? entry.Name[..^1] : entry.Name, ContentKind.Upload, contents) is { } bad) return Upload.Refused(bad);
            if (isFolder && entry is { Packed: <= 2, Inflated: 0 }) continue;
            if (isFolder) return Upload.Refused($"{ContentPath.Quote(entry.Name)}: a folder with content");
            if (files.Count >= contents.Files) return Upload.Refused($"more than {contents.Files} files");
            if (ContentType.Of(entry.Name) is null) return Upload.Refused(ContentType.Fault(new ContentFile(entry.Name, default))!);
            var (inflated, why) = Inflate(zip, entry, Math.Min(contents.FileOctets, contents.TotalOctets - total), limits);
            if (inflated is null) return Upload.Refused($"{ContentPath.Quote(entry.Name)}: {why}");
            total += inflated.Length;
            files.Add(new ContentFile(entry.Name, inflated));
        }
        return new Upload(files, leftOut, null).WithoutTopFolder();
    }

    private static (byte[]? Octets, string? Fault) Inflate(byte[] zip, ZipEntry entry, long most, CustomerLimits limits)
    {
        using var packed = new MemoryStream(zip, (int)entry.To - entry.Packed, entry.Packed, writable: false);
        using Stream from = entry.IsDeflated ? new DeflateStream(packed, CompressionMode.Decompress) : packed;
        using var to = new MemoryStream();
        byte[] buffer = new byte[32 * 1024];
        try
        {
            for (int read; (read = from.Read(buffer)) > 0;)
            {
                long size = to.Length + read;
                if (size > most) return (null, $"unpacks to more than {ContentCheck.Megabytes(most)}");
                if (size > limits.RatioFrom && size > (long)entry.Packed * limits.Ratio) return (null, $"unpacks to more than {limits.Ratio} times its size");
                to.Write(buffer, 0, read);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException) { return (null, "is damaged"); }
        byte[] octets = to.ToArray();
        return octets.Length != entry.Inflated ? (null, "is not as long as it says") : ZipChecksum.Of(octets) != entry.Checksum ? (null, "is damaged") : (octets, null);
    }
}
