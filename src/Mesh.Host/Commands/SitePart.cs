namespace Mesh.Host.Commands;

/// <summary>What of a site a process runs.</summary>
[Flags]
public enum SitePart
{
    /// <summary>Telephones, other sites, carriers: SIP, IAX2, RTP.</summary>
    Calls = 1,

    /// <summary>Web and mail for what is down.</summary>
    Sorry = 2,

    /// <summary>The status page.</summary>
    Status = 4,

    All = Calls | Sorry | Status,
}
