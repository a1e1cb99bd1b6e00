namespace Mesh.Iax2.Tests.Interop;

/// <summary>
/// What two of ours say in the situations of the captures, read by tshark, is what two Asterisks said: types, subclasses and elements in order, each direction for itself, but for
/// what <see cref="Deviations"/> lists. Acknowledgements are left out, since when one is needed depends on who is quicker; repetitions too.
/// </summary>
public class SameDissectionTests(LiveCapture capture) : IClassFixture<LiveCapture>
{
    /// <summary>A frame of theirs (after another, if it matters which), what we say instead, null for nothing, and why.</summary>
    private sealed record Deviation(string Theirs, string? Ours, string Reason)
    {
        public string? After { get; init; }

        public bool Fits(List<string> said, int at) => said[at] == Theirs && (After is null || (at > 0 && said[at - 1] == After));
    }

    private static readonly Deviation[] Deviations =
    [
        new("IAX NEW [1,6,8,9,10,11,12,31,38,39,40,45,52,54,55,56,57]", "IAX NEW [1,6,8,9,10,11,31,38,39,40,45,52,54,55,56,57]", "ADSICPE tells whether an analogue telephone has a screen; there is none here"),
        new("IAX NEW [1,6,8,9,10,11,12,31,38,39,40,43,45,52,54,55,56,57]", "IAX NEW [1,6,8,9,10,11,31,38,39,40,43,45,52,54,55,56,57]", "the same"),
        new("Control stop sounds", null, "it ends a tone the far end makes; we ask for none"),
        new("encrypted full frame of 52", null, "an RTKEY before the first voice, by its size: we send none to a peer unless configured") { After = "encrypted full frame of 36" },
        new("Trunk packet", null, "what waited in the trunk goes before HANGUP: who has forgotten the call may misread the rest") { After = "IAX HANGUP [42]" },
    ];

    public static TheoryData<string> Captures => [.. Situations.All.Select(situation => situation.Capture)];

    [Theory]
    [MemberData(nameof(Captures))]
    public void The_same_situation_dissects_alike(string name)
    {
        int number = Number(name);
        foreach (bool isFromCaller in (bool[])[true, false])
        {
            var theirs = Said(capture.Theirs, number, isFromCaller);
            var expected = theirs.Select((what, at) => Deviations.FirstOrDefault(one => one.Fits(theirs, at)) is { } known ? known.Ours : what).OfType<string>();
            Assert.Equal(expected, Said(capture.Ours, number, isFromCaller));
        }
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void Nothing_is_malformed(string name)
    {
        int number = Number(name);
        var situation = Situations.All[number];
        var frames = capture.Ours.Where(frame => frame.Situation == number && !frame.IsRetransmission).ToList();
        Assert.NotEmpty(frames);
        if (situation.IsEncrypted) frames = [.. frames.TakeWhile(frame => !frame.What.StartsWith("IAX AUTHREQ", StringComparison.Ordinal))];
        Assert.All(frames, frame => Assert.True(!frame.IsMalformed || (frame.IsTrunk && situation.HasMalformedTrunk), frame.What));
        if (situation.HasMalformedTrunk) Assert.Contains(capture.Theirs, frame => frame.Situation == number && frame is { IsTrunk: true, IsMalformed: true });
    }

    [Fact]
    public void Every_deviation_listed_is_one()
    {
        var theirs = Everything(capture.Theirs);
        var ours = Everything(capture.Ours);
        foreach (var deviation in Deviations)
        {
            Assert.NotEmpty(deviation.Reason);
            Assert.Contains(theirs, said => Enumerable.Range(0, said.Count).Any(at => deviation.Fits(said, at)));
            Assert.DoesNotContain(ours, said => Enumerable.Range(0, said.Count).Any(at => deviation.Fits(said, at)));
        }
    }

    private static List<List<string>> Everything(IReadOnlyList<DissectedFrame> frames) =>
        [.. Enumerable.Range(0, Situations.All.Count).SelectMany(number => (List<string>[])[Said(frames, number, true), Said(frames, number, false)])];

    private static int Number(string name) => Situations.All.Select((situation, at) => (situation, at)).Single(both => both.situation.Capture == name).at;

    /// <summary>One direction's words; voice that goes on, and what is encrypted alike, once.</summary>
    private static List<string> Said(IReadOnlyList<DissectedFrame> frames, int number, bool isFromCaller)
    {
        var said = new List<string>();
        bool isHidden = false;
        foreach (var frame in frames.Where(frame => frame.Situation == number && !frame.IsRetransmission))
        {
            if (frame.IsFromCaller == isFromCaller)
            {
                // The length is all there is to see: the answer's, ACCEPT's, that of voice, and of whatever says nothing but what it is.
                string what = isHidden ? $"encrypted {(frame.IsMini ? "mini" : "full")} frame of {frame.Length}" : frame.What;
                bool goesOn = isHidden || frame.IsMini || frame.IsTrunk;
                if (what != "IAX ACK" && !(goesOn && said.LastOrDefault() == what)) said.Add(what);
            }
            isHidden |= Situations.All[number].IsEncrypted && frame.What.StartsWith("IAX AUTHREQ", StringComparison.Ordinal);
        }
        return said;
    }
}
