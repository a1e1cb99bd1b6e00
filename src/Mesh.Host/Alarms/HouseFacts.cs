using System.Globalization;
using Mesh.Host.Incidents;

namespace Mesh.Host.Alarms;

/// <summary>What is amiss in a site's own house: certificates that end soon, a disk that is full soon.</summary>
/// <param name="certificates">Files and until when each holds.</param>
/// <param name="free">Octets free for the site's data; null when nobody knows.</param>
public sealed class HouseFacts(string site, Func<IReadOnlyList<(string File, DateTimeOffset Until)>> certificates, Func<long?> free, TimeProvider time, AlarmOptions options)
{
    public IEnumerable<AlarmFact> Facts()
    {
        var now = time.GetUtcNow();
        foreach (var (file, until) in certificates())
            if (until - now < options.CertificateEnds)
                yield return new AlarmFact($"certificate-{Key(file)}", string.Create(CultureInfo.InvariantCulture, $"The certificate {file} ends on {until:yyyy-MM-dd}"), [], IncidentImpact.Minor, options.After);
        if (free() is { } octets && octets < options.DiskFree)
            yield return new AlarmFact($"disk-{site}", $"The disk of {site} is nearly full", [], IncidentImpact.Major, options.After);
    }

    /// <summary>Free octets where <paramref name="folder"/> is.</summary>
    public static long? FreeAt(string folder)
    {
        try { return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace; }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException) { return null; }
    }

    // In an address of the status page.
    private static string Key(string file) => string.Concat(file.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
}
