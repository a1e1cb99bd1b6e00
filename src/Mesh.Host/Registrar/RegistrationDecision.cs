namespace Mesh.Host.Registrar;

/// <summary>What the rules make of a request: refuse it whole, or change these bindings and answer 200.</summary>
/// <param name="Status">A SIP status.</param>
/// <param name="MinExpires">With 423: the least this registrar grants, seconds.</param>
public readonly record struct RegistrationDecision(int Status, uint MinExpires, IReadOnlyList<BindingChange> Changes)
{
    public static RegistrationDecision Refuse(int status) => new(status, 0, []);
}
