namespace Mesh.Interop.Tests;

/// <summary>The four sites the SIPp scenarios run on, started once.</summary>
public sealed class ScenarioSites : IAsyncLifetime
{
    public FourSites Sites { get; } = new("127.31.0", ScenarioPlan.For(Scenario.Load()));

    internal ScenarioRun Run { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Referee.Require(Sipp.Path, "sip-tester");
        Run = new ScenarioRun(Sites);
        await Sites.StartAsync();
    }

    public async Task DisposeAsync() => await Sites.DisposeAsync();
}

/// <summary>Every row of <c>sipp-scenarios/scenarios.yaml</c>: SIPp plays the carrier and the desk phones.</summary>
[Collection(Alone.Name)]
public class SippScenarioTests(ScenarioSites fixture) : IClassFixture<ScenarioSites>
{
    public static TheoryData<string> Names => [.. Scenario.Load().Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SIPp_sees_what_the_scenario_states(string name)
    {
        var verdict = await fixture.Run.PlayAsync(Scenario.Load().Single(s => s.Name == name));
        Assert.True(verdict.Passed, $"{verdict.Why}\n{fixture.Sites.Logs()}");
    }
}
