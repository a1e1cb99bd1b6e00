using Mesh.Io;

namespace Mesh.Testing.BadNetwork;

/// <summary>What a series showed, in figures.</summary>
public sealed record SeriesFigures
{
    public required int Calls { get; init; }

    public required int SetUp { get; init; }

    /// <summary>Of the calls that were not set up: the endpoint took the far site for dead.</summary>
    public required int Refused { get; init; }

    /// <summary>Calls the far site was offered more than once, and calls nobody placed.</summary>
    public required int WrongOffers { get; init; }

    /// <summary>From placing the call until its caller hears that it rings. Milliseconds, sorted.</summary>
    public required IReadOnlyList<long> RingingMs { get; init; }

    /// <summary>From the lifted receiver until the caller hears it. Milliseconds, sorted.</summary>
    public required IReadOnlyList<long> AnswerMs { get; init; }

    public required long VoiceSaid { get; init; }

    public required long VoiceHeard { get; init; }

    /// <summary>Frames that got through the network and were not heard; -1 when nobody listened on the wire.</summary>
    public required long VoiceMissed { get; init; }

    /// <summary>Such frames of a far end that spoke before the news of its answer had got through.</summary>
    public required long VoiceEarly { get; init; }

    public required long OutOfOrder { get; init; }

    public required long Twice { get; init; }

    public required long WrongStamps { get; init; }

    /// <summary>Frames that would be played in another order than they were said.</summary>
    public required long Disordered { get; init; }

    /// <summary>Frames of other calls, or changed ones.</summary>
    public required long Foreign { get; init; }

    /// <summary>Full frames sent again by both sites.</summary>
    public required long Retransmissions { get; init; }

    public required long FullFrames { get; init; }

    public double SetUpShare => (double)SetUp / Calls;

    public static long Percentile(IReadOnlyList<long> sorted, double share) => sorted.Count == 0 ? -1 : sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)];

    public static SeriesFigures Of(CallSeries series, VoiceTap? tap)
    {
        var up = series.Calls.Where(c => c.IsSetUp).ToList();
        var unheard = tap is null ? [] : up.SelectMany(c => new[] { tap.Unheard(c.Caller, true, c.Called), tap.Unheard(c.Called, false, c.Caller) }).ToList();
        var talkers = up.SelectMany(c => new[] { c.Caller, c.Called }).ToList();
        return new SeriesFigures
        {
            Calls = series.Calls.Count,
            SetUp = up.Count,
            Refused = series.Calls.Count(c => c.RefusedWith != 0),
            WrongOffers = series.Calls.Count(c => c.Offered > 1) + series.Strangers,
            RingingMs = [.. series.Calls.Where(c => c.Caller.RingingAtMs > 0).Select(c => c.Caller.RingingAtMs - c.PlacedAtMs).Order()],
            AnswerMs = [.. up.Select(c => c.Caller.AnsweredAtMs - c.LiftedAtMs).Order()],
            VoiceSaid = talkers.Sum(t => (long)t.Said),
            VoiceHeard = talkers.Sum(t => (long)t.Heard.Count),
            VoiceMissed = tap is null ? -1 : unheard.Sum(u => (long)u.Missed),
            VoiceEarly = unheard.Sum(u => (long)u.Early),
            OutOfOrder = talkers.Sum(t => (long)t.OutOfOrder),
            Twice = talkers.Sum(t => (long)t.Twice),
            WrongStamps = talkers.Sum(t => (long)t.WrongStamps),
            Disordered = talkers.Sum(t => (long)t.Disordered),
            Foreign = series.Calls.Sum(c => (long)c.Caller.Foreign + c.Called.Foreign),
            Retransmissions = series.Sites.Near.Counters.Retransmissions + series.Sites.Far.Counters.Retransmissions,
            FullFrames = series.Sites.Near.Counters.FullSent + series.Sites.Far.Counters.FullSent,
        };
    }

    public override string ToString() =>
        $"{SetUp} of {Calls} set up ({Refused} refused, {WrongOffers} wrong offers); ringing {Row(RingingMs)}; answer {Row(AnswerMs)}; voice said {VoiceSaid} heard {VoiceHeard} "
        + $"missed {VoiceMissed} early {VoiceEarly} out of order {OutOfOrder} twice {Twice} wrong stamps {WrongStamps} disordered {Disordered} foreign {Foreign}; full frames {FullFrames}, again {Retransmissions}";

    private static string Row(IReadOnlyList<long> sorted) => $"p50 {Percentile(sorted, 0.5)} p99 {Percentile(sorted, 0.99)} max {(sorted.Count > 0 ? sorted[^1] : -1)} ms";
}
