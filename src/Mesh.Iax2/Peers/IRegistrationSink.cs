namespace Mesh.Iax2.Peers;

/// <summary>The host's store of bindings. The answer to the peer goes out when the store says it is on disk.</summary>
public interface IRegistrationSink
{
    /// <summary>
    /// Keeps a binding, then calls <paramref name="completion"/> with true, or with false when it could not; once, from any thread. Called on the loop; must not block.
    /// </summary>
    void Store(RegistrationBinding binding, Action<bool> completion);

    /// <summary>Forgets the binding of a peer that unregistered or let it expire.</summary>
    void Remove(string peerName, Action<bool> completion);
}
