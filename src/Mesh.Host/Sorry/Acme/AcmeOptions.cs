namespace Mesh.Host.Sorry.Acme;

/// <summary>The limits of ordering certificates.</summary>
public sealed record AcmeOptions
{
    /// <summary>Octets of an answer of the authority.</summary>
    public int AnswerOctets { get; init; } = 256 * 1024;

    /// <summary>For one answer of the authority.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often one request is tried when its nonce is not taken (RFC 8555 section 6.5).</summary>
    public int NonceTries { get; init; } = 10;

    /// <summary>Between looks at an order, unless the authority says later.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The site may begin an order in its turn only: the hours are cut into turns, one site after the other, so that no two order at once.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>An order that takes longer is given up: it ends within its turn when it began in the first half.</summary>
    public TimeSpan OrderWithin { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the other sites may take to hear of a challenge before the authority is sent for it.</summary>
    public TimeSpan ShareWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a challenge is answered.</summary>
    public TimeSpan ChallengeLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Challenges answered at once; the oldest goes.</summary>
    public int Challenges { get; init; } = 1_000;

    /// <summary>After the first failure of a host; doubled by each that follows it.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan BackOffAtMost { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often it is looked whether anything is due.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(15);
}
