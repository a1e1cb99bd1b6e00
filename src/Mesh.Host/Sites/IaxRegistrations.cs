using Mesh.Host.Registrar;
using Mesh.Iax2.Peers;

namespace Mesh.Host.Sites;

/// <summary>Registrations over IAX2, kept in the same store as those over SIP. Signalling loop only.</summary>
public sealed class IaxRegistrations(PhoneRegistrar registrar) : IRegistrationSink
{
    public void Store(RegistrationBinding binding, Action<bool> completion) =>
        registrar.RegisterDevice(binding.PeerName, binding.Address, (uint)binding.RefreshSeconds, new Completion(completion));

    public void Remove(string peerName, Action<bool> completion) =>
        registrar.RegisterDevice(peerName, default, 0, new Completion(completion));

    private sealed class Completion(Action<bool> done) : IRegistrationOwner
    {
        public void OnRegistrationAnswer(RegistrationAnswer answer) => done(answer.Status == 200);
    }
}
