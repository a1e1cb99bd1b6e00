using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>What is remembered of a session.</summary>
/// <param name="Phase">Where it is.</param>
public sealed record SmtpState(SmtpPhase Phase)
{
    /// <summary>Within TLS.</summary>
    public bool Secure { get; init; }

    /// <summary>The switches and the time at MAIL: a transaction keeps them, so that no domain is told two things in it.</summary>
    public SorryBoard Board { get; init; } = SorryBoard.Empty;

    public DateTimeOffset At { get; init; }

    public string Sender { get; init; } = "";

    /// <summary>A recipient of this transaction was told to wait.</summary>
    public bool ToldSoft { get; init; }

    /// <summary>A recipient of this transaction was rejected.</summary>
    public bool ToldHard { get; init; }

    public int Commands { get; init; }

    public int Faults { get; init; }

    /// <summary>Why the session ended; null while it goes on or when the client ended it.</summary>
    public SmtpRefusal? Refusal { get; init; }
}
