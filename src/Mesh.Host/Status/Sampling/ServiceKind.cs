namespace Mesh.Host.Status.Sampling;

/// <summary>What a service of the status page is; its name in the reader's language follows.</summary>
public enum ServiceKind
{
    /// <summary>Whether this site takes calls.</summary>
    Calls,
    /// <summary>The telephones registered here.</summary>
    Phones,
    /// <summary>Another of our sites.</summary>
    Site,
    /// <summary>Another IAX2 system.</summary>
    Peer,
    /// <summary>A carrier.</summary>
    Trunk,
    /// <summary>What answers in place of customers that are down.</summary>
    Sorry,
}
