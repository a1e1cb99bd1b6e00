namespace Mesh.Iax2.Sealing;

/// <summary>How the sealing of the path to a peer stands.</summary>
public enum SealState
{
    /// <summary>The path is not sealed.</summary>
    Clear,
    /// <summary>The peer has not answered yet.</summary>
    Asking,
    Associated,
    /// <summary>Somebody there says hello with another key.</summary>
    WrongKey,
    /// <summary>Somebody there sends unsealed datagrams.</summary>
    Unsealed,
}
