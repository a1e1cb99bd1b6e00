using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;

namespace Mesh.Iax2;

/// <summary>What happens to one call, told on the endpoint's loop. After <see cref="OnHangup"/> nothing more comes.</summary>
public interface IIaxCallHandler
{
    /// <summary>The first sign of life of a call we placed, be it an ACK: the path works.</summary>
    void OnAcknowledged(IaxCall call) { }

    /// <summary>The far end chose <see cref="IaxCall.Format"/>; early media may come.</summary>
    void OnAccepted(IaxCall call) { }

    void OnProceeding(IaxCall call) { }

    void OnRinging(IaxCall call) { }

    /// <summary>The far end plays something before the answer.</summary>
    void OnProgress(IaxCall call) { }

    void OnAnswered(IaxCall call) { }

    /// <summary>The call is over, from the far end or because it is gone; not called for our own <see cref="IaxCall.Hangup"/>. <paramref name="text"/> may be empty.</summary>
    void OnHangup(IaxCall call, CauseCode cause, string text);

    /// <summary>A key pressed or released. A peer that sends only the release is made to press first.</summary>
    void OnDigit(IaxCall call, char digit, bool isEnd) { }

    void OnText(IaxCall call, string text) { }

    /// <summary>Held, by CONTROL HOLD or QUELCH; <see cref="IaxCall.MusicOnHold"/> says whether music was asked for.</summary>
    void OnHold(IaxCall call, bool isHeld) { }

    /// <summary>A CONTROL that is no matter of the call's own state: flash, wink, a radio's key.</summary>
    void OnControl(IaxCall call, ControlCommand control) { }

    /// <summary>TRANSFER: the far end wants whoever it is bridged with sent to another number. Nothing happens unless the host does it.</summary>
    void OnTransfer(IaxCall call, string number, string? context) { }

    /// <summary>The answer to <see cref="OutgoingIaxCall.QueryNumber"/>; it may be kept for <paramref name="cacheSeconds"/>.</summary>
    void OnNumberStatus(IaxCall call, string number, DialplanStatus status, int cacheSeconds) { }
    /// <summary>The site in the middle has left: the call is with <see cref="IaxCall.Peer"/> directly from now on. Nothing else has changed.</summary>
    void OnMoved(IaxCall call) { }
}
