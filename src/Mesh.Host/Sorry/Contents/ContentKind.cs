namespace Mesh.Host.Sorry.Contents;

/// <summary>Where stored pages come from.</summary>
public enum ContentKind
{
    /// <summary>Somebody wrote them for the time of the outage.</summary>
    Upload,

    /// <summary>Taken from the site while it still answered.</summary>
    Copy,
}
