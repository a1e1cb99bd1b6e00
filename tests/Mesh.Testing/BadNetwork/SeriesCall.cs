using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Testing.BadNetwork;

/// <summary>One call of a <see cref="CallSeries"/>: the caller's end on the near loop, the called end on the far one.</summary>
public sealed class SeriesCall
{
    private readonly CallSeries series;
    private readonly Step patience, hangup, answer;

    internal SeriesCall(CallSeries series, int id)
    {
        this.series = series;
        int frames = series.Options.TalkMs / MarkedVoice.FrameMs;
        Caller = new Talker(series.Sites.NearLoop, id, isCaller: true, frames);
        Called = new Talker(series.Sites.FarLoop, id, isCaller: false, frames);
        Caller.Changed = OnCallerChanged;
        patience = new Step(() => End(CauseCode.NoAnswer));
        hangup = new Step(() => End(CauseCode.NormalClearing));
        answer = new Step(Answer);
    }

    public Talker Caller { get; }

    public Talker Called { get; }

    /// <summary>On the near loop's clock.</summary>
    public long PlacedAtMs { get; private set; }

    /// <summary>The endpoint would not place it: the far site was taken for dead, or a limit was reached.</summary>
    public CauseCode RefusedWith { get; private set; }

    /// <summary>How often the far site was offered this call: once, or it made two of one NEW.</summary>
    public int Offered { get; private set; }

    /// <summary>When the far end lifted its receiver, on the far loop's clock.</summary>
    public long LiftedAtMs { get; private set; }

    /// <summary>The caller knows of the answer, and so does the far end.</summary>
    public bool IsSetUp => Caller.AnsweredAtMs > 0 && LiftedAtMs > 0;

    internal void Place()
    {
        var near = series.Sites.NearLoop;
        PlacedAtMs = near.Clock.NowMs;
        if (!series.Sites.Near.TryPlace("far", CallSeries.Order(Caller.Id), Caller, out var call, out var refusal))
        {
            RefusedWith = refusal;
            series.Finished();
            return;
        }
        (Caller.Call, call.VoiceSink) = (call, Caller);
        near.Deadlines.Arm(patience.Deadline, series.Options.PatienceMs);
    }

    internal void Receive(IncomingIaxCall call)
    {
        if (Offered++ > 0) return;
        (Called.Call, call.Handler, call.VoiceSink) = (call, Called, Called);
        Called.Rang();
        call.Ringing();
        series.Sites.FarLoop.Deadlines.Arm(answer.Deadline, Math.Max(1, series.Options.RingMs));
    }

    private void Answer()
    {
        if (Called.EndedAtMs != 0) return;
        LiftedAtMs = series.Sites.FarLoop.Clock.NowMs;
        Called.Answered();
        ((IncomingIaxCall)Called.Call!).Answer();
        Called.Talk();
    }

    private void OnCallerChanged()
    {
        var near = series.Sites.NearLoop;
        near.Deadlines.Disarm(patience.Deadline);
        if (Caller.EndedAtMs != 0) { near.Deadlines.Disarm(hangup.Deadline); series.Finished(); return; }
        Caller.Talk();
        near.Deadlines.Arm(hangup.Deadline, series.Options.TalkMs + series.Options.QuietMs);
    }

    private void End(CauseCode cause)
    {
        Caller.Over();
        Caller.Call!.Hangup(cause);
        series.Finished();
    }

    private sealed class Step : IDeadlineOwner
    {
        private readonly Action work;

        public Step(Action work)
        {
            this.work = work;
            Deadline = new Deadline(this);
        }

        public Deadline Deadline { get; }

        public void OnDeadline(Deadline deadline) => work();
    }
}
