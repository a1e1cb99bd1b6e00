using System.Text;
using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Calls;

/// <summary>What passes through a call without touching its state: keys, text, hold, and what radios and switches say to each other.</summary>
internal sealed class InCallFrames(IaxCall call)
{
    private char pressed;

    /// <summary>False when it is nothing known.</summary>
    public bool TryTake(in FullFrame frame) => frame.Type switch
    {
        FrameType.Control => TryTake(frame.Control),
        FrameType.DtmfBegin => TryPress((char)frame.SubclassOctet, false),
        FrameType.DtmfEnd => TryPress((char)frame.SubclassOctet, true),
        FrameType.Text => TakeText(frame.Payload),
        _ => false,
    };

    private bool TryTake(ControlCommand control)
    {
        switch (control)
        {
            case ControlCommand.Hold: call.Handler?.OnHold(call, true); return true;
            case ControlCommand.Unhold: call.Handler?.OnHold(call, false); return true;
            case var known when Enum.IsDefined(known): call.Handler?.OnControl(call, control); return true;
            default: return false;
        }
    }

    private bool TryPress(char digit, bool isEnd)
    {
        if (digit is not (>= '0' and <= '9' or >= 'A' and <= 'D' or '*' or '#')) return false;
        if (isEnd && pressed != digit) call.Handler?.OnDigit(call, digit, false);
        pressed = isEnd ? '\0' : digit;
        call.Handler?.OnDigit(call, digit, isEnd);
        return true;
    }

    private bool TakeText(ReadOnlySpan<byte> payload)
    {
        int nul = payload.IndexOf((byte)0);
        call.Handler?.OnText(call, Encoding.UTF8.GetString(nul < 0 ? payload : payload[..nul]));
        return true;
    }
}
