using Mesh.Dialplan.Calls;

namespace Mesh.Dialplan.Tests.Calls;

/// <summary>Which traces are kept, and whose room a new one has.</summary>
public class CallTracesTests
{
    [Fact]
    public void A_forgotten_trace_gives_its_room_once_its_call_is_over_and_nobody_holds_it()
    {
        var traces = new CallTraces(2);
        var (held, live, over) = (Begin(traces, "1"), Begin(traces, "2"), Begin(traces, "3"));
        held.IsHeld = true;
        held.Close();
        Begin(traces, "4");
        over.Close();
        Begin(traces, "5");
        // Forgotten are 1, 2 and 3: held, not over, and nobody's any more.
        Assert.Equal([1, 1, 0], new[] { held, live, over }.Select(t => t.Lines.Count));
        held.IsHeld = false;
        Assert.Empty(held.Lines);
        live.Add(0, "goes on");
        live.Close();
        Assert.Empty(live.Lines);
        live.Add(0, "too late");
        Assert.Equal((0, 1), (live.Count, live.Dropped));
    }

    [Fact]
    public void A_new_trace_begins_empty_and_what_is_kept_stays_as_it_was()
    {
        var traces = new CallTraces(3);
        for (int i = 0; i < 50; i++)
        {
            var trace = Begin(traces, $"{i}");
            trace.Add(2_000, new string((char)('a' + i % 26), 10 * i));
            trace.Close();
            Assert.All(traces.All, t => Assert.Equal($"begin {t.CallId}", t.Lines[0].Text));
            Assert.All(traces.All, t => Assert.Equal((10 * int.Parse(t.CallId), 2), (t.Lines[1].Text.Length, t.Count)));
        }
    }

    private static CallTrace Begin(CallTraces traces, string id)
    {
        var trace = traces.Begin(id, $"o{id}", 0, 10);
        trace.Add(1_000, $"begin {id}");
        return trace;
    }
}
