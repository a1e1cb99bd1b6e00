using Mesh.Host.Ladders.Reading;

namespace Mesh.Host.Ladders;

/// <summary>One thing that happened.</summary>
/// <param name="At">Microseconds since 1970, by the clock of the ladder's first site.</param>
public abstract record LadderRow(long At);

/// <summary>A line of the dialplan's doing at one site.</summary>
/// <param name="Source"><c>plan.csx:3</c>; empty for an event the plan only led to.</param>
public sealed record LadderStep(long At, string Site, string Call, string Text, string Source) : LadderRow(At);

/// <summary>One message between two of the lanes. Seen by the site that sent it, the one that received it, or both.</summary>
/// <param name="From">Place in <see cref="Ladder.Lanes"/>.</param>
/// <param name="To">The same.</param>
/// <param name="Protocol">sip or iax2.</param>
/// <param name="Transport">udp, tcp, ...</param>
/// <param name="Source">Address and port it came from, as who sent it knows it, else as who received it saw it.</param>
/// <param name="SentAt">By the clock of the ladder's first site; null when who sent it is no site of ours, or told nothing.</param>
/// <param name="ReceivedAt">The same.</param>
/// <param name="IsRepeat">The same message had been sent before.</param>
/// <param name="IsLost">A site of ours sent it to another that says it never came.</param>
public sealed record LadderMessage(
    long At, int From, int To, string Protocol, string Transport, string Source, string Destination, string Title, IReadOnlyList<string> Text,
    long? SentAt, long? ReceivedAt, bool IsRepeat, bool IsLost, SipFacts? Sip, IaxFacts? Iax) : LadderRow(At)
{
    /// <summary>As it was on the wire; of IAX2, before it was encrypted or sealed.</summary>
    public byte[] Octets { get; init; } = [];

    /// <summary>How long it was on its way, as far as the clocks can be compared; null when only one end is known, and for
    /// an arrival that cannot be that of the sending it was joined with.</summary>
    public long? DelayMicros => ReceivedAt - SentAt is >= 0 and var micros ? micros : null;
}
