using Mesh.Dialplan.Language;
using Mesh.Io;
using Mesh.Media;

namespace Mesh.Dialplan.Calls;

/// <summary>
/// Rings several places at once for one caller. Owns its legs until one of them has answered: that one is handed over at once, every other is ended then (R12).
/// A leg that dies is quiet; what it leaves is another path to its device (R11), or nothing. All on the signalling loop, so the first answer is simply the first.
/// </summary>
public sealed class Fork : IDeadlineOwner
{
    private const int RingForTimer = 0, LifeTimer = 1, LookAgainMs = 10;
    private readonly CallSurroundings room;
    private readonly MeshBranch branch;
    private readonly CallerId caller;
    private readonly IReadOnlyList<AudioCodec> codecs;
    private readonly IForkOwner owner;
    private readonly DialTally tally = new();
    private readonly List<ForkLeg> legs = [];
    private readonly Deadline ringFor;
    private readonly SecondPaths secondPaths;
    private Deadline? life;
    private ForkLeg? heard;
    private bool isOver;

    public Fork(CallSurroundings room, MeshBranch branch, CallerId caller, IReadOnlyList<AudioCodec> codecs, IForkOwner owner)
    {
        this.room = room;
        this.branch = branch;
        this.caller = caller;
        this.codecs = codecs;
        this.owner = owner;
        ringFor = new Deadline(this, RingForTimer);
        secondPaths = new SecondPaths(this, branch);
    }

    /// <summary>Every leg made, in order.</summary>
    public IReadOnlyList<ForkLeg> Legs => legs;

    /// <summary>The one that answered.</summary>
    public ForkLeg? Winner { get; private set; }

    public int LegsAlive => legs.Count(leg => leg.IsAlive);

    /// <summary>Starts every leg the law allows, at once. When there is none, the owner hears so from within this call.</summary>
    public void Start(RingPlan plan, long ringForMs)
    {
        secondPaths.Plan = plan;
        foreach (var (spelling, cause) in plan.Unresolved)
        {
            owner.Trace($"{spelling} cannot be reached: {cause}");
            tally.Add(cause, rang: false, quiet: false);
        }
        room.Loop.Deadlines.Arm(ringFor, ringForMs);
        Make(plan.Requests);
        GiveUpWhenNothingIsLeft();
    }

    /// <summary>Ends whatever is left, the conversation too; the owner hears nothing more.</summary>
    public void Cancel(HangupCause cause)
    {
        Decide();
        EndAll(cause);
    }

    /// <summary>The winner has left together with the caller: nobody is told anything.</summary>
    public void LetGo()
    {
        Decide();
        foreach (var leg in legs)
            if (leg.IsAlive) Move(leg, LegState.Over);
    }

    internal void Trace(string text) => owner.Trace(text);

    /// <summary>Asks the law for these legs and starts those it allows. The number started.</summary>
    internal int Make(IReadOnlyList<LegRequest> requests)
    {
        var made = new List<ForkLeg>(requests.Count);
        foreach (var priced in room.Law.Price(branch, requests, room.Now))
        {
            if (priced.IsAllowed) made.Add(new ForkLeg(this, priced, secondPaths.SiteIndexOf(priced.Plan)));
            else owner.Trace($"{priced.Plan.Spelling} not dialled: {priced.Refusal}");
        }
        legs.AddRange(made);
        foreach (var leg in made) Begin(leg);
        WatchForLife();
        return made.Count;
    }

    internal void On(ForkLeg leg, LegEvent e, HangupCause cause = HangupCause.None, bool quiet = false, string target = "")
    {
        var (state, act) = LegFigure.Step(leg.State, e);
        Move(leg, state);
        switch (act)
        {
            case LegAct.Ring: Ring(leg); break;
            case LegAct.PassOn: PassOn(leg); break;
            case LegAct.Claim: Claim(leg); break;
            case LegAct.Lose: Lose(leg, cause, quiet && IsSite(leg)); break;
            case LegAct.LoseUnheard: Lose(leg, cause, quiet && IsSite(leg), unheard: true); break;
            case LegAct.Strike: Strike(leg); break;
            case LegAct.Divert: Divert(leg, target); break;
            case LegAct.HangUp: owner.OnConversationOver(leg, cause); break;
            case LegAct.EndAgain: leg.End(HangupCause.AnsweredElsewhere); break;
        }
    }

