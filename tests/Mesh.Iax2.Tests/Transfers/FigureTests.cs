using Mesh.Iax2.Transfers;

namespace Mesh.Iax2.Tests.Transfers;

/// <summary>Every (state, input) of the two figures of a transfer.</summary>
public class FigureTests
{
    private static readonly LegTransferState[] LegStates = Enum.GetValues<LegTransferState>();
    private static readonly LegTransferInput[] LegInputs = Enum.GetValues<LegTransferInput>();
    private static readonly BridgeTransferState[] BridgeStates = Enum.GetValues<BridgeTransferState>();
    private static readonly BridgeTransferInput[] BridgeInputs = Enum.GetValues<BridgeTransferInput>();

    [Fact]
    public void An_end_switches_only_when_it_said_that_it_is_ready_and_was_released()
    {
        foreach (var state in LegStates)
            foreach (var input in LegInputs)
            {
                var (next, actions) = LegTransfer.Step(state, input);
                bool released = state == LegTransferState.Ready && input is LegTransferInput.Released or LegTransferInput.Spoken && state == LegTransferState.Ready;
                Assert.Equal(released, actions.HasFlag(LegTransferActions.Switch));
                Assert.Equal(state == LegTransferState.Connecting && input == LegTransferInput.Accepted, actions.HasFlag(LegTransferActions.SendReady));
                // What began ends in exactly one of two ways.
                bool stops = state != LegTransferState.Idle && next == LegTransferState.Idle;
                Assert.Equal(stops, (actions & (LegTransferActions.Switch | LegTransferActions.Forget)) is LegTransferActions.Switch or LegTransferActions.Forget);
                Assert.Equal(state == LegTransferState.Idle && input == LegTransferInput.Asked, actions.HasFlag(LegTransferActions.SendConnect));
            }
    }

    [Fact]
    public void An_end_answers_TXCNT_only_while_it_is_asked_to_transfer()
    {
        foreach (var state in LegStates)
            Assert.Equal(state != LegTransferState.Idle, LegTransfer.Step(state, LegTransferInput.Contacted).Actions == LegTransferActions.SendAccept);
    }

    [Fact]
    public void Whoever_is_idle_does_nothing_but_answer_a_request()
    {
        foreach (var input in LegInputs)
            if (input is not (LegTransferInput.Asked or LegTransferInput.AskedAmiss))
                Assert.Equal((LegTransferState.Idle, LegTransferActions.Nothing), LegTransfer.Step(LegTransferState.Idle, input));
        Assert.Equal((LegTransferState.Idle, LegTransferActions.SendReject), LegTransfer.Step(LegTransferState.Idle, LegTransferInput.AskedAmiss));
    }

    [Fact]
    public void Every_end_that_gives_up_by_itself_tells_the_middle_so()
    {
        foreach (var state in (LegTransferState[])[LegTransferState.Connecting, LegTransferState.Ready])
            foreach (var input in LegInputs)
            {
                var (_, actions) = LegTransfer.Step(state, input);
                bool middleKnows = input is LegTransferInput.Rejected or LegTransferInput.Ended;
                if (actions.HasFlag(LegTransferActions.Forget)) Assert.Equal(!middleKnows, actions.HasFlag(LegTransferActions.SendReject));
            }
    }

    [Fact]
    public void The_middle_releases_both_once_both_are_ready_and_only_then()
    {
        foreach (var state in BridgeStates)
            foreach (var input in BridgeInputs)
            {
                var (next, actions) = BridgeTransfer.Step(state, input);
                bool both = (state, input) is (BridgeTransferState.FirstReady, BridgeTransferInput.SecondIsReady) or (BridgeTransferState.SecondReady, BridgeTransferInput.FirstIsReady);
                Assert.Equal(both, actions.HasFlag(BridgeTransferActions.SendRelease));
                Assert.Equal(both, state < BridgeTransferState.Releasing && next == BridgeTransferState.Releasing);
                Assert.True(next >= state, $"{state} {input} goes back to {next}");
                Assert.Equal(state != BridgeTransferState.Left && next == BridgeTransferState.Left, actions.HasFlag(BridgeTransferActions.Leave));
                Assert.Equal(state != BridgeTransferState.Failed && next == BridgeTransferState.Failed, actions.HasFlag(BridgeTransferActions.TellFailed));
                if (state is BridgeTransferState.Left or BridgeTransferState.Failed) Assert.Equal((state, BridgeTransferActions.Nothing), (next, actions));
            }
    }

    [Fact]
    public void Before_TXREL_a_failure_costs_nobody_the_call_and_after_it_nobody_is_left_alone()
    {
        foreach (var state in BridgeStates)
            foreach (var input in BridgeInputs)
            {
                var (next, actions) = BridgeTransfer.Step(state, input);
                if (next != BridgeTransferState.Failed || state == BridgeTransferState.Failed) continue;
                bool released = state >= BridgeTransferState.Releasing;
                var toFirst = released ? BridgeTransferActions.HangupFirst : BridgeTransferActions.RejectFirst;
                var toSecond = released ? BridgeTransferActions.HangupSecond : BridgeTransferActions.RejectSecond;
                // The one that said no, or is gone, needs to hear nothing; after TXREL even the one that said no is ended.
                if (input is not (BridgeTransferInput.FirstEnded or BridgeTransferInput.FirstRejects)) Assert.True(actions.HasFlag(toFirst), $"{state} {input}");
                if (input is not (BridgeTransferInput.SecondEnded or BridgeTransferInput.SecondRejects)) Assert.True(actions.HasFlag(toSecond), $"{state} {input}");
                var other = released ? BridgeTransferActions.RejectFirst | BridgeTransferActions.RejectSecond : BridgeTransferActions.HangupFirst | BridgeTransferActions.HangupSecond;
                Assert.True((actions & other) == 0, $"{state} {input}");
            }
    }

    [Fact]
    public void Both_figures_come_to_an_end_whatever_happens()
    {
        foreach (var state in LegStates) Assert.Equal(LegTransferState.Idle, LegTransfer.Step(state, LegTransferInput.Late).State);
        foreach (var state in BridgeStates)
            Assert.True(BridgeTransfer.Step(state, BridgeTransferInput.Late).State is BridgeTransferState.Left or BridgeTransferState.Failed, $"{state}");
    }
}
