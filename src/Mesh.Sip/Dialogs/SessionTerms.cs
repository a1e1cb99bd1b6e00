using Mesh.Sip.Messages;

namespace Mesh.Sip.Dialogs;

/// <summary>What a session timer negotiation came to (RFC 4028): how long without a refresh, and who refreshes. Zero seconds: no timer.</summary>
internal readonly record struct SessionTerms(int Seconds, bool WeRefresh)
{
    private const uint LongestSeconds = 7 * 24 * 3600;

    /// <summary>Whether a request asks for an interval below <paramref name="least"/> and can be told so (section 9: 422).</summary>
    public static bool IsTooSmall(SipRequest request, int least) =>
        TryRead(request, out int seconds, out _) && seconds < least && request.Lists(HeaderName.Supported, "timer"u8);

    /// <summary>The called side's terms: the refresher the caller named, else the caller if it knows timers, else we (section 9).</summary>
    public static SessionTerms OfRequest(SipRequest request, int least)
    {
        if (!TryRead(request, out int seconds, out var refresher)) return default;
        bool callerKnows = request.Lists(HeaderName.Supported, "timer"u8);
        bool weRefresh = !callerKnows || refresher == Refresher.Uas;
        return new SessionTerms(Math.Max(seconds, least), weRefresh);
    }

    /// <summary>The calling side's terms, from the 2xx (section 7.2).</summary>
    public static SessionTerms OfResponse(SipResponse response) =>
        TryRead(response, out int seconds, out var refresher) && seconds > 0 ? new SessionTerms(seconds, refresher != Refresher.Uas) : default;

    /// <summary>Session-Expires for the 2xx, and Require when the caller is to refresh.</summary>
    public void AddTo(HeaderLines headers)
    {
        if (Seconds == 0) return;
        if (!WeRefresh) headers.Add(HeaderName.Require, "timer");
        headers.Add(HeaderName.SessionExpires, $"{Seconds};refresher={(WeRefresh ? "uas" : "uac")}");
    }

    private static bool TryRead(SipMessage message, out int seconds, out Refresher? refresher)
    {
        bool read = message.TryGet<SessionExpires>(HeaderName.SessionExpires, out var value);
        seconds = (int)Math.Min(value.Seconds, LongestSeconds);
        refresher = value.Refresher;
        return read;
    }
}
