using Mesh.Dialplan.Calls;
using Mesh.Io;
using Mesh.Media;

namespace Mesh.Testing.Calls;

/// <summary>A leg that a test drives: what the far end does is called, what the owner does is written down.</summary>
public sealed class FakeLeg(Loop loop, LegOrder order, ILegObserver observer) : ILeg
{
    public LegOrder Order { get; } = order;

    public string Target => Order.Plan.Target;

    public string Description => $"{Order.Plan.Spelling} fake";

    public IAudioPort? Audio { get; private set; }

    public bool IsAnswered { get; private set; }

    /// <summary>The far end has ended it, or been told of its end.</summary>
    public bool IsOver { get; private set; }

    /// <summary>With what the owner ended it; null if it did not.</summary>
    public HangupCause? EndedWith { get; private set; }

    public int Endings { get; private set; }

    public long StartedAtMs { get; } = loop.Clock.NowMs;

    public long EndedAtMs { get; private set; }

    /// <summary>Told when the owner ends it: a wire passes it on.</summary>
    public Action<HangupCause>? OnEnd { get; set; }

    public void Try() => observer.OnTrying(this);

    public void Ring() => observer.OnRinging(this);

    public void EarlyMedia()
    {
        Audio ??= new FakeAudioPort(Order.Plan.Spelling, loop);
        observer.OnEarlyMedia(this);
    }

    /// <summary>Answers even when the owner has ended it meanwhile, as a 200 that crosses a CANCEL does.</summary>
    public void Answer()
    {
        Audio ??= new FakeAudioPort(Order.Plan.Spelling, loop);
        IsAnswered = true;
        observer.OnAnswered(this);
    }

    public void Fail(HangupCause cause, bool quiet = false)
    {
        IsOver = true;
        observer.OnFailed(this, cause, quiet);
    }

    public void HangUp(HangupCause cause = HangupCause.NormalClearing)
    {
        IsOver = true;
        observer.OnEnded(this, cause);
    }

    public void Divert(string target)
    {
        IsOver = true;
        observer.OnDiverted(this, target);
    }

    public void End(HangupCause cause)
    {
        Endings++;
        EndedAtMs = loop.Clock.NowMs;
        if (IsOver) return;
        IsOver = true;
        EndedWith ??= cause;
        OnEnd?.Invoke(cause);
    }
}
