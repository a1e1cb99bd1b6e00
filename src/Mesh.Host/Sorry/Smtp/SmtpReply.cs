using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>A reply: its lines without CRLF, and what it tells whom.</summary>
/// <param name="Lines">Complete: code, hyphen or space, text.</param>
public sealed record SmtpReply(params IReadOnlyList<string> Lines)
{
    /// <summary>TLS begins after it.</summary>
    public bool StartsTls { get; init; }

    /// <summary>A fault of the client's: too many end the session.</summary>
    public bool IsFault { get; init; }

    /// <summary>Of an answer to RCPT: what a sender was told about which mailbox.</summary>
    public ToldRecipient? Told { get; init; }

    /// <summary>Three digits.</summary>
    public string Code => Lines[^1][..3];
}

/// <summary>Somebody tried to write.</summary>
/// <param name="Notice">The switch that answered; null: none is on for the domain.</param>
public sealed record ToldRecipient(string Domain, string Sender, string Recipient, SorryNotice? Notice);
