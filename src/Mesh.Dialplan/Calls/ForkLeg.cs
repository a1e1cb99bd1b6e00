using Mesh.Media;

namespace Mesh.Dialplan.Calls;

/// <summary>One leg of a fork, from its order to its end.</summary>
public sealed class ForkLeg : ILegObserver
{
    private readonly Fork fork;
    private ILeg? leg;

    internal ForkLeg(Fork fork, PricedLeg priced, int siteIndex)
    {
        this.fork = fork;
        Priced = priced;
        SiteIndex = siteIndex;
    }

    public LegState State { get; internal set; }

    /// <summary>As the dialplan wrote it.</summary>
    public string Spelling => Priced.Plan.Spelling.Length > 0 ? Priced.Plan.Spelling : $"{Priced.Plan.Technology}/{Priced.Plan.Target}";

    public string Description => leg?.Description ?? Spelling;

    public IAudioPort? Audio => leg?.Audio;

    /// <summary>It rang, or was heard.</summary>
    public bool HasRung { get; internal set; }

    public bool IsAlive => State != LegState.Over;

    internal PricedLeg Priced { get; }

    /// <summary>Where in the ring's sites it stands, -1 for another kind of leg.</summary>
    internal int SiteIndex { get; }

    internal long StartedMs { get; private set; }

    /// <summary>The leg itself; null before it was begun.</summary>
    internal ILeg? Leg => leg;

    internal void Begin(IDialer dialer, LegOrder order, long nowMs)
    {
        StartedMs = nowMs;
        leg = dialer.Start(order, this);
    }

    internal void End(HangupCause cause) => leg?.End(cause);

    void ILegObserver.OnTrying(ILeg leg) => fork.On(this, LegEvent.Trying);

    void ILegObserver.OnRinging(ILeg leg) => fork.On(this, LegEvent.Ringing);

    void ILegObserver.OnEarlyMedia(ILeg leg) => fork.On(this, LegEvent.EarlyMedia);

    void ILegObserver.OnAnswered(ILeg leg) => fork.On(this, LegEvent.Answered);

    void ILegObserver.OnFailed(ILeg leg, HangupCause cause, bool quiet) => fork.On(this, LegEvent.Failed, cause, quiet);

    void ILegObserver.OnEnded(ILeg leg, HangupCause cause) => fork.On(this, LegEvent.Ended, cause);

    void ILegObserver.OnMoved(ILeg leg) => fork.Trace($"{Spelling} goes on as {leg.Description}");

    void ILegObserver.OnDiverted(ILeg leg, string target) => fork.On(this, LegEvent.Diverted, target: target);
}
