using System.IO.Compression;
using Mesh.Host.Sorry.Contents;

namespace Mesh.Host.Sorry.Customers.Uploads;

/// <summary>Inflates a ZIP file in memory, counting octets as they come. Nothing is written anywhere, so no name can lead anywhere.</summary>
public static class ZipUpload
{
    private const int EntriesBesidesFiles = 200;

    public static bool IsZip(ReadOnlySpan<byte> octets) => octets.StartsWith("PK\u0003\u0004"u8) || octets.StartsWith("PK\u0005\u0006"u8);

    public static Upload Read(ReadOnlyMemory<byte> octets, ContentLimits contents, CustomerLimits limits)
    {
        if (ZipOutline.Fault(octets.Span, contents.Files + EntriesBesidesFiles) is { } fault) return Upload.Refused(fault);
        List<ContentFile> files = [];
        List<string> leftOut = [];
        long total = 0;
        try
        {
            using var stream = System.Runtime.InteropServices.MemoryMarshal.TryGetArray(octets, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(octets.ToArray(), writable: false);
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            foreach (var entry in zip.Entries)
            {
                string name = entry.FullName;
                bool isFolder = name.EndsWith('/');
                if (Upload.IsLitter(name)) { leftOut.Add(name); continue; }
                // A folder is not kept, but one that leads elsewhere says what the rest is.
                if (ContentPath.Fault(isFolder ? name[..^1] : name, ContentKind.Upload, contents) is { } bad) return Upload.Refused(bad);
                if (isFolder && entry.Length == 0) continue;
                if (isFolder) return Upload.Refused($"{ContentPath.Quote(name)}: a folder with content");
                if (files.Count >= contents.Files) return Upload.Refused($"more than {contents.Files} files");
                if (ContentType.Of(name) is null) return Upload.Refused(ContentType.Fault(new ContentFile(name, default))!);
                var (inflated, why) = Inflate(entry, Math.Min(contents.FileOctets, contents.TotalOctets - total), limits);
                if (inflated is null) return Upload.Refused($"{ContentPath.Quote(name)}: {why}");
                total += inflated.Length;
                files.Add(new ContentFile(name, inflated));
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException) { return Upload.Refused("the ZIP file is damaged"); }
        return new Upload(files, leftOut, null).WithoutTopFolder();
    }

    private static (byte[]? Octets, string? Fault) Inflate(ZipArchiveEntry entry, long most, CustomerLimits limits)
    {
        using var from = entry.Open();
        using var to = new MemoryStream();
        byte[] buffer = new byte[32 * 1024];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            if (to.Length + read > most) return (null, $"unpacks to more than {ContentCheck.Megabytes(most)}");
            if (to.Length + read > limits.RatioFrom && to.Length + read > entry.CompressedLength * limits.Ratio) return (null, $"unpacks to more than {limits.Ratio} times its size");
            to.Write(buffer, 0, read);
        }
        return to.Length == entry.Length ? (to.ToArray(), null) : (null, "is not as long as it says");
    }
}
