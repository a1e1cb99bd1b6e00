using Mesh.Host.IaxTester.Raw;
using Mesh.Io;
using Mesh.Iax2.Wire;

namespace Mesh.Host.IaxTester.Report;

/// <summary>The frames of a run as lines, voice after its first frame told in sums.</summary>
public sealed class Ladder(MeshClock clock, Action<string>? line) : IDatagramTap
{
    /// <summary>Frames kept; voice in mini and trunk frames is counted, not kept.</summary>
    public const int MaxKept = 10_000;

    private readonly List<SeenFrame> kept = [];
    private long originMicros = -1;
    private long voiceSent, voiceReceived;

    public IReadOnlyList<SeenFrame> Frames => kept;

    public void OnSent(ReadOnlySpan<byte> payload, NetAddress to) => Add(true, payload, to);

    public void OnReceived(ReadOnlySpan<byte> payload, NetAddress from) => Add(false, payload, from);

    /// <summary>The shortest time from a frame of ours to the one that acknowledges it, milliseconds; null when none was acknowledged.</summary>
    public double? LeastRoundTripMs()
    {
        long? least = null;
        foreach (var (sent, at) in kept.Select((f, i) => (f, i)).Where(p => p.f is { IsSent: true, IsSequenced: true, IsRetransmission: false }))
        {
            var answer = kept.Skip(at + 1).FirstOrDefault(f => !f.IsSent && f.DestinationCall == sent.SourceCall && f.InSequence == (byte)(sent.OutSequence + 1));
            if (answer is not null && (least is null || answer.AtMicros - sent.AtMicros < least)) least = answer.AtMicros - sent.AtMicros;
        }
        return least / 1000.0;
    }

    /// <summary>Tells of voice not told yet.</summary>
    public void Flush()
    {
        if (voiceSent + voiceReceived > 0) line?.Invoke($"{"",10}  ~ {voiceSent} voice frames sent, {voiceReceived} received");
        (voiceSent, voiceReceived) = (0, 0);
    }

    private void Add(bool isSent, ReadOnlySpan<byte> payload, NetAddress far)
    {
        if (Demultiplexer.Classify(payload) is DatagramKind.Mini or DatagramKind.Trunk)
        {
            if (isSent) voiceSent++;
            else voiceReceived++;
            return;
        }
        Flush();
        var frame = new SeenFrame(isSent, clock.NowMicros, far, payload);
        if (kept.Count < MaxKept) kept.Add(frame);
        if (originMicros < 0) originMicros = frame.AtMicros;
        line?.Invoke(FrameText.TimedLine(frame, originMicros));
    }
}
