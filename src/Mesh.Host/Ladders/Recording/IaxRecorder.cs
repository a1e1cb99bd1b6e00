using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.Ladders.Recording;

/// <summary>
/// Keeps the IAX2 full frames of calls, in clear: found by our number of the call, and until we have said one, by the caller's address and number. Frames of a call from where it is not
/// are nobody's. Signalling loop only.
/// </summary>
public sealed class IaxRecorder(LadderBook book, Loop loop) : IFullFrameTap
{
    private readonly Dictionary<ushort, LadderLeg> byNumber = [];
    private readonly Dictionary<(NetAddress, ushort), LadderLeg> byCaller = [];

    public LadderLeg? Find(ushort number) => Spoken(byNumber.GetValueOrDefault(number));

    public LadderLeg? Find(NetAddress caller, ushort number) => Spoken(byCaller.GetValueOrDefault((caller, number)));

    public void Forget(LadderLeg leg)
    {
        if (byNumber.TryGetValue(leg.Number, out var known) && known == leg) byNumber.Remove(leg.Number);
        if (byCaller.TryGetValue(leg.Caller, out known) && known == leg) byCaller.Remove(leg.Caller);
    }

    public void OnReceived(ReadOnlySpan<byte> octets, NetAddress from)
    {
        if (!FullFrame.TryRead(octets, out var frame)) return;
        var leg = frame.DestinationCall > CallNumbers.Stateless ? Find(frame.DestinationCall) : Find(from, frame.SourceCall);
        if (leg is null || Begins(frame, leg))
        {
            if (frame.Command != IaxCommand.New || frame.DestinationCall != 0 || frame.SourceCall == 0) return;
            leg = book.Open(LegProtocol.Iax2, caller: (from, frame.SourceCall));
            leg.Remote = from;
            byCaller[leg.Caller] = leg;
        }
        else if (leg.Remote != from && leg.FormerRemote != from && !frame.Command.IsFromTheOtherEnd()) return;
        book.Keep(leg, loop.Clock.NowMicros, isSent: false, 0, from, octets);
    }

    public void OnSent(ReadOnlySpan<byte> octets, NetAddress to, long atMicros)
    {
        if (!FullFrame.TryRead(octets, out var frame)) return;
        if (LegOfSent(frame, to) is not { } leg) return;
        if (leg.Remote != to) (leg.FormerRemote, leg.Remote) = (leg.Remote, to);
        book.Keep(leg, atMicros, isSent: true, 0, to, octets);
    }

    private LadderLeg? LegOfSent(in FullFrame frame, NetAddress to)
    {
        if (frame.SourceCall > CallNumbers.Stateless && Find(frame.SourceCall) is { } known && !Begins(frame, known)) return known;
        if (frame.DestinationCall != 0)
        {
            // Our first word on a call that came in, or a reply that is to be forgotten.
            if (Find(to, frame.DestinationCall) is not { } answered) return null;
            if (frame.SourceCall > CallNumbers.Stateless && answered.Number == 0) Number(answered, frame.SourceCall);
            return answered;
        }
        if (frame.Command != IaxCommand.New) return null;
        var placed = book.Open(LegProtocol.Iax2);
        placed.Remote = to;
        Number(placed, frame.SourceCall);
        return placed;
    }

    /// <summary>Others use a number again sooner than we do.</summary>
    private static bool Begins(in FullFrame frame, LadderLeg leg) => frame is { Command: IaxCommand.New, IsRetransmission: false } && leg.Call is { Live: 0 };

    private void Number(LadderLeg leg, ushort number)
    {
        leg.Number = number;
        byNumber[number] = leg;
    }

    /// <summary>A number that has been silent that long after its call may be another's.</summary>
    private LadderLeg? Spoken(LadderLeg? leg) =>
        leg is not null && leg.Call is not { Live: > 0 } && loop.Clock.NowMicros - leg.LastMicros > book.Options.SilentNumberMs * 1000L ? null : leg;
}
