namespace Mesh.Host.Admin.Neighbours;

/// <summary>Why another site has not answered.</summary>
public enum PairFault
{
    None,
    /// <summary>Nothing listens there, or no way leads there.</summary>
    NotReachable,
    /// <summary>Nothing came in time.</summary>
    NoAnswer,
    /// <summary>It answers, but not us, not this, or not now.</summary>
    Refused,
    /// <summary>The answer is not made with our mesh key.</summary>
    Forged,
    TooLarge,
    /// <summary>The answer is none this version understands.</summary>
    Malformed,
    /// <summary>There is no <c>mesh_key</c>, so sites cannot prove themselves to each other.</summary>
    NoKey,
}
