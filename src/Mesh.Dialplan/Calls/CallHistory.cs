namespace Mesh.Dialplan.Calls;

/// <summary>What a call's record will say, gathered while it lasts.</summary>
internal sealed class CallHistory(DateTimeOffset started)
{
    private readonly List<string> legs = [], rang = [];
    private string winner = "";

    public DateTimeOffset Started { get; } = started;

    public DateTimeOffset? Answered { get; set; }

    /// <summary>When this site left it to its neighbours.</summary>
    public DateTimeOffset? Left { get; set; }

    /// <summary>Said in place of the plan.</summary>
    public Announcement? Announcement { get; set; }

    /// <summary>Why it ended; <see cref="HangupCause.None"/> while it lasts.</summary>
    public HangupCause Cause { get; private set; }

    /// <summary>A fork is over.</summary>
    public void Add(Fork fork)
    {
        foreach (var leg in fork.Legs)
        {
            legs.Add(leg.Spelling);
            if (leg.HasRung) rang.Add(leg.Spelling);
        }
        if (fork.Winner is { } answered) winner = answered.Spelling;
    }

    public CallRecord Close(LiveCall call, Admission admission, HangupCause cause)
    {
        Cause = cause;
        var audio = call.Incoming.Caller.Audio?.Counters;
        return new CallRecord
        {
            OriginId = call.OriginId,
            CallId = call.Id,
            Site = call.Room.Site,
            Entry = call.Incoming.Entry,
            From = call.Incoming.From,
            CallerNumber = call.Incoming.CallerId.Number,
            Called = call.Incoming.Called,
            Admission = admission.Kind,
            Hop = admission.Branch?.Hop?.SignedPart() ?? "",
            Started = Started,
            Answered = Answered,
            Ended = Left ?? call.Room.Loop.Clock.UtcNow,
            Cause = cause,
            Left = Left,
            Sorry = Announcement?.Switch ?? "",
            Legs = legs,
            Rang = rang,
            Winner = winner,
            PacketsFromCaller = audio?.PacketsReceived ?? 0,
            PacketsToCaller = audio?.PacketsSent ?? 0,
        };
    }
}