    public void OnDeadline(Deadline deadline)
    {
        if (deadline.Tag == RingForTimer) RingNoLonger();
        else StrikeTheSilent();
    }

    private void Begin(ForkLeg leg)
    {
        var plan = leg.Priced.Plan;
        room.Counters.LegsAlive++;
        room.Counters.LegsMade++;
        try
        {
            var order = new LegOrder(plan, caller, codecs, branch.MaxForwards - 1, leg.Priced.Hop, leg.Priced.Rung, branch.Origin.Id);
            leg.Begin(DialerOf(plan), order, room.Loop.Clock.NowMs);
            if (leg.Leg is { } made) room.Watcher?.OnLeg(order, made);
            owner.Trace($"{leg.Description} dialled");
        }
        catch (Exception e)
        {
            // Our own mistake costs this leg only.
            room.Log.Fault(branch.Origin.Id, $"dialling {leg.Spelling}", e);
            Move(leg, LegState.Over);
            tally.Add(HangupCause.TemporaryFailure, rang: false, quiet: false);
        }
    }

    private IDialer DialerOf(LegPlan plan)
    {
        for (int i = 0; i < room.Dialers.Count; i++)
            if (room.Dialers[i].Technology == plan.Technology) return room.Dialers[i];
        throw new InvalidOperationException($"nobody dials {plan.Technology}");
    }

    /// <summary>Only our own sites know what a quiet end is: from anybody else the same cause is a refusal.</summary>
    private static bool IsSite(ForkLeg leg) => leg.Priced.Plan.Kind == LegKind.Site;

    private void Ring(ForkLeg leg)
    {
        leg.HasRung = true;
        owner.Trace($"{leg.Description} rings");
        owner.OnForkRinging(leg);
    }

    private void PassOn(ForkLeg leg)
    {
        if (!leg.HasRung) Ring(leg);
        if (heard is not null || leg.Audio is not { } audio) return;
        heard = leg;
        owner.Trace($"{leg.Description} is heard before the answer");
        owner.OnForkEarlyMedia(audio);
    }

    private void Claim(ForkLeg leg)
    {
        Winner = leg;
        leg.HasRung = true;
        Decide();
        branch.MarkAnswered();
        owner.Trace($"{leg.Description} answered");
        owner.OnForkAnswered(leg);
        EndAll(HangupCause.AnsweredElsewhere, except: leg);
    }

    private void Lose(ForkLeg leg, HangupCause cause, bool quiet, bool unheard = false)
    {
        owner.Trace(quiet ? $"{leg.Description} had nothing left to ring" : $"{leg.Description} ended: {cause}");
        tally.Add(cause, leg.HasRung, quiet);
        HearAnother(leg);
        if (quiet || (!leg.HasRung && DialTally.IsDeadPath(cause))) secondPaths.After(leg, unheard);
        GiveUpWhenNothingIsLeft();
    }

    /// <summary>The leg is ended as if another had answered: its device is about to ring over another path, and must not show a missed call for this one.</summary>
    private void Strike(ForkLeg leg)
    {
        owner.Trace($"{leg.Description} gave no sign of life");
        room.Counters.DevicesStruck++;
        tally.Add(HangupCause.NoUserResponding, rang: false, quiet: false);
        leg.End(HangupCause.AnsweredElsewhere);
    }

