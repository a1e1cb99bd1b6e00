namespace Mesh.Iax2.Tests.Calls;

/// <summary>Every (state, input) of the three figures.</summary>
public class FigureTests
{
    private static readonly OutgoingCallState[] OutgoingStates = Enum.GetValues<OutgoingCallState>();
    private static readonly IncomingCallState[] IncomingStates = Enum.GetValues<IncomingCallState>();

    [Fact]
    public void An_outgoing_call_tells_its_end_once_and_only_when_the_host_did_not_ask_for_it()
    {
        foreach (var state in OutgoingStates)
            foreach (var input in Enum.GetValues<OutgoingCallInput>())
            {
                var (next, actions) = OutgoingCall.Step(state, input);
                bool over = state is OutgoingCallState.Ending or OutgoingCallState.Dead;
                bool overNext = next is OutgoingCallState.Ending or OutgoingCallState.Dead;
                Assert.Equal(!over && overNext && input is not (OutgoingCallInput.HostEnds or OutgoingCallInput.Departed), actions.HasFlag(OutgoingCallActions.TellEnded));
                Assert.Equal(state != OutgoingCallState.Dead && next == OutgoingCallState.Dead, actions.HasFlag(OutgoingCallActions.Destroy));
                Assert.Equal(!over && next == OutgoingCallState.Ending, (actions & (OutgoingCallActions.SendHangup | OutgoingCallActions.SendReject)) != 0);
                Assert.True(next >= state, $"{state} {input} goes back to {next}");
                if (over) Assert.True((actions & ~OutgoingCallActions.Destroy) == 0);
            }
    }

    [Fact]
    public void An_incoming_call_tells_its_end_only_to_a_host_that_knows_it()
    {
        foreach (var state in IncomingStates)
            foreach (var input in Enum.GetValues<IncomingCallInput>())
            {
                var (next, actions) = IncomingCall.Step(state, input);
                bool over = state is IncomingCallState.Ending or IncomingCallState.Dead;
                bool overNext = next is IncomingCallState.Ending or IncomingCallState.Dead;
                bool known = state is IncomingCallState.Offered or IncomingCallState.Dialled or IncomingCallState.Linked or IncomingCallState.Up;
                Assert.Equal(known && overNext && input is not (IncomingCallInput.HostEnds or IncomingCallInput.Departed), actions.HasFlag(IncomingCallActions.TellEnded));
                Assert.Equal(state != IncomingCallState.Dead && next == IncomingCallState.Dead, actions.HasFlag(IncomingCallActions.Destroy));
                Assert.Equal(!over && next == IncomingCallState.Ending, (actions & (IncomingCallActions.SendHangup | IncomingCallActions.SendReject)) != 0);
                Assert.Equal((state == IncomingCallState.Offered && next is IncomingCallState.Linked or IncomingCallState.Up && state == IncomingCallState.Offered)
                    || (state == IncomingCallState.Challenged && next == IncomingCallState.Collecting),
                    actions.HasFlag(IncomingCallActions.SendAccept));
                Assert.True(next >= state, $"{state} {input} goes back to {next}");
                if (over) Assert.True((actions & ~IncomingCallActions.Destroy) == 0);
            }
    }

    [Fact]
    public void Whatever_happened_a_call_can_be_ended()
    {
        Assert.All(OutgoingStates, state =>
            Assert.Equal(OutgoingCallState.Dead, OutgoingCall.Step(OutgoingCall.Step(state, OutgoingCallInput.HostEnds).State, OutgoingCallInput.Settled).State));
        Assert.All(IncomingStates, state =>
            Assert.Equal(IncomingCallState.Dead, IncomingCall.Step(IncomingCall.Step(state, IncomingCallInput.HostEnds).State, IncomingCallInput.Settled).State));
    }

    [Theory]
    [InlineData(OutgoingCallState.Waiting, OutgoingCallInput.Ringing)]
    [InlineData(OutgoingCallState.Waiting, OutgoingCallInput.Answered)]
    [InlineData(OutgoingCallState.Authenticating, OutgoingCallInput.TokenDemanded)]
    [InlineData(OutgoingCallState.Authenticating, OutgoingCallInput.Challenged)]
    [InlineData(OutgoingCallState.Linked, OutgoingCallInput.Accepted)]
    [InlineData(OutgoingCallState.Up, OutgoingCallInput.Answered)]
    [InlineData(OutgoingCallState.Up, OutgoingCallInput.Ringing)]
    public void What_comes_at_the_wrong_time_changes_nothing(OutgoingCallState state, OutgoingCallInput input) =>
        Assert.Equal((state, OutgoingCallActions.Nothing), OutgoingCall.Step(state, input));

    [Fact]
    public void A_registration_ends_its_exchange_whenever_it_stops_asking()
    {
        foreach (var state in Enum.GetValues<RegistrationState>())
            foreach (var input in Enum.GetValues<RegistrationInput>())
            {
                var (next, actions) = Registration.Step(state, input);
                bool asks = state is RegistrationState.Requested or RegistrationState.Answered or RegistrationState.Releasing;
                bool asksNext = next is RegistrationState.Requested or RegistrationState.Answered or RegistrationState.Releasing;
                if (asks && !asksNext) Assert.True(actions.HasFlag(RegistrationActions.Close), $"{state} {input}");
                if (!asks && asksNext) Assert.True((actions & (RegistrationActions.SendRequest | RegistrationActions.SendRelease)) != 0, $"{state} {input}");
                var timers = RegistrationActions.ArmRefresh | RegistrationActions.ArmRetry | RegistrationActions.ArmRefusedRetry;
                if (next != state && next is RegistrationState.Registered or RegistrationState.Rejected or RegistrationState.TimedOut && next != state)
                    Assert.True((actions & timers) != 0, $"{state} {input}: nothing would ever happen again");
            }
    }
}
