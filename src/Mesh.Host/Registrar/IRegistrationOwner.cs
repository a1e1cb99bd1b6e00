namespace Mesh.Host.Registrar;

/// <summary>The answer to a registration.</summary>
/// <param name="Status">200, 400, 403, 423, 500 or 503.</param>
/// <param name="MinExpires">With 423, seconds.</param>
/// <param name="Bindings">With 200: all the account has now, for the Contacts of the answer.</param>
public readonly record struct RegistrationAnswer(int Status, uint MinExpires, IReadOnlyList<Binding> Bindings);

/// <summary>Whoever sends the answer. Told on the signalling loop, once; for a refusal, or a question that changes nothing, from within the call that asked.</summary>
public interface IRegistrationOwner
{
    void OnRegistrationAnswer(RegistrationAnswer answer);
}
