using Mesh.Io;
using Mesh.Sip.Messages;

namespace Mesh.Host.Registrar;

/// <summary>Takes the facts the rules need out of a REGISTER.</summary>
public static class RegisterFacts
{
    /// <summary>Contacts of one request; the rest is refused as unreadable.</summary>
    public const int MaxContacts = 64;

    /// <summary>Longest contact, Path or User-Agent kept, in octets.</summary>
    public const int MaxText = 1024;

    /// <param name="account">Who authenticated.</param>
    /// <param name="transport">udp, tcp or another.</param>
    /// <param name="flowId">The connection it came over, 0 for datagrams.</param>
    public static RegistrationRequest Of(SipRequest request, string account, NetAddress received, string transport, long flowId)
    {
        var contacts = new List<ContactRequest>(1);
        bool star = false, unreadable = false;
        foreach (var value in request.Values(HeaderName.Contact))
        {
            if (!Contact.TryParse(value, out var contact) || contacts.Count == MaxContacts) unreadable = true;
            else if (contact.IsStar) star = true;
            else if (contact.Uri.Text.Length > MaxText || contact.Instance.Length > MaxText) unreadable = true;
            else
                contacts.Add(new ContactRequest(contact.Uri.Text.ToString(), contact.Expires)
                {
                    Q = contact.Q,
                    Instance = contact.Instance.IsPresent ? contact.Instance.ToString() : "",
                    RegId = contact.RegId ?? 0,
                });
        }
        string path = "";
        foreach (var value in request.Values(HeaderName.Path)) path = path.Length == 0 ? value.ToString() : $"{path}, {value}";
        return new RegistrationRequest
        {
            Account = account,
            AddressOfRecord = request.To.Uri.UnescapedUser,
            Contacts = contacts,
            HasStar = star,
            HasUnreadable = unreadable || path.Length > MaxText,
            Expires = request.Expires,
            CallId = request.CallId.ToString(),
            CSeq = request.CSeq.Number,
            Received = received,
            Transport = transport,
            FlowId = flowId,
            UserAgent = Brief(request.Header(HeaderName.UserAgent)),
            Path = path,
        };
    }

    private static string Brief(SipText text) => !text.IsPresent ? "" : text.Length <= MaxText ? text.ToString() : text.Slice(0, MaxText).ToString();
}
