namespace Mesh.Iax2.Tests.Support;

/// <summary>One random play of two hosts and up to four calls between them, with what must hold of it.</summary>
/// <param name="Commands">Each is one act of one host: the remainder by <see cref="Acts"/> says which, the rest which call and how long afterwards.</param>
internal sealed record CallPlay(int Seed, int LossPercent, int DuplicationPercent, int ReorderingPercent, int LatencyMs, int[] Commands)
{
    private const int Acts = 14, MaxCalls = 4;
    private const string Keys = "0123456789ABCD*#";
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(75);

    private readonly List<Leg> placed = [], received = [];

    /// <summary>One side of a call, and what its host did and heard.</summary>
    private sealed record Leg(string Id, IaxCall Call, CallLog Log, IaxSite Site)
    {
        public bool EndedByHost { get; set; }
        public bool AnsweredByHost { get; set; }
        public string Keys { get; set; } = "";
        public bool MayTalk => Call is OutgoingIaxCall { State: OutgoingCallState.Linked or OutgoingCallState.Up } or IncomingIaxCall { State: IncomingCallState.Linked or IncomingCallState.Up };
    }

    public void Run()
    {
        var bad = new Impairment
        {
            Loss = LossPercent / 100.0, Duplication = DuplicationPercent / 100.0, Reordering = ReorderingPercent / 100.0, ReorderBy = TimeSpan.FromMilliseconds(2 * LatencyMs),
            Latency = TimeSpan.FromMilliseconds(LatencyMs), Jitter = TimeSpan.FromMilliseconds(LatencyMs / 2),
        };
        using var pair = new IaxPair((ulong)Seed, bad);
        pair.Manchester.Answering = call => received.Add(new Leg(call.Variables.Single().Value, call, pair.Manchester.ReceivedLogs[^1], pair.Manchester));
        foreach (int command in Commands)
        {
            Act(pair, command % Acts, command / Acts);
            pair.Run(command / Acts % 100 * 0.001);
        }

        pair.World.Wire.Default = Impairment.None with { Latency = TimeSpan.FromMilliseconds(LatencyMs) };
        pair.World.RunFor(Quiet);
        Assert.Empty(pair.World.Faults);
        Assert.True(pair.Until(() => placed.Concat(received).All(leg => leg.Call.IsOver || leg.Call.Unacknowledged == 0), 5), "something of a call that goes on is never acknowledged");
        Assert.Equal(received.Count, received.Select(leg => leg.Id).Distinct().Count());
        foreach (var near in placed) AssertAgreement(near, received.Find(leg => leg.Id == near.Id));

        foreach (var leg in placed) End(leg, CauseCode.NormalClearing);
        pair.World.RunFor(Quiet);
        foreach (var leg in (Leg[])[.. placed, .. received]) AssertToldOnce(leg, isOver: true);
        pair.AssertNothingLeft();
    }

    public override string ToString() =>
        $"seed {Seed}, loss {LossPercent} %, duplication {DuplicationPercent} %, reordering {ReorderingPercent} %, latency {LatencyMs} ms, commands [{string.Join(", ", Commands)}]";

    private void Act(IaxPair pair, int act, int detail)
    {
        if (act <= 1) { if (placed.Count < MaxCalls) Place(pair); return; }
        if (act == 2) { pair.Run(detail % 3_000 * 0.001); return; }
        var side = act is 3 or 4 or 5 ? placed : received;
        if (side.Count == 0) return;
        var leg = side[detail % side.Count];
        var incoming = leg.Call as IncomingIaxCall;
        leg.Site.Loop.Invoke(() =>
        {
            switch (act)
            {
                case 3 or 6: End(leg, CauseCode.UserBusy); break;
                case 4 or 7: Press(leg); break;
                case 5 or 8: if (leg.MayTalk) { leg.Call.SendText("hello"); leg.Call.SendHold(detail % 2 == 0); } break;
                case 9: incoming!.Accept(VoiceFormat.Alaw); break;
                case 10: incoming!.Ringing(); break;
                case 11: incoming!.Progress(); break;
                case 12: incoming!.Answer(); leg.AnsweredByHost = true; break;
                default: if (detail % 8 == 0) incoming!.Busy(); else incoming!.Proceeding(); break;
            }
        });
    }

    private void Place(IaxPair pair)
    {
        string id = placed.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (call, log, _) = pair.London.Place("manchester", new NewCallOptions { CalledNumber = "301", Variables = [new("ID", id)] });
        placed.Add(new Leg(id, call, log, pair.London));
    }

    private static void End(Leg leg, CauseCode cause)
    {
        leg.EndedByHost |= !leg.Call.IsOver;
        leg.Site.Loop.Invoke(() => leg.Call.Hangup(cause));
        Assert.True(leg.Call.IsOver);
    }

    private static void Press(Leg leg)
    {
        if (!leg.MayTalk) return;
        char key = Keys[leg.Keys.Length % Keys.Length];
        leg.Call.SendDigit(key, false);
        leg.Call.SendDigit(key, true);
        leg.Keys += key;
    }

    private static void AssertAgreement(Leg near, Leg? far)
    {
        AssertToldOnce(near, near.Call.IsOver);
        if (far is null)
        {
            Assert.True(near.Call.IsOver, "a call that never arrived still waits");
            Assert.Empty(near.Log.Digits);
            return;
        }
        AssertToldOnce(far, far.Call.IsOver);
        Assert.Equal(near.Call.IsOver, far.Call.IsOver);
        Assert.Equal(near.Call.IsUp, far.Call.IsUp);
        if (near.Call.IsUp) Assert.True(far.AnsweredByHost);
        if (near.Log.Events.Contains("answered")) Assert.True(far.AnsweredByHost);
        if (near.Call.Format != VoiceFormat.None) Assert.Equal(near.Call.Format, far.Call.Format);
        bool isWhole = !near.Call.IsOver;
        AssertKeys(near.Keys, far.Log, isWhole);
        AssertKeys(far.Keys, near.Log, isWhole);
    }

    /// <summary>In order, each once; all of them when the call still is.</summary>
    private static void AssertKeys(string pressed, CallLog heard, bool isWhole)
    {
        Assert.StartsWith(heard.Digits, pressed);
        if (isWhole) Assert.Equal(pressed, heard.Digits);
    }

    /// <summary>At most one answer and at most one ACCEPT; an end is told exactly once, unless the host itself made it; and it is the last that is told.</summary>
    private static void AssertToldOnce(Leg leg, bool isOver)
    {
        Assert.InRange(leg.Log.Events.Count(line => line == "answered"), 0, 1);
        Assert.InRange(leg.Log.Events.Count(line => line.StartsWith("accepted", StringComparison.Ordinal)), 0, 1);
        int ends = leg.Log.Events.Count(line => line.StartsWith("hangup", StringComparison.Ordinal));
        Assert.Equal(isOver && !leg.EndedByHost ? 1 : 0, ends);
        if (ends == 1) Assert.StartsWith("hangup", leg.Log.Events[^1]);
    }
}
