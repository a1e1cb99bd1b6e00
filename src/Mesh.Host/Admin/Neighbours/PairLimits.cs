namespace Mesh.Host.Admin.Neighbours;

/// <summary>What two sites take of each other over their admin listeners.</summary>
public sealed record PairLimits
{
    /// <summary>How long the other site may take to answer.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Octets of a question.</summary>
    public int QuestionOctets { get; init; } = 1024;

    /// <summary>Octets of an answer.</summary>
    public int AnswerOctets { get; init; } = 4 * 1024 * 1024;

    /// <summary>How far another site's clock may be off before its messages are refused; a message seen again within it is a replay.</summary>
    public TimeSpan ClockWindow { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Messages of one site remembered against replay.</summary>
    public int NoncesOfSite { get; init; } = 32_768;

    /// <summary>Questions held in memory at once.</summary>
    public int MessagesAtOnce { get; init; } = 16;
}
