using Mesh.Host.Admin.Neighbours;

namespace Mesh.Host.Journal;

/// <summary>What the shared journal takes. The limits of an entry are the same on all sites, so that what one site takes no other refuses.</summary>
public sealed record JournalLimits
{
    /// <summary>Characters of a site's name, a kind, a subject or a person.</summary>
    public const int MostWordLength = 256;

    /// <summary>Characters of the reason given.</summary>
    public const int MostWhyLength = 2_000;

    /// <summary>Octets of a body as UTF-8.</summary>
    public const int MostBodyOctets = 64 * 1024;

    /// <summary>Objects and lists within each other in a body.</summary>
    public const int MostBodyDepth = 16;

    /// <summary>Entries one site can ever make.</summary>
    public const long MostEntriesOfSite = 200_000;

    /// <summary>Sites that can ever have been in the mesh.</summary>
    public const int MostSites = 64;

    /// <summary>Entries in one message between sites; what is left goes in the next.</summary>
    public int ExchangeEntries { get; init; } = 500;

    /// <summary>Octets of such a message. It always has room for one entry of the largest size.</summary>
    public int ExchangeOctets { get; init; } = 1024 * 1024;

    /// <summary>How often a site asks each other one for what it lacks; also how long a healed split may go unseen.</summary>
    public TimeSpan PullEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long another site may take to answer.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How far another site's clock may be off before its messages are refused; a message seen again within it is a replay.</summary>
    public TimeSpan ClockWindow { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Messages of one site remembered against replay.</summary>
    public int NoncesOfSite { get; init; } = 8_192;

    /// <summary>Messages held in memory at once; each is at most <see cref="ExchangeOctets"/>.</summary>
    public int MessagesAtOnce { get; init; } = 16;

    /// <summary>An entry made here is dated after every entry known here, unless that one is dated further ahead than this.</summary>
    public TimeSpan FollowedAhead { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The same, as messages between two sites are limited.</summary>
    public PairLimits Pair => new()
    {
        AnswerWithin = AnswerWithin,
        QuestionOctets = ExchangeOctets,
        AnswerOctets = ExchangeOctets,
        ClockWindow = ClockWindow,
        NoncesOfSite = NoncesOfSite,
        MessagesAtOnce = MessagesAtOnce,
    };
}
