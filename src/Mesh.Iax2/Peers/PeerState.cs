namespace Mesh.Iax2.Peers;

/// <summary>What the probes say of a peer.</summary>
public enum PeerState
{
    /// <summary>Not probed, or no address known yet.</summary>
    Unknown,
    Alive,
    /// <summary>Answers, but slower than configured.</summary>
    Lagged,
    /// <summary>Does not answer: calls to it fail at once.</summary>
    Dead,
}
