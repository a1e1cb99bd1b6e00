using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Testing.BadNetwork;

/// <summary>One end of a call: says its marked frames every 20 ms, and notes what it hears. On its site's loop.</summary>
public sealed class Talker : IIaxCallHandler, IIaxVoiceSink, IDeadlineOwner
{
    private readonly Loop loop;
    private readonly bool isCaller;
    private readonly int frames;
    private readonly Deadline next;
    private readonly byte[] buffer = new byte[Datagram.Headroom + MarkedVoice.Length];
    private readonly List<(int Number, uint Stamp)> heard = [];
    private long beganMs;

    public Talker(Loop loop, int id, bool isCaller, int frames)
    {
        (this.loop, Id, this.isCaller, this.frames) = (loop, id, isCaller, frames);
        next = new Deadline(this);
    }

    public int Id { get; }

    public IaxCall? Call { get; set; }

    /// <summary>Frames given to the call, and taken by it.</summary>
    public int Said { get; private set; }

    /// <summary>Frames the call would not send.</summary>
    public int Refused { get; private set; }

    /// <summary>What was heard of the other end, in order of arrival: its number in the row and its stamp.</summary>
    public IReadOnlyList<(int Number, uint Stamp)> Heard => heard;

    /// <summary>Frames heard that belong to another call, or to nobody: there must be none.</summary>
    public int Foreign { get; private set; }

    /// <summary>On the loop's clock; 0 for what did not happen.</summary>
    public long RingingAtMs { get; private set; }

    public long AnsweredAtMs { get; private set; }

    public long EndedAtMs { get; private set; }

    /// <summary>The other end ended it; None when this end did.</summary>
    public CauseCode EndCause { get; private set; }

    /// <summary>Told when the caller's end hears the answer, and of any end that comes from the other side.</summary>
    public Action? Changed { get; set; }

    /// <summary>The other end's frames stand at their right places: the stamps' distance is that of the numbers.</summary>
    public int WrongStamps
    {
        get
        {
            if (heard.Count == 0) return 0;
            var (number, stamp) = heard[0];
            return heard.Count(h => (int)(h.Stamp - stamp) != (h.Number - number) * MarkedVoice.FrameMs);
        }
    }

    /// <summary>Frames heard after one with a higher number.</summary>
    public int OutOfOrder
    {
        get
        {
            int late = 0, highest = -1;
            foreach (var (number, _) in heard)
            {
                if (number < highest) late++;
                else highest = number;
            }
            return late;
        }
    }

    /// <summary>Frames whose stamp is not above that of the frame said before: a player, which goes by stamps, would play them in a wrong order.</summary>
    public int Disordered
    {
        get
        {
            var said = heard.OrderBy(h => h.Number).ToList();
            return said.Zip(said.Skip(1)).Count(two => two.Second.Number != two.First.Number && (int)(two.Second.Stamp - two.First.Stamp) <= 0);
        }
    }

    /// <summary>Frames heard more than once.</summary>
    public int Twice => heard.Count - heard.Select(h => h.Number).Distinct().Count();

    public void Talk()
    {
        if (frames == 0 || beganMs != 0) return;
        beganMs = loop.Clock.NowMs;
        Say();
    }

    public void Rang() => RingingAtMs = loop.Clock.NowMs;

    public void Answered() => AnsweredAtMs = loop.Clock.NowMs;

    public void Over()
    {
        if (EndedAtMs == 0) EndedAtMs = loop.Clock.NowMs;
        loop.Deadlines.Disarm(next);
    }

    public void OnRinging(IaxCall call)
    {
        if (RingingAtMs == 0) Rang();
    }

    public void OnAnswered(IaxCall call)
    {
        if (AnsweredAtMs != 0) throw new InvalidOperationException($"call {Id} was answered twice");
        Answered();
        Changed?.Invoke();
    }

    public void OnHangup(IaxCall call, CauseCode cause, string text)
    {
        EndCause = cause;
        Over();
        Changed?.Invoke();
    }

    public void OnVoice(IaxCall call, in Datagram datagram, int offset, int length, VoiceFormat format, uint timestampMs)
    {
        if (MarkedVoice.TryRead(datagram.Buffer.Slice(offset, length), out var voice) && voice.Call == Id && voice.FromCaller != isCaller) heard.Add((voice.Number, timestampMs));
        else Foreign++;
    }

    public void OnDeadline(Deadline deadline) => Say();

    private void Say()
    {
        // As many as are due: a loop that was held up makes good for it, as a phone's own clock would have.
        while (Said + Refused < frames && beganMs + (long)(Said + Refused) * MarkedVoice.FrameMs <= loop.Clock.NowMs)
        {
            int number = Said + Refused;
            new MarkedVoice(Id, isCaller, number).Write(buffer.AsSpan(Datagram.Headroom));
            if (Call!.SendVoice(VoiceFormat.Alaw, (uint)(number * MarkedVoice.FrameMs), buffer, Datagram.Headroom, MarkedVoice.Length)) Said++;
            else Refused++;
        }
        if (Said + Refused < frames && EndedAtMs == 0)
            loop.Deadlines.Arm(next, beganMs + (long)(Said + Refused) * MarkedVoice.FrameMs - loop.Clock.NowMs);
    }
}