    private void Divert(ForkLeg leg, string target)
    {
        owner.Trace($"{leg.Description} sends the call to {target}");
        HearAnother(leg);
        var ring = DialString.Parse(target).Endpoints;
        if (ring.Count == 0 && room.People.Find(target) is not null) ring = [new PersonEndpoint(target)];
        int made = ring.Count == 0 ? 0 : Make(new RingPlanner(room).Plan(new Ring(ring), branch, isDiversion: true).Requests);
        if (made == 0) tally.Add(HangupCause.NoRouteToDestination, leg.HasRung, quiet: false);
        GiveUpWhenNothingIsLeft();
    }

    private void HearAnother(ForkLeg gone)
    {
        if (heard != gone) return;
        heard = null;
        if (legs.Find(l => l.State == LegState.EarlyMedia) is { } other) PassOn(other);
        if (heard is null) owner.OnForkEarlyMediaOver();
    }

    private void StrikeTheSilent()
    {
        long before = room.Loop.Clock.NowMs - room.Law.Options.LifeMs;
        var silent = legs.Where(l => IsWatched(l) && l.StartedMs <= before && !MayBeUnread(l)).ToList();
        foreach (var leg in silent) On(leg, LegEvent.Silent);
        secondPaths.AfterSilence([.. silent.Where(l => l.Priced.Plan.Kind == LegKind.Phone)]);
        foreach (var leg in silent.Where(l => l.Priced.Plan.Kind != LegKind.Phone)) secondPaths.After(leg, unheard: false);
        WatchForLife();
        GiveUpWhenNothingIsLeft();
    }

    private void WatchForLife()
    {
        if (isOver || life is { IsArmed: true }) return;
        if (legs.Find(IsWatched) is { } next) room.Loop.Deadlines.Arm(life ??= new Deadline(this, LifeTimer), Math.Max(LookAgainMs, next.StartedMs + room.Law.Options.LifeMs - room.Loop.Clock.NowMs));
    }

    /// <summary>The loop is behind: the sign of life may have come and not be read yet. A server short of time must not make more legs for it. Believed for a while only.</summary>
    private bool MayBeUnread(ForkLeg leg)
    {
        long dueMs = leg.StartedMs + room.Law.Options.LifeMs;
        return room.Loop.CaughtUpMs < dueMs && room.Loop.Clock.NowMs < dueMs + room.Law.Options.LifeBehindMs;
    }

    /// <summary>Phones that can be reached another way, and sites that alone were asked to ring a device: one that has just died would keep it from ringing anywhere.</summary>
    private bool IsWatched(ForkLeg leg) =>
        leg.State == LegState.Started && (leg.Priced.Plan.Kind == LegKind.Phone ? secondPaths.HasOtherThan(leg) : leg.Priced.Request.Spared.Count > 0);

    private void RingNoLonger()
    {
        foreach (var leg in legs)
            if (leg.IsAlive) tally.Add(HangupCause.NoAnswer, leg.HasRung, quiet: !leg.HasRung && leg.State == LegState.Started);
        owner.Trace("nobody answered in time");
        EndAll(HangupCause.NoAnswer);
        GiveUpWhenNothingIsLeft();
    }

    private void GiveUpWhenNothingIsLeft()
    {
        if (isOver || legs.Exists(static leg => leg.IsAlive)) return;
        Decide();
        owner.OnForkFailed(tally.Result);
    }

    private void Decide()
    {
        isOver = true;
        room.Loop.Deadlines.Disarm(ringFor);
        if (life is not null) room.Loop.Deadlines.Disarm(life);
    }

    private void EndAll(HangupCause cause, ForkLeg? except = null)
    {
        foreach (var leg in legs)
        {
            if (leg == except || !leg.IsAlive) continue;
            Move(leg, LegState.Over);
            owner.Trace($"{leg.Description} is told: {cause}");
            try { leg.End(cause); }
            catch (Exception e) { room.Log.Fault(branch.Origin.Id, $"ending {leg.Spelling}", e); }
        }
    }

    private void Move(ForkLeg leg, LegState state)
    {
        if (state == LegState.Over && leg.IsAlive) room.Counters.LegsAlive--;
        leg.State = state;
    }
}
