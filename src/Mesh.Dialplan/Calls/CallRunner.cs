using Mesh.Dialplan.Loading;

namespace Mesh.Dialplan.Calls;

/// <summary>
/// Takes every incoming call of a site, whatever protocol brought it: the mesh law lets it in, the plan says which handler runs, and the call lives until that handler has returned
/// or the caller has gone. Signalling loop only.
/// <code>
/// 1. MeshLaw.Admit         fresh, aware, leaf, or refused
///    Announcements         a switched number or trunk: an announcement instead of all below
/// 2. DialplanModel.Find    phones, sites and peers dial extensions, carriers call inbound numbers
/// 3. LiveCall.Start        one task runs the handler; its verbs come back to this loop
/// 4. Fork                  a Dial rings everything at once; MeshLaw.Price says what may be made
/// 5. LiveCall.Finish       every leg ended, the record written
/// </code>
/// </summary>
public sealed class CallRunner(CallSurroundings room)
{
    private long count;

    public CallSurroundings Room { get; } = room;

    public LiveCalls Calls { get; } = new();

    public CallTraces Traces { get; } = new(room.Options.TracesKept);

    /// <summary>What would become of a call to these digits now: as the plan in force says, and what an emergency number always is.</summary>
    public NumberStanding StandingOf(string digits)
    {
        var standing = digits.Length <= Room.Options.MaxCalledLength ? Room.Plan().StandingOf(digits) : NumberStanding.None;
        if (Room.Options.EmergencyRoute is null) return standing;
        if (Room.Law.Options.IsEmergency(digits)) standing |= NumberStanding.Exists;
        if (Room.Law.Options.EmergencyNumbers.Any(number => number.Length > digits.Length && number.StartsWith(digits, StringComparison.Ordinal))) standing |= NumberStanding.MayGrow;
        return standing;
    }

    /// <summary>Takes a call. Null when it was refused: then its caller has been ended already.</summary>
    public ICallerObserver? Accept(IncomingCall incoming)
    {
        bool isEmergency = Room.Law.Options.IsEmergency(incoming.Called);
        if (incoming.Called.Length == 0 || incoming.Called.Length > Room.Options.MaxCalledLength)
            return Refuse(incoming, CallRefusal.BadNumber, HangupCause.InvalidNumberFormat);
        if (Calls.Count >= Room.Options.MaxCalls && !isEmergency) return Refuse(incoming, CallRefusal.TooManyCalls, HangupCause.SwitchCongestion);

        var admission = Room.Law.Admit(MeshArrival.Of(incoming), Room.Now);
        if (admission.Branch is not { } branch) return Refuse(incoming, CallRefusal.Law, admission.Cause);
        if (admission.IsAlarm) Room.Log.HeaderAlarm(admission.Kind, incoming.From, branch.Origin.Id);

        if (incoming.Entry == CallEntry.Carrier && !isEmergency && Room.Announcements(incoming) is { } announcement) return Announce(incoming, admission, announcement);

        var plan = Room.Plan();
        var handler = incoming.Entry == CallEntry.Carrier ? plan.FindInbound(incoming.Called) : plan.FindExtension(incoming.Called);
        if (handler is null && !(isEmergency && Room.Options.EmergencyRoute is not null))
        {
            Room.Law.Leave(branch);
            return Refuse(incoming, CallRefusal.UnknownNumber, HangupCause.UnallocatedNumber);
        }
        return Begin(incoming, admission, plan, handler);
    }

    private LiveCall Begin(IncomingCall incoming, Admission admission, DialplanModel plan, DialplanEntry? handler)
    {
        var call = Add(incoming, admission, plan);
        call.Start(handler);
        return call;
    }

    /// <summary>A call of its own kind: it is counted, traced and recorded, and no handler ever sees it.</summary>
    private ICallerObserver? Announce(IncomingCall incoming, Admission admission, Announcement announcement)
    {
        if (Room.Counters.Announcing >= Room.Options.MaxAnnouncements)
        {
            Room.Law.Leave(admission.Branch!);
            return Refuse(incoming, CallRefusal.TooManyAnnouncements, HangupCause.SwitchCongestion);
        }
        var call = Add(incoming, admission, Room.Plan());
        call.Announce(announcement);
        return call;
    }

    private LiveCall Add(IncomingCall incoming, Admission admission, DialplanModel plan)
    {
        string id = $"{Room.Site}-{++count}";
        var trace = Traces.Begin(id, admission.Branch!.Origin.Id, Room.Loop.Clock.NowMicros, Room.Options.MaxTraceLines);
        var call = new LiveCall(this, incoming, admission, plan, id, trace);
        Calls.Add(call);
        Room.Counters.Calls++;
        Room.Watcher?.OnBegun(incoming, trace);
        return call;
    }

    private ICallerObserver? Refuse(IncomingCall incoming, CallRefusal refusal, HangupCause cause)
    {
        Room.Counters.Count(refusal);
        Room.Log.Refused(refusal, incoming.Entry, incoming.From, incoming.Called, cause);
        incoming.Caller.End(cause);
        return null;
    }
}
