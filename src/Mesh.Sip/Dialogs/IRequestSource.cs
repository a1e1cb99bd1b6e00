using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>Makes the requests of one Call-ID with rising CSeq: a <see cref="Dialog"/>, or what is sent outside any.</summary>
internal interface IRequestSource
{
    /// <summary>The way to the far end; none when <see cref="NextHop"/> must be resolved first.</summary>
    SipFlow Flow { get; set; }

    SipUri NextHop { get; }

    /// <summary>The head of the next request; every call takes a sequence number.</summary>
    RequestHead Next(SipMethod method);
}
