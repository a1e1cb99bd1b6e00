using Mesh.Host.Sorry.Contents;
using Microsoft.AspNetCore.Http.Features;

namespace Mesh.Host.Sorry.Customers.Uploads;

/// <summary>Reads an upload from a request into memory: a form's files, or a body that is one file. Few at once.</summary>
public sealed class UploadReader(ContentLimits contents, CustomerLimits limits) : IDisposable
{
    private readonly SemaphoreSlim reading = new(limits.UploadsAtOnce, limits.UploadsAtOnce);

    public const string TooMany = "too many uploads are under way; try again";

    /// <summary>What an exception from reading a body says of the upload; null: it is about something else.</summary>
    public static string? Fault(Exception thrown) => thrown switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => "larger than may be uploaded at once",
        InvalidDataException => "this form cannot be read: it is too large, or damaged",
        _ => null,
    };

    /// <summary>Octets of the request's body at most: the upload, and what a form puts around it.</summary>
    public long BodyOctets => limits.UploadOctets + 256L * 1024;

    /// <summary>To be called before the body is read. False when too many uploads are under way; else <see cref="Leave"/> follows.</summary>
    public bool TryEnter(HttpContext http)
    {
        if (!reading.Wait(0)) return false;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = BodyOctets;
        return true;
    }

    public void Leave() => reading.Release();

    /// <summary>Throws <see cref="BadHttpRequestException"/> when the body is larger than it may be.</summary>
    public async Task<IFormCollection> FormAsync(HttpContext http)
    {
        // All of it in memory: the framework's own would put what is large into a folder for temporary files.
        var form = new FormFeature(http.Request, new FormOptions
        {
            BufferBody = false, MemoryBufferThreshold = (int)BodyOctets, MultipartBodyLengthLimit = limits.UploadOctets, ValueCountLimit = 20, KeyLengthLimit = 100, ValueLengthLimit = 4_000,
            MultipartHeadersCountLimit = 10, MultipartHeadersLengthLimit = 4_000, MultipartBoundaryLengthLimit = 100,
        });
        http.Features.Set<IFormFeature>(form);
        return await form.ReadFormAsync(http.RequestAborted);
    }

    /// <summary>The files of a form: one ZIP file, or the files themselves.</summary>
    public async Task<Upload> OfFormAsync(IFormCollection form, CancellationToken cancelled)
    {
        string label = form["label"].ToString().Trim();
        var sent = form.Files.Where(static f => f.Length > 0 || f.FileName.Length > 0).ToList();
        if (sent.Count == 0) return Upload.Refused("no file was sent");
        if (sent.Count > contents.Files) return Upload.Refused($"{sent.Count} files; at most {contents.Files}");
        List<ContentFile> files = [];
        foreach (var one in sent)
        {
            byte[] octets = new byte[one.Length];
            await using var stream = one.OpenReadStream();
            await stream.ReadExactlyAsync(octets, cancelled);
            if (sent.Count == 1 && ZipUpload.IsZip(octets)) return ZipUpload.Read(octets, contents, limits) with { Label = label };
            files.Add(new ContentFile(one.FileName, octets));
        }
        return Of(files) with { Label = label };
    }

    /// <summary>A body that is a ZIP file or one file.</summary>
    /// <param name="name">What it is called when it is no ZIP file.</param>
    public async Task<Upload> OfBodyAsync(HttpContext http, string name)
    {
        using var body = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        for (int read; (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0;)
        {
            if (body.Length + read > limits.UploadOctets) return Upload.Refused($"larger than {ContentCheck.Megabytes(limits.UploadOctets)}");
            body.Write(buffer, 0, read);
        }
        byte[] octets = body.ToArray();
        if (octets.Length == 0) return Upload.Refused("no file was sent");
        return ZipUpload.IsZip(octets) ? ZipUpload.Read(octets, contents, limits) : Of([new ContentFile(name, octets)]);
    }

    public void Dispose() => reading.Dispose();

    private static Upload Of(List<ContentFile> files)
    {
        var litter = files.Where(static f => Upload.IsLitter(f.Path)).Select(static f => f.Path).ToList();
        var upload = new Upload([.. files.Where(static f => !Upload.IsLitter(f.Path))], litter, null);
        // A page alone is the first page, whatever it is called.
        return upload.Files is [{ } only] && !only.Path.Contains('/') && ContentPath.Fault(only.Path, ContentKind.Upload, new ContentLimits()) is null && ContentType.Of(only.Path) is { Name: "text/html; charset=utf-8" }
            ? upload with { Files = [only with { Path = ContentCheck.FirstPage }] } : upload.WithoutTopFolder();
    }
}
