using Mesh.Dialplan.Calls;
using Xunit;
using static Mesh.Dialplan.Calls.LegAct;
using static Mesh.Dialplan.Calls.LegEvent;
using static Mesh.Dialplan.Calls.LegState;

namespace Mesh.Dialplan.Tests.Calls;

public sealed class LegFigureTests
{
    /// <summary>Every pair that does something; all others leave the leg where it is.</summary>
    private static readonly Dictionary<(LegState, LegEvent), (LegState, LegAct)> Figure = new()
    {
        [(Started, LegEvent.Trying)] = (LegState.Trying, Nothing),
        [(Started, LegEvent.Ringing)] = (LegState.Ringing, Ring),
        [(Started, LegEvent.EarlyMedia)] = (LegState.EarlyMedia, PassOn),
        [(Started, LegEvent.Answered)] = (LegState.Answered, Claim),
        [(Started, Failed)] = (Over, LoseUnheard),
        [(Started, Ended)] = (Over, LoseUnheard),
        [(Started, Diverted)] = (Over, Divert),
        [(Started, Silent)] = (Over, Strike),
        [(LegState.Trying, LegEvent.Ringing)] = (LegState.Ringing, Ring),
        [(LegState.Trying, LegEvent.EarlyMedia)] = (LegState.EarlyMedia, PassOn),
        [(LegState.Trying, LegEvent.Answered)] = (LegState.Answered, Claim),
        [(LegState.Trying, Failed)] = (Over, Lose),
        [(LegState.Trying, Ended)] = (Over, Lose),
        [(LegState.Trying, Diverted)] = (Over, Divert),
        [(LegState.Ringing, LegEvent.EarlyMedia)] = (LegState.EarlyMedia, PassOn),
        [(LegState.Ringing, LegEvent.Answered)] = (LegState.Answered, Claim),
        [(LegState.Ringing, Failed)] = (Over, Lose),
        [(LegState.Ringing, Ended)] = (Over, Lose),
        [(LegState.Ringing, Diverted)] = (Over, Divert),
        [(LegState.EarlyMedia, LegEvent.Answered)] = (LegState.Answered, Claim),
        [(LegState.EarlyMedia, Failed)] = (Over, Lose),
        [(LegState.EarlyMedia, Ended)] = (Over, Lose),
        [(LegState.EarlyMedia, Diverted)] = (Over, Divert),
        [(LegState.Answered, Failed)] = (Over, HangUp),
        [(LegState.Answered, Ended)] = (Over, HangUp),
        [(Over, LegEvent.Answered)] = (Over, EndAgain),
    };

    [Fact]
    public void Every_state_meets_every_event()
    {
        foreach (var state in Enum.GetValues<LegState>())
            foreach (var e in Enum.GetValues<LegEvent>())
                Assert.Equal(Figure.GetValueOrDefault((state, e), (state, Nothing)), LegFigure.Step(state, e));
    }

    [Fact]
    public void A_leg_that_is_over_stays_over_and_claims_nothing()
    {
        foreach (var e in Enum.GetValues<LegEvent>())
        {
            var (state, act) = LegFigure.Step(Over, e);
            Assert.Equal(Over, state);
            Assert.NotEqual(Claim, act);
        }
    }
}
