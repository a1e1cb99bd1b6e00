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

    void OnHold(IaxCall call, bool isHeld) { }

    /// <summary>The site in the middle has left: the call is with <see cref="IaxCall.Peer"/> directly from now on. Nothing else has changed.</summary>
    void OnMoved(IaxCall call) { }
}
