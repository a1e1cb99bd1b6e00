using Mesh.Host.Storage;

namespace Mesh.Host.Registrar;

/// <summary>Writes the changes of one registration, then has it answered. Without an owner nobody waits.</summary>
/// <param name="wallOffset">What to add to a time of the loop's clock to get Unix milliseconds.</param>
internal sealed class StoreRegistration(PhoneRegistrar registrar, string account, IReadOnlyList<BindingChange> changes, IRegistrationOwner? owner, long wallOffset) : StorageWork
{
    public override void Write(SiteDatabase database)
    {
        foreach (var change in changes) database.Bindings.Write(change, wallOffset);
    }

    public override void OnStored(bool stored)
    {
        if (owner is not null) registrar.OnStored(account, owner, stored);
    }
}
