using Mesh.Host.Config.Model;
using Mesh.Sip.Messages;

namespace Mesh.Host.Sites;

/// <summary>Where a 302 may lead: to a person or a phone of ours. A phone cannot send a call outside; only the dialplan can.</summary>
public sealed class Diversion(MeshConfig mesh)
{
    /// <summary>The target in the dialplan's spelling; null when the contact is nobody of ours.</summary>
    public string? To(SipUri contact)
    {
        string user = contact.UnescapedUser;
        return mesh.People.ContainsKey(user) ? $"PERSON/{user}" : mesh.Phones.TryGetValue(user, out var phone) ? phone.Iax2 ? $"IAX2/{user}" : $"SIP/{user}" : null;
    }
}
