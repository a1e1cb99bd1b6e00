using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Calls;

/// <summary>Why a call ended, as far as its HANGUP or REJECT says.</summary>
internal static class EndCause
{
    /// <summary>The code; without one what the words or the command mean.</summary>
    public static CauseCode Of(IaxCommand command, Elements elements) => elements.CauseCode is { } code ? (CauseCode)code : (command, elements.Cause) switch
    {
        // Some endpoints give words only.
        (_, { } text) when text.Contains("busy", StringComparison.OrdinalIgnoreCase) => CauseCode.UserBusy,
        (IaxCommand.Reject, _) => CauseCode.CallRejected,
        _ => CauseCode.NormalClearing,
    };
}
