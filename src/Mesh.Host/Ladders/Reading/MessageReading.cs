namespace Mesh.Host.Ladders.Reading;

/// <summary>One message, read.</summary>
/// <param name="Title">What stands on its arrow.</param>
/// <param name="Text">The whole of it line by line, without secrets and without anything a terminal would act on.</param>
/// <param name="IsRepeat">It says itself that it was sent before (IAX2).</param>
public sealed record MessageReading(string Title, IReadOnlyList<string> Text, bool IsRepeat, SipFacts? Sip, IaxFacts? Iax)
{
    /// <summary>The longest title, characters.</summary>
    public const int MaxTitle = 90;

    public static MessageReading Of(string protocol, byte[] octets) => protocol == "sip" ? SipReading.Of(octets) : IaxReading.Of(octets);
}

/// <summary>What a SIP message is told by.</summary>
/// <param name="Status">Null for a request.</param>
public sealed record SipFacts(string Method, int? Status, string CSeq, string CallId);

/// <summary>What an IAX2 full frame is told by.</summary>
/// <param name="Subclass">Decoded from its octet.</param>
public sealed record IaxFacts(int Type, long Subclass, int SourceCall, int DestinationCall, int OutSequence, int InSequence, uint Timestamp, bool IsRetransmission);
