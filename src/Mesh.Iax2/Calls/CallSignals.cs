using System.Text;
using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Calls;

/// <summary>What the far end of a call says beside its voice, read for the host: keys, text, hold, and controls that are no matter of the call's own state.</summary>
internal sealed class CallSignals(IaxCall call)
{
    private char pressed;

    /// <inheritdoc cref="IaxCall.MusicOnHold"/>
    public string? MusicOnHold { get; private set; }

    /// <summary>False when the control belongs to how the call comes about.</summary>
    public bool OnControl(ControlCommand control)
    {
        switch (control)
        {
            case ControlCommand.Hold: call.Handler?.OnHold(call, true); break;
            case ControlCommand.Unhold: call.Handler?.OnHold(call, false); break;
            case >= ControlCommand.Hangup and <= ControlCommand.Busy or ControlCommand.Congestion or ControlCommand.Progress or ControlCommand.Proceeding: return false;
            case var known when Enum.IsDefined(known): call.Handler?.OnControl(call, control); break;
            default: call.Counters.Drop(DropReason.Unwanted); break;
        }
        return true;
    }

    /// <summary>A release without its press, from an end that knows only that, is a press as well.</summary>
    public void OnDigit(char digit, bool isEnd)
    {
        if (digit is not (>= '0' and <= '9' or >= 'A' and <= 'D' or '*' or '#')) { call.Counters.Drop(DropReason.Unwanted); return; }
        if (isEnd && pressed != digit) call.Handler?.OnDigit(call, digit, false);
        pressed = isEnd ? '\0' : digit;
        call.Handler?.OnDigit(call, digit, isEnd);
    }

    public void OnText(ReadOnlySpan<byte> payload)
    {
        int nul = payload.IndexOf((byte)0);
        call.Handler?.OnText(call, Encoding.UTF8.GetString(nul < 0 ? payload : payload[..nul]));
    }

    public void OnQuelch(bool isQuelched, string? music)
    {
        MusicOnHold = music;
        call.Handler?.OnHold(call, isQuelched);
    }

    /// <summary>Why the far end ended the call, where it gave no cause code.</summary>
    public static CauseCode CauseOf(IaxCommand command, Elements elements) => (command, elements.Cause) switch
    {
        // Some endpoints give words only.
        (_, { } text) when text.Contains("busy", StringComparison.OrdinalIgnoreCase) => CauseCode.UserBusy,
        (IaxCommand.Reject, _) => CauseCode.CallRejected,
        _ => CauseCode.NormalClearing,
    };
}
