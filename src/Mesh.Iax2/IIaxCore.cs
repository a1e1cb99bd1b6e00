using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Sealing;
using Mesh.Iax2.Wire;

namespace Mesh.Iax2;

/// <summary>Whoever decides about calls: told on the endpoint's loop.</summary>
public interface IIaxCore
{
    /// <summary>
    /// A peer that proved itself calls, and has a format in common with us. Set <see cref="IaxCall.Handler"/>, then ring, answer or hang up, now or later;
    /// without a handler the call is refused when this returns.
    /// </summary>
    void OnCall(IncomingIaxCall call);

    /// <summary>A peer that dials digit by digit asks what begins with <paramref name="digits"/>. Must not block.</summary>
    DialplanStatus OnDialplanQuery(IncomingIaxCall call, string digits) => DialplanStatus.NonExistent;

    /// <summary>The probes' opinion of a peer changed.</summary>
    void OnPeerState(Peer peer, PeerState before) { }

    /// <summary>How the sealing of the path to a peer stands has changed; a state that anybody could bring about is told once.</summary>
    void OnSealState(Peer peer, SealState before) { }

    /// <summary>A registration of ours at another server changed its state.</summary>
    void OnRegistration(RegistrationClient registration) { }
}
