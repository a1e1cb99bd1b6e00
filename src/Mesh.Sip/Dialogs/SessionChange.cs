using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;

namespace Mesh.Sip.Dialogs;

/// <summary>A change of the session the far end asks for: a re-INVITE, with an offer or asking for one, or an UPDATE. One at a time; answer it once.</summary>
public sealed class SessionChange
{
    private readonly InviteSession session;

    internal SessionChange(InviteSession session, ServerTransaction transaction)
    {
        this.session = session;
        Transaction = transaction;
        Request = transaction.Request;
    }

    public SipRequest Request { get; }

    /// <summary>The far end's offer; empty in a re-INVITE that asks for ours.</summary>
    public SipBody Offer => Request.ToBody();

    public bool IsUpdate => Request.Method == SipMethod.Update;

    /// <summary>False once answered, cancelled, or the call is over.</summary>
    public bool IsOpen => Transaction.IsOpen;

    internal ServerTransaction Transaction { get; }

    /// <summary>Agrees, with the answer (or our offer, if theirs was empty).</summary>
    public void Accept(SipBody body, HeaderLines? headers = null)
    {
        if (IsOpen) session.AcceptChange(this, body, headers);
    }

    /// <summary>Refuses: the session stays as it was (14.2).</summary>
    public void Reject(SipStatus status, HeaderLines? headers = null)
    {
        if (!IsOpen) return;
        Transaction.Respond(status, headers);
        session.ChangeIsOver(this);
    }
}
