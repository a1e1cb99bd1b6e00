namespace Mesh.Sip;

/// <summary>What an endpoint counts. Plain fields, written on its loop, read by metrics from anywhere.</summary>
public sealed class SipMetrics
{
    public long RequestsReceived, ResponsesReceived, MessagesSent, SendRefused, Retransmissions;

    /// <summary>Messages that did not read, and of those the ones answered.</summary>
    public long Unreadable, UnreadableAnswered;

    /// <summary>Requests seen again and answered from their transaction.</summary>
    public long RequestsAbsorbed;

    /// <summary>Responses and ACKs that belong to nothing (any more).</summary>
    public long StrayResponses, StrayAcks;

    /// <summary>A 2xx that came again after its transaction was gone and was acknowledged again.</summary>
    public long StraySuccessesAcknowledged;

    /// <summary>Requests refused by the endpoint itself: unknown dialogs (481), merged requests (482), hops used up (483), limits (503), and everything else of RFC 3261 8.2.</summary>
    public long UnknownDialogs, MergedRequests, TooManyHops, OverLimit, RefusedByChecks;

    public long RequestsTimedOut, RequestsUnsent, ResponsesUnsent, AcksMissing;

    /// <summary>Requests over UDP that went over TCP for their size (18.1.1), and of those the ones that had to go back.</summary>
    public long SwitchedToStream, SwitchedBack;

    public long InvitesReceived, InvitesSent, SessionsEstablished, SessionsExpired, SessionsUnacknowledged, SuperfluousAnswers;
}
