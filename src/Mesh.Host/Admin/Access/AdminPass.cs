namespace Mesh.Host.Admin.Access;

/// <summary>What lets somebody in at the admin listener.</summary>
public enum AdminPass
{
    /// <summary>The request comes from this machine.</summary>
    ThisMachine,
    /// <summary>The bundle's token.</summary>
    Token,
    /// <summary>A client certificate of the configured authority.</summary>
    Certificate,
    /// <summary>They signed in with one of these at the console.</summary>
    Session,
}
