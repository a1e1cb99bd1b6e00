using System.Globalization;

namespace Mesh.Host.Ladders.Export;

/// <summary>The sentences a ladder is told in, the same as text and as page.</summary>
public static class LadderWords
{
    /// <summary>What there is to know before reading it: sites that told nothing, clocks, gaps.</summary>
    public static IEnumerable<string> About(Ladder ladder)
    {
        foreach (var missing in ladder.Missing) yield return $"{missing.Site} did not tell: {missing.Why}. What only it saw is not here.";
        if (ladder.Clocks.Count > 1) yield return $"Times are by the clock of {ladder.Clocks[0].Site}.";
        foreach (var clock in ladder.Clocks.Where(c => c.ComparedWith.Length > 0))
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The clock of {clock.Site} is {Math.Abs(clock.AheadMicros)} us {(clock.AheadMicros < 0 ? "behind" : "ahead")}{(clock.UncertainMicros is { } error ? $", give or take {error} us" : ", at least")}: from {clock.Messages} messages both it and {clock.ComparedWith} recorded.");
        foreach (string note in ladder.Notes) yield return note + ".";
    }

    /// <summary>What follows a message's title.</summary>
    public static string Remarks(LadderMessage message)
    {
        string again = message is { IsRepeat: true, Iax: null } ? " (again)" : "", lost = message.IsLost ? ", lost on the way" : "";
        string delay = message.DelayMicros is { } micros ? string.Create(CultureInfo.InvariantCulture, $"  {micros} us") : "";
        return again + lost + delay;
    }

    /// <summary>One leg's voice.</summary>
    public static string Voice(Ladder ladder, LadderVoice voice)
    {
        var q = voice.Quality;
        double lost = q.Received + q.Lost == 0 ? 0 : 100.0 * q.Lost / (q.Received + q.Lost);
        string heard = string.Create(CultureInfo.InvariantCulture, $"{voice.Site} heard {ladder.Lanes[voice.Lane]} ({(voice.Protocol == "sip" ? "RTP" : "IAX2")}, {q.Codec}): {q.Received} packets, {q.Lost} lost ({lost:0.0} %), {q.Late} late or twice, jitter {q.JitterMs:0.0} ms; sent {q.Sent}");
        string trip = q.RoundTripMs is { } ms ? string.Create(CultureInfo.InvariantCulture, $", round trip {ms:0.0} ms") : "";
        string far = q.FarLost is { } missing ? string.Create(CultureInfo.InvariantCulture, $", of which it misses {missing}") : "";
        return heard + far + trip;
    }
}
