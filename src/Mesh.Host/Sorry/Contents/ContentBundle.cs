using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace Mesh.Host.Sorry.Contents;

/// <summary>
/// The files of a version in one file of ours, so that no name anybody chose is ever a path on a disk:
/// <c>"MPG1" | length of the list, 4 octets, most significant first | list, JSON: [{ "path", "length" }] by path | the files one after another</c>.
/// The same files give the same octets at every site; the SHA-256 of them is the version's id.
/// </summary>
public sealed class ContentBundle
{
    private const int HeadOctets = 8;
    private static ReadOnlySpan<byte> Mark => "MPG1"u8;

    private readonly string path;
    private readonly Dictionary<string, (long Offset, int Length)> files;

    private ContentBundle(string path, Dictionary<string, (long, int)> files) => (this.path, this.files) = (path, files);

    public IEnumerable<string> Paths => files.Keys;

    /// <summary>The octets of a bundle and its id. <paramref name="offered"/> passed <see cref="ContentCheck"/>.</summary>
    public static (byte[] Octets, string Id) Pack(IEnumerable<ContentFile> offered)
    {
        var sorted = offered.OrderBy(static f => f.Path, StringComparer.Ordinal).ToList();
        byte[] list = JsonSerializer.SerializeToUtf8Bytes(sorted.Select(static f => new Row(f.Path, f.Octets.Length)), JsonSerializerOptions.Web);
        byte[] all = new byte[HeadOctets + list.Length + sorted.Sum(static f => f.Octets.Length)];
        Mark.CopyTo(all);
        BinaryPrimitives.WriteInt32BigEndian(all.AsSpan(4), list.Length);
        list.CopyTo(all, HeadOctets);
        int at = HeadOctets + list.Length;
        foreach (var file in sorted)
        {
            file.Octets.Span.CopyTo(all.AsSpan(at));
            at += file.Octets.Length;
        }
        return (all, Convert.ToHexStringLower(SHA256.HashData(all)));
    }

    /// <summary>Reads the list of a bundle on disk. Null when it is none, or one that breaks the limits: whoever made it is not trusted to have checked.</summary>
    public static ContentBundle? Open(string path, ContentLimits limits)
    {
        try
        {
            using var file = File.OpenHandle(path);
            long size = RandomAccess.GetLength(file);
            Span<byte> head = stackalloc byte[HeadOctets];
            if (size > limits.BundleOctets || RandomAccess.Read(file, head, 0) != HeadOctets || !head.StartsWith(Mark)) return null;
            int listed = BinaryPrimitives.ReadInt32BigEndian(head[4..]);
            if (listed < 0 || listed > size - HeadOctets || listed > limits.Files * (limits.PathLength + 64)) return null;
            byte[] list = new byte[listed];
            if (!Fill(file, list, HeadOctets) || JsonSerializer.Deserialize<List<Row>>(list, JsonSerializerOptions.Web) is not { } rows || rows.Count > limits.Files) return null;
            var files = new Dictionary<string, (long, int)>(rows.Count, StringComparer.OrdinalIgnoreCase);
            long at = HeadOctets + listed;
            foreach (var row in rows)
            {
                if (row?.Path is null || row.Length < 0 || row.Length > limits.FileOctets || ContentPath.Fault(row.Path, ContentKind.Copy, limits) is not null || ContentType.Of(row.Path) is null
                    || !files.TryAdd(row.Path, (at, row.Length))) return null;
                at += row.Length;
            }
            return at == size && files.ContainsKey(ContentCheck.FirstPage) ? new ContentBundle(path, files) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException) { return null; }
    }

    /// <summary>Where a file is, for sending it from the disk: null when there is none of that name.</summary>
    public (string File, long Offset, int Length)? Place(string name) => files.TryGetValue(name, out var place) ? (path, place.Offset, place.Length) : null;

    /// <summary>A file's octets; null when there is none of that name, or the bundle has just been dropped.</summary>
    public byte[]? Read(string name)
    {
        if (!files.TryGetValue(name, out var place)) return null;
        try
        {
            using var file = File.OpenHandle(path);
            byte[] octets = new byte[place.Length];
            return Fill(file, octets, place.Offset) ? octets : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return null; }
    }

    private static bool Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> octets, long at)
    {
        while (octets.Length > 0)
        {
            int read = RandomAccess.Read(file, octets, at);
            if (read == 0) return false;
            octets = octets[read..];
            at += read;
        }
        return true;
    }

    private sealed record Row(string Path, int Length);
}
