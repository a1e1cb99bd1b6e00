using Mesh.Dialplan.Calls;
using Mesh.Io;
using Mesh.Media;

namespace Mesh.Testing.Calls;

/// <summary>A leg over a trunk of a <see cref="FakeMesh"/>: here the leg, there the call, in between the latency.</summary>
public sealed class WireLeg(FakeMesh mesh, string here, Loop loop, LegOrder order, ILegObserver observer) : ILeg
{
    private readonly List<FarEnd> farEnds = [];

    public LegOrder Order { get; } = order;

    public string Description => $"{Order.Plan.Spelling} over the wire";

    public IAudioPort? Audio { get; private set; }

    public bool IsAnswered { get; private set; }

    public bool IsOver { get; private set; }

    public HangupCause? EndedWith { get; private set; }

    public void Send()
    {
        if (mesh.Dead.Contains(Order.Plan.Peer) || mesh.Chance.NextDouble() < mesh.Loss)
        {
            _ = new After(loop, mesh.LossMs, () => Here(() => { IsOver = true; observer.OnFailed(this, HangupCause.DestinationOutOfOrder, quiet: false); }));
            return;
        }
        Deliver();
        if (mesh.Chance.NextDouble() < mesh.Duplication) Deliver();
    }

    public void End(HangupCause cause)
    {
        if (IsOver) return;
        IsOver = true;
        EndedWith = cause;
        foreach (var far in farEnds) far.Gone(cause);
    }

    private void Deliver()
    {
        var far = new FarEnd(this, mesh[Order.Plan.Peer]);
        farEnds.Add(far);
        far.Arrive();
    }

    /// <summary>Something from the far end, unless it is all over here.</summary>
    private void Here(Action act)
    {
        if (!IsOver) act();
    }

    /// <summary>The leg as the other site sees it.</summary>
    private sealed class FarEnd(WireLeg leg, FakeSite site) : ICaller
    {
        private ICallerObserver? call;
        private bool isGone;

        public string Description => $"from {leg.Order.Plan.Peer}";

        public IAudioPort? Audio { get; } = new FakeAudioPort("trunk", site.Loop);

        public IReadOnlyList<AudioCodec> Codecs => leg.Order.Codecs;

        public bool IsAnswered { get; private set; }

        public void Arrive() => There(() =>
        {
            if (leg.IsOver) return;
            call = site.Runner.Accept(new IncomingCall(this, CallEntry.Site, leg.Order.Plan.Target, leg.Order.Caller)
            {
                From = leg.From,
                MeshHops = leg.Order.MeshHop is { } hop ? [hop] : [],
                MeshRung = leg.Order.MeshRung,
                MaxForwards = leg.Order.MaxForwards,
            });
            Back(() => leg.Notify(o => o.OnTrying(leg)));
        });

        public void Ringing(bool withAudio) => Back(() =>
        {
            if (withAudio) leg.Hear(early: true);
            else leg.Notify(o => o.OnRinging(leg));
        });

        public void Answer()
        {
            IsAnswered = true;
            Back(() => leg.Hear(early: false));
        }

        public void End(HangupCause cause)
        {
            if (isGone) return;
            isGone = true;
            Back(() => leg.FarEnded(this, cause));
        }

        public void Gone(HangupCause cause) => There(() =>
        {
            if (isGone) return;
            isGone = true;
            call?.OnCallerGone(cause);
        });

        private void There(Action act) => _ = new After(site.Loop, leg.Mesh.LatencyMs, act);

        private void Back(Action act) => _ = new After(leg.Loop, leg.Mesh.LatencyMs, () => leg.Here(act));
    }

    private FakeMesh Mesh => mesh;

    private Loop Loop => loop;

    private string From => here;

    private void Notify(Action<ILegObserver> tell) => tell(observer);

    private void Hear(bool early)
    {
        Audio ??= new FakeAudioPort(Order.Plan.Spelling, loop);
        if (early) { observer.OnEarlyMedia(this); return; }
        IsAnswered = true;
        observer.OnAnswered(this);
    }

    private void FarEnded(FarEnd far, HangupCause cause)
    {
        // Of two copies the refused one says nothing: the protocol would have absorbed it.
        if (farEnds.Count > 1) { farEnds.Remove(far); return; }
        IsOver = true;
        if (IsAnswered) observer.OnEnded(this, cause);
        else observer.OnFailed(this, cause, quiet: cause == HangupCause.NormalUnspecified);
    }
}
