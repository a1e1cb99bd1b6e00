namespace Mesh.Host.Sorry.Copies;

/// <summary>Addresses of one site: in one spelling, and how one page refers to another.</summary>
public static class CopyAddress
{
    /// <summary>What a page refers to, without fragment; null when it is nothing that could be fetched.</summary>
    public static Uri? Of(Uri page, string reference)
    {
        string trimmed = reference.Trim();
        if (trimmed.Length == 0 || !Uri.TryCreate(page, trimmed, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Host.Length == 0) return null;
        return uri.Fragment.Length == 0 ? uri : new UriBuilder(uri) { Fragment = "" }.Uri;
    }

    /// <summary>Whether both are of one site: the same host, by http or https, and the same port if one is given.</summary>
    public static bool IsSameSite(Uri a, Uri b) =>
        string.Equals(a.IdnHost, b.IdnHost, StringComparison.OrdinalIgnoreCase) && (a.IsDefaultPort ? b.IsDefaultPort : a.Port == b.Port);

    /// <summary>What tells two addresses of a site apart.</summary>
    public static string Key(Uri uri) => uri.PathAndQuery;

    /// <summary>True when the path goes round: a sequence of folders three times in a row, or too many of them.</summary>
    public static bool IsTrap(Uri uri, CopyLimits limits)
    {
        if (uri.AbsoluteUri.Length > limits.AddressLength) return true;
        string[] parts = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > limits.PathDepth) return true;
        for (int length = 1; length * 3 <= parts.Length; length++)
            for (int at = 0; at + length * 3 <= parts.Length; at++)
                if (parts.AsSpan(at, length).SequenceEqual(parts.AsSpan(at + length, length)) && parts.AsSpan(at, length).SequenceEqual(parts.AsSpan(at + length * 2, length))) return true;
        return false;
    }

    /// <summary>How a page at the path <paramref name="from"/> refers to <paramref name="to"/> (path and query) of its own site, without the host: so that it holds wherever the copy is shown.</summary>
    public static string Relative(string from, string to)
    {
        int query = to.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? to : to[..query], rest = query < 0 ? "" : to[query..];
        string[] here = from.Split('?')[0].Split('/'), there = path.Split('/');
        int same = 0;
        while (same < here.Length - 1 && same < there.Length - 1 && here[same] == there[same]) same++;
        string relative = string.Concat(Enumerable.Repeat("../", here.Length - 1 - same)) + string.Join('/', there[same..]);
        // A first part with a colon would be read as a scheme, an empty one as this very page, two slashes as a host.
        return (relative.Length == 0 || relative.Split('/')[0].Contains(':') || relative[0] == '/' ? "./" : "") + relative + rest;
    }
}
