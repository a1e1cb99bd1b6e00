namespace Mesh.Interop.Tests;

/// <summary>What the legs that lose are told, as tshark reads it off the wire.</summary>
[Collection(Alone.Name)]
public sealed class AnsweredElsewhereTests
{
    private const string Net = "127.37.0";

    [Fact]
    public async Task Losers_get_the_reason_on_SIP_and_cause_26_on_IAX2_and_everything_dissects()
    {
        Referee.Require(Tshark.Path, "tshark");
        Referee.Require(Sipp.Path, "sip-tester");
        var scenarios = Scenario.Load();
        await using var sites = new FourSites(Net, ScenarioPlan.For(scenarios));
        await sites.StartAsync();
        using var capture = await Tshark.StartAsync(sites.Folder, Net);
        var run = new ScenarioRun(sites);
        foreach (string name in (string[])["losing-phones-are-told", "caller-cancels-while-ringing"])
        {
            var verdict = await run.PlayAsync(scenarios.Single(s => s.Name == name));
            Assert.True(verdict.Passed, verdict.Why);
        }
        await capture.StopAsync();

        // The office's phone was ringing when London's answered: its leg is ended with 26; a call the caller gives up is not.
        var causes = capture.Rows("iax2.iax.subclass == 5", "ip.src", "ip.dst", "iax2.iax.causecode");
        Assert.Contains(causes, row => row[0] == sites.Host("london") && row[1] == sites.Host("office") && row[2] is "26" or "0x1a");
        Assert.Contains(causes, row => row[0] == sites.Host("london") && row[1] == sites.Host("manchester") && row[2] is "16" or "0x10");
        Assert.Equal(2, capture.Rows("sip.Method == CANCEL && sip.Reason contains \"Call completed elsewhere\"", "sip.Call-ID").Select(r => r[0]).Distinct().Count());
        Assert.Empty(capture.Rows("_ws.malformed", "frame.number", "_ws.col.Info"));
    }
}
