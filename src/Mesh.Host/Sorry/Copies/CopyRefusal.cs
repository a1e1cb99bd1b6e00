namespace Mesh.Host.Sorry.Copies;

/// <summary>Why something a site refers to is not in its copy.</summary>
public enum CopyRefusal
{
    /// <summary>robots.txt asks not to.</summary>
    Robots,

    /// <summary>The page, or the link, asks that its links not be followed.</summary>
    NoFollow,

    /// <summary>It asks not to be indexed or kept.</summary>
    NoArchive,

    /// <summary>At another host, or led to one.</summary>
    Elsewhere,

    /// <summary>Its host has a private address.</summary>
    Private,

    /// <summary>Too many links from the first page.</summary>
    Depth,

    /// <summary>The copy has as many pages as it may.</summary>
    Pages,

    /// <summary>The copy has as many files as it may.</summary>
    Files,

    /// <summary>The copy has as many octets as it may.</summary>
    Octets,

    /// <summary>It alone is too large, would be after decompression, or takes too much to read.</summary>
    Size,

    /// <summary>Too many pages of one path that differ in their query only.</summary>
    Queries,

    /// <summary>Too long, too deep, or going round in circles.</summary>
    Address,

    /// <summary>More addresses wait than may.</summary>
    Waiting,

    /// <summary>No kind of file that is kept.</summary>
    Kind,

    /// <summary>Neither 200 nor a redirect.</summary>
    Status,

    /// <summary>No answer, or not within its time.</summary>
    Time,

    /// <summary>Redirects without end.</summary>
    Redirects,
}
