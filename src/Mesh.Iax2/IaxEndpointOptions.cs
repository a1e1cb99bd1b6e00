using Mesh.Iax2.Calls;

namespace Mesh.Iax2;

/// <summary>Limits and times of one endpoint; times in milliseconds unless named otherwise.</summary>
public sealed record IaxEndpointOptions
{
    /// <summary>Calls at once, both directions.</summary>
    public int MaxCalls { get; init; } = 10_000;

    /// <summary>Calls of one source address that have not answered their challenge yet.</summary>
    public int MaxUnansweredPerSource { get; init; } = 2_048;

    /// <summary>The same of all sources together.</summary>
    public int MaxUnanswered { get; init; } = 8_192;

    /// <summary>Challenges of registrations a second that are larger than the request and go where nothing proves the address (peers that know no tokens).</summary>
    public int MaxUnprovenChallengesPerSecond { get; init; } = 50;

    /// <summary>From AUTHREQ to AUTHREP.</summary>
    public int AuthenticationMs { get; init; } = 15_000;

    /// <summary>From one digit of a call that is still to be dialled to the next.</summary>
    public int CollectingMs { get; init; } = 60_000;

    /// <summary>How long a peer may keep what we said of a number.</summary>
    public int DialplanCacheSeconds { get; init; } = 600;

    /// <summary>How long a call we ended waits for the acknowledgement of its last frame.</summary>
    public int LingerMs { get; init; } = 10_000;

    /// <summary>How long a call number rests before it is used again.</summary>
    public int QuarantineMs { get; init; } = 60_000;

    /// <summary>A call token and a registration challenge are good for one to two of these.</summary>
    public int TokenSlotMs { get; init; } = 15_000;

    /// <summary>Frames of one call waiting for room in the window.</summary>
    public int MaxBacklog { get; init; } = 1_024;

    /// <summary>The longest text sent, as UTF-8: others read no datagram above 4,096 octets.</summary>
    public int MaxTextOctets { get; init; } = 2_048;

    public int MaxInvalPerSecond { get; init; } = 200;

    /// <summary>Between LAGRQ and PING, in turns, in every call.</summary>
    public int LagIntervalMs { get; init; } = 10_000;

    /// <summary>A frame asked for again by VNAK is not repeated within this time.</summary>
    public int VnakSpacingMs { get; init; } = 10;

    /// <summary>A frame still missing is asked for again after this time.</summary>
    public int VnakRepeatMs { get; init; } = 100;

    /// <summary>Voice frames of one call that may wait while the full frame before them is posted to the signalling loop.</summary>
    public int MaxVoiceWaiting { get; init; } = 16;

    /// <summary>Voice of a mini frame whose stamp lies further than this from where the call's clock is, is not believed ...</summary>
    public int MaxVoiceJumpMs { get; init; } = 10_000;

    /// <summary>... until this many in a row say so.</summary>
    public int VoiceJumpFrames { get; init; } = 3;

    public Transfers.TransferOptions Transfer { get; init; } = new();

    public RetransmissionSchedule Retransmission { get; init; } = RetransmissionSchedule.Default;

    /// <summary>The same for calls with our own sites.</summary>
    public RetransmissionSchedule SiteRetransmission { get; init; } = RetransmissionSchedule.Site;

    /// <summary>First wait of a NEW with token to a peer that may take its repetition for a second call.</summary>
    public int TokenNewFirstWaitMs { get; init; } = 2_000;

    /// <summary>Bounds of the registration period granted, seconds.</summary>
    public int MinRefreshSeconds { get; init; } = 60;
    public int MaxRefreshSeconds { get; init; } = 3_600;

    /// <summary>What a tester does to everything sent and received; null, and no cost, in production.</summary>
    public Mesh.Io.Impairments? Impairments { get; init; }

    /// <summary>Somebody who looks on at every datagram: a tester's ladder.</summary>
    public Mesh.Io.IDatagramTap? Tap { get; init; }

    /// <summary>Somebody who looks on at every full frame in clear, sealed or encrypted as it may be on the wire, on the loop: the ladders.</summary>
    public IFullFrameTap? FullFrames { get; init; }

    /// <summary>Registrations waiting for the store.</summary>
    public int MaxRegistrationsWaiting { get; init; } = 4_096;
}
