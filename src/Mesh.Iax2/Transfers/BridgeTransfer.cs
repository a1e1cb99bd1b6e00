using static Mesh.Iax2.Transfers.BridgeTransferActions;
using static Mesh.Iax2.Transfers.BridgeTransferInput;
using static Mesh.Iax2.Transfers.BridgeTransferState;

namespace Mesh.Iax2.Transfers;

/// <summary>
/// The middle of a call that wants to leave, as a figure (RFC 5456 section 6.5). Until TXREL anything amiss ends the attempt and the call stays; after it, an end that hangs up here
/// takes the other along, since that one may have switched already and would talk to nobody. What is not listed changes nothing.
/// <code>
///  Asking --TXREADY--> First/SecondReady --TXREADY/TXREL twice--> Releasing --ACK--> First/SecondReleased --ACK--> Left
///     \-- TXREJ, an end, late: Failed --/                            \-- an end hangs up: Failed, the other too
/// </code>
/// </summary>
public static class BridgeTransfer
{
    public static (BridgeTransferState State, BridgeTransferActions Actions) Step(BridgeTransferState state, BridgeTransferInput input) => (state, input) switch
    {
        (Left or Failed, _) => (state, Nothing),

        (Asking, FirstIsReady) => (FirstReady, Nothing),
        (Asking, SecondIsReady) => (SecondReady, Nothing),
        (FirstReady, SecondIsReady) or (SecondReady, FirstIsReady) => (Releasing, SendRelease),

        (Asking or FirstReady or SecondReady, FirstRejects or FirstEnded) => (Failed, RejectSecond | TellFailed),
        (Asking or FirstReady or SecondReady, SecondRejects or SecondEnded) => (Failed, RejectFirst | TellFailed),
        (Asking or FirstReady or SecondReady, Late) => (Failed, RejectFirst | RejectSecond | TellFailed),

        (Releasing, FirstSettled) => (FirstReleased, Nothing),
        (Releasing, SecondSettled) => (SecondReleased, Nothing),
        (FirstReleased, SecondSettled) or (SecondReleased, FirstSettled) => (Left, Leave),
        // An end that is not to be heard learns from the other that it was released.
        (Releasing or FirstReleased or SecondReleased, Late) => (Left, Leave),

        (Releasing or FirstReleased or SecondReleased, FirstEnded) => (Failed, HangupSecond | TellFailed),
        (Releasing or FirstReleased or SecondReleased, SecondEnded) => (Failed, HangupFirst | TellFailed),
        (Releasing or FirstReleased or SecondReleased, FirstRejects or SecondRejects) => (Failed, HangupFirst | HangupSecond | TellFailed),

        _ => (state, Nothing),
    };
}
