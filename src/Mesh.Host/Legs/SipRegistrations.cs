using Mesh.Host.Registrar;
using Mesh.Sip;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;

namespace Mesh.Host.Legs;

/// <summary>REGISTER of our phones (RFC 3261 section 10): who it is by digest, what it asks by the registrar, and the 200 once the bindings are on disk.</summary>
public sealed class SipRegistrations(PhoneRegistrar registrar, SipAuthentication authentication)
{
    public void OnRegister(ServerTransaction register)
    {
        if (authentication.Authenticate(register.Request, out var refusal, out var headers) is not { } account)
        {
            register.Respond(refusal, headers);
            return;
        }
        var facts = RegisterFacts.Of(register.Request, account, register.Flow.Remote, register.Flow.Transport.Protocol.UriName() ?? "udp", flowId: 0);
        registrar.Register(facts, new Answerer(register));
    }

    private sealed class Answerer(ServerTransaction register) : IRegistrationOwner
    {
        public void OnRegistrationAnswer(RegistrationAnswer answer)
        {
            var headers = new HeaderLines();
            if (answer.Status == 423) headers.Add(HeaderName.MinExpires, answer.MinExpires);
            if (answer.Status == 503) headers.Add(HeaderName.RetryAfter, register.Endpoint.Options.RetryAfterSeconds);
            long now = register.Endpoint.Loop.Clock.NowMs;
            foreach (var binding in answer.Bindings ?? [])
                if (binding.Technology == BindingTechnology.Sip)
                    headers.Add(HeaderName.Contact, $"<{binding.ContactUri}>;expires={binding.ExpiresInSeconds(now)}");
            register.Respond(answer.Status, headers);
        }
    }
}
