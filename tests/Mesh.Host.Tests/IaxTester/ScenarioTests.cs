using Mesh.Host.Config.Text;
using Mesh.Host.IaxTester.Raw;
using Mesh.Host.IaxTester.Scenario;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.Tests.IaxTester;

public class ScenarioTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "examples/iax-scenarios");

    public static TheoryData<string> Shipped => [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(f => Path.GetFileName(f)!).Order()];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void The_scenarios_we_ship_pass_against_our_endpoint(string file)
    {
        var (passed, results) = Play(File.ReadAllText(Path.Combine(Folder, file)));
        Assert.True(passed, string.Join('\n', results));
    }

    [Fact]
    public void There_are_scenarios_to_begin_with() => Assert.InRange(Shipped.Count, 6, 100);

    [Fact]
    public void A_frame_that_does_not_come_fails_at_its_place()
    {
        var (passed, results) = Play("steps:\n  - send: POKE\n  - expect: ACCEPT\n    within: 300ms\n  - pause: 1s\n");
        Assert.False(passed);
        var last = results[^1];
        Assert.Equal(("test.yaml:3:5", "expect ACCEPT", "failed"), (last.Place, last.Step, last.Result));
        Assert.Equal("it did not come within 300 ms; PONG came", last.Detail);
    }

    [Fact]
    public void A_frame_that_is_otherwise_is_named()
    {
        var (passed, results) = Play("steps:\n  - send: POKE\n    header: { ts: 5 }\n  - expect: PONG\n    header: { ts: 6 }\n    within: 300ms\n");
        Assert.False(passed);
        Assert.Contains("but its ts is 5", results[^1].Detail);
    }

    [Fact]
    public void What_was_captured_can_be_sent_and_matched()
    {
        var (passed, results) = Play("""
            steps:
              - set: { stamp: 4711 }
              - send: POKE
                header: { ts: "${stamp}" }
              - expect: PONG
                header: { ts: capture echoed, destination: "${source}" }
              - send: POKE
                header: { ts: "${echoed}", oseqno: 0 }
              - expect: PONG
                header: { ts: "4711" }
            """);
        Assert.True(passed, string.Join('\n', results));
    }

    [Fact]
    public void Without_manners_nothing_is_acknowledged_and_repetitions_are_seen()
    {
        var (passed, results) = Play("""
            steps:
              - manners: { acknowledge: no, show-repetitions: yes }
              - send: NEW
                elements: { VERSION: 2, CALLED_NUMBER: 600, USERNAME: tester, FORMAT: ulaw, CAPABILITY: ulaw|alaw, CALLTOKEN: "" }
              - expect: CALLTOKEN
                elements: { CALLTOKEN: { capture: token } }
              - restart: yes
              - send: NEW
                elements:
                  - { VERSION: 2, CALLED_NUMBER: 600, USERNAME: tester, FORMAT: ulaw, CAPABILITY: ulaw|alaw }
                  - { VARIABLE: "a=1" }
                  - { VARIABLE: "b=2", CALLTOKEN: "${token}" }
              - expect: AUTHREQ
              - expect: AUTHREQ
                header: { repetition: yes }
                within: 4s
            """);
        Assert.True(passed, string.Join('\n', results));
    }

    [Theory]
    [InlineData("steps: 5\n", 1, 8, "'steps' is a list")]
    [InlineData("steps:\n  - sned: NEW\n", 2, 5, "'sned' is no step (did you mean 'send'?)")]
    [InlineData("steps:\n  - send: NEWW\n", 2, 11, "there is no frame 'NEWW' (did you mean 'NEW'?)")]
    [InlineData("steps:\n  - send: NEW\n    elements: { VERSON: 2 }\n", 3, 17, "there is no element 'VERSON' (did you mean 'VERSION'?)")]
    [InlineData("steps:\n  - send: NEW\n    elements: { VERSION: two }\n", 3, 26, "VERSION: a number of 16 bits is expected")]
    [InlineData("steps:\n  - send: NEW\n    elements: { FORMAT: ulow }\n", 3, 25, "FORMAT: media formats are expected, ulaw|alaw, or a number")]
    [InlineData("steps:\n  - expect: PONG\n    within: soon\n", 3, 13, "'within': a time with its unit is expected, as in 250ms, 2s or 3m")]
    [InlineData("steps:\n  - expect: PONG\n    wihtin: 2s\n", 3, 5, "'wihtin' means nothing here")]
    [InlineData("steps:\n  - send: NEW\n    expect: PONG\n", 2, 5, "one step does one thing, not send and expect")]
    [InlineData("steps:\n  - impair: dorp=5%\n", 2, 13, "there is no impairment 'dorp'")]
    [InlineData("steps:\n  - send-raw: 81x\n", 2, 15, "hexadecimal digits")]
    [InlineData("steps:\n  - expect: PONG\n    elements: { CAUSE: { matches: '(' } }\n", 3, 35, "'(' is no regular expression")]
    [InlineData("steps:\n  - repeat: 0\n    steps: []\n", 2, 13, "'repeat' is a number from 1 to 100000")]
    [InlineData("steps: []\nsteps: []\n", 2, 1, "the key 'steps' is here twice")]
    public void A_mistake_has_line_and_column(string text, int line, int column, string says)
    {
        var problems = new ConfigProblems();
        Assert.Null(ScenarioReader.Read(new StringReader(text), "test.yaml", problems));
        var first = problems.Sorted()[0];
        Assert.Contains(says, first.ToString());
        Assert.Equal((line, column), (first.Source.Line, first.Source.Column));
    }

    private static (bool Passed, IReadOnlyList<StepResult> Results) Play(string text)
    {
        var problems = new ConfigProblems();
        var file = ScenarioReader.Read(new StringReader(text), "test.yaml", problems);
        Assert.True(file is not null, string.Join('\n', problems.Sorted()));
        using var world = new ConformWorld();
        using var run = new ScenarioRun(world.Loop, world.Target, file, () => world.Loop.Bind(NetAddress.Parse("10.0.0.2:0"), null, DatagramSocketOptions.Signalling), VoiceFormat.Ulaw);
        run.Variables["user"] = ConformWorld.User;
        run.Variables["secret"] = ConformWorld.Secret;
        var played = LoopWork.Run(world.Loop, () => run.RunAsync());
        Assert.True(world.World.RunUntil(() => played.IsCompleted, TimeSpan.FromMinutes(5)));
        Assert.Empty(world.World.Faults);
        return (played.GetAwaiter().GetResult(), run.Results);
    }
}
