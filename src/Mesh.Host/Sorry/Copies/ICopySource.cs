namespace Mesh.Host.Sorry.Copies;

/// <summary>Where the files of a site come from: its web server (<see cref="CopySource"/>), or a test's table.</summary>
public interface ICopySource
{
    /// <summary>One request, no redirect followed.</summary>
    Task<CopyAnswer> GetAsync(Uri uri, CancellationToken cancelled);
}

/// <summary>What came of a request.</summary>
/// <param name="Refusal">Null: there is an answer, of whatever status.</param>
/// <param name="Type">The media type, lower case, without parameters.</param>
/// <param name="Charset">As the type says; empty when it does not.</param>
/// <param name="Location">Of a redirect, absolute.</param>
/// <param name="Robots">The X-Robots-Tag headers, together.</param>
public sealed record CopyAnswer(CopyRefusal? Refusal, int Status, string Type, string Charset, Uri? Location, string Robots, byte[] Octets)
{
    /// <summary>One of our own sites answered in its place.</summary>
    public bool IsSorry { get; init; }

    public bool IsRedirect => Refusal is null && Status is 301 or 302 or 303 or 307 or 308 && Location is not null;

    public static CopyAnswer Refused(CopyRefusal why) => new(why, 0, "", "", null, "", []);
}
