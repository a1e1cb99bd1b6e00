using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;

namespace Mesh.Sip.Dialogs;

/// <summary>The dialogs of an endpoint, early and confirmed, found by our own tag, which is a random number.</summary>
public sealed class DialogTable
{
    private readonly Dictionary<ulong, IDialogOwner> owners = [];

    /// <summary>Calls being set up or established; zero when all is over.</summary>
    public int Count => owners.Count;

    internal void Set(ulong localTag, IDialogOwner owner) => owners[localTag] = owner;

    internal void Remove(ulong localTag, IDialogOwner owner)
    {
        if (owners.TryGetValue(localTag, out var known) && known == owner) owners.Remove(localTag);
    }

    /// <summary>Who owns the dialog of that tag of ours and that Call-ID; null when nobody does.</summary>
    internal IDialogOwner? Find(SipText localTag, SipText callId)
    {
        ulong number = SipNumber.Read(localTag.Span);
        return number != 0 && owners.TryGetValue(number, out var owner) && owner.CallId == callId ? owner : null;
    }

    internal void AbandonAll()
    {
        foreach (var owner in owners.Values.ToArray()) owner.Abandon();
        owners.Clear();
    }
}

/// <summary>Takes what arrives for a dialog.</summary>
internal interface IDialogOwner
{
    SipText CallId { get; }

    /// <summary>A request of the dialog that is no ACK; to be answered.</summary>
    void OnRequest(ServerTransaction transaction);

    /// <summary>The ACK for a 2xx.</summary>
    void OnAck(SipRequest ack);

    /// <summary>A 2xx to an INVITE whose transaction is gone.</summary>
    void OnStraySuccess(SipResponse response);

    /// <summary>Stops every timer, says nothing.</summary>
    void Abandon();
}
