namespace Mesh.Iax2;

/// <summary>Why something was not taken, or not sent: the index of <see cref="IaxCounters"/>.</summary>
public enum DropReason
{
    /// <summary>Shorter than its kind of frame.</summary>
    TooShort,
    /// <summary>An information element ran past the end.</summary>
    Undecodable,
    UnknownMeta,
    TrunkTruncated,
    /// <summary>A full frame for a call we do not have.</summary>
    UnknownCall,
    /// <summary>A mini or trunk frame for a call we do not have.</summary>
    UnknownMini,
    /// <summary>Addressed to the number of stateless replies: an ACK of one.</summary>
    Stateless,
    /// <summary>Right number, wrong address.</summary>
    WrongAddress,
    /// <summary>Right address, another number of the peer's than the one this call has: the ghost of a repeated NEW.</summary>
    WrongNumber,
    Duplicate,
    /// <summary>A frame before it is missing.</summary>
    Gap,
    /// <summary>A type or a media format nobody here wants; acknowledged.</summary>
    Unwanted,
    /// <summary>A request without a token from a peer that must have one.</summary>
    TokenMissing,
    /// <summary>A token that is wrong or too old.</summary>
    TokenInvalid,
    /// <summary>The request is smaller than the token we would send to an address that proved nothing.</summary>
    TokenWouldAmplify,
    UnknownUser,
    AuthenticationFailed,
    AuthenticationLate,
    VersionUnknown,
    NoCommonFormat,
    /// <summary><see cref="IaxEndpointOptions.MaxCalls"/>.</summary>
    TooManyCalls,
    /// <summary><see cref="IaxEndpointOptions.MaxUnansweredPerSource"/>.</summary>
    TooManyFromSource,
    /// <summary><see cref="Peers.PeerOptions.MaxUnproven"/>.</summary>
    TooManyUnproven,
    /// <summary><see cref="Peers.PeerOptions.MaxCalls"/>.</summary>
    TooManyFromPeer,
    CallNumbersExhausted,
    /// <summary>INVAL not sent, see <see cref="IaxEndpointOptions.MaxInvalPerSecond"/>.</summary>
    InvalLimited,
    /// <summary>INVAL that fits no call.</summary>
    InvalUnmatched,
    /// <summary>Voice before its format was known.</summary>
    VoiceBeforeFormat,
    /// <summary>Voice received that nobody takes.</summary>
    VoiceUnheard,
    /// <summary>Voice not sent: the call is not accepted, quelched, or over.</summary>
    VoiceNotOpen,
    /// <summary>Voice not sent: too much waits for the full frame before it.</summary>
    VoiceWaiting,
    /// <summary>A frame not sent: <see cref="IaxEndpointOptions.MaxBacklog"/>.</summary>
    BacklogFull,
    /// <summary>More elements than one NEW may hold.</summary>
    NewTooLarge,
    TooManyRegistrations,
    RegistrationRefused,
    /// <summary>A second token demanded, or one nobody asked for.</summary>
    TokenUnexpected,
    /// <summary>Not sealed, from a peer that must seal.</summary>
    SealMissing,
    /// <summary>The tag does not hold.</summary>
    SealForged,
    SealReplayed,
    /// <summary>Behind the replay window, or of a key that is gone.</summary>
    SealTooOld,
    /// <summary>Sealed, but the peer's boot epoch is not known.</summary>
    SealNotAssociated,
    /// <summary>A hello that is malformed or whose MAC does not hold: another mesh key, or forged.</summary>
    SealHelloForged,
    /// <summary>A hello not answered: <see cref="Sealing.SealOptions.MostAnswersPerSecond"/>.</summary>
    SealHelloLimited,
    /// <summary>Not sent: the peer's boot epoch is not known yet.</summary>
    SealNotReady,
    /// <summary>Not sent: <see cref="Sealing.SealFormat.MostClear"/>.</summary>
    SealTooLong,
    /// <summary><see cref="IaxEndpointOptions.MaxUnanswered"/>.</summary>
    TooManyUnanswered,
    /// <summary><see cref="IaxEndpointOptions.MaxUnprovenChallengesPerSecond"/>.</summary>
    ChallengeLimited,
    /// <summary>A NEW that proves nothing and carries the number of a live call.</summary>
    NumberTaken,
    /// <summary>A frame that has no place where the call stands; acknowledged.</summary>
    OutOfPlace,
    /// <summary>Text not sent: <see cref="IaxEndpointOptions.MaxTextOctets"/>.</summary>
    TextTooLong,
    /// <summary>No DIAL in time.</summary>
    DigitsLate,
    /// <summary>Voice not sent: the far end asked for silence.</summary>
    VoiceQuelched,
    /// <summary>A mini frame whose stamp cannot be: <see cref="IaxEndpointOptions.MaxVoiceJumpMs"/>.</summary>
    VoiceImplausible,
    /// <summary>TXCNT, TXACC or TXMEDIA that nobody here asked for, or with another transfer id.</summary>
    TransferUnasked,
    /// <summary>TXREQ answered with TXREJ: not from one of our sites, or to somewhere else.</summary>
    TransferRefused,
    /// <summary>Voice that still came through the former middle of a call after the first of the direct path.</summary>
    VoiceOvertaken,
    /// <summary>A frame in clear that belongs to an encrypted call.</summary>
    ClearRefused,
    /// <summary>A frame of an encrypted call that no key makes sense of.</summary>
    Undecryptable,
    /// <summary>A call in clear with a peer whose calls must be encrypted.</summary>
    EncryptionMissing,
}
