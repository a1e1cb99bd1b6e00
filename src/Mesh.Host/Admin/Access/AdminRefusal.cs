namespace Mesh.Host.Admin.Access;

/// <summary>Why the admin listener refuses a request.</summary>
public enum AdminRefusal
{
    /// <summary>Neither this machine, nor a token, a certificate or a session.</summary>
    Stranger,
    /// <summary>From this machine, but under a name that is not this machine's: a page elsewhere has its name point here (DNS rebinding).</summary>
    ForeignName,
    /// <summary>A page of another origin sends a browser to write here.</summary>
    ForeignOrigin,
    /// <summary>Too many wrong tokens came from there.</summary>
    TooManyTries,
}
