using Mesh.Sip.Transactions;

namespace Mesh.Sip.Tests.Transactions;

public sealed class FigureTests
{
    [Fact]
    public void Figure_5_the_INVITE_client_transaction_with_RFC_6026() => FigureTable.Check<TransactionState, ClientInput, ClientActions>("""
        Calling TimerA -> Calling Retransmit
        Calling TimerB -> Terminated TimedOut
        Calling TransportError -> Terminated Failed
        Calling Provisional -> Proceeding StopTimers+PassUp
        Calling Success -> Accepted StopTimers+StartM+PassUp
        Calling Failure -> Completed StopTimers+Ack+StartD+PassUp
        Proceeding Provisional -> Proceeding PassUp
        Proceeding Success -> Accepted StartM+PassUp
        Proceeding Failure -> Completed Ack+StartD+PassUp
        Completed Failure -> Completed Ack
        Completed Success -> Completed PassUp
        Completed TransportError -> Terminated Failed
        Completed TimerD -> Terminated
        Accepted Success -> Accepted PassUp
        Accepted TimerM -> Terminated
        """, ClientInvite.Step);

    [Fact]
    public void Figure_6_the_non_INVITE_client_transaction() => FigureTable.Check<TransactionState, ClientInput, ClientActions>("""
        Trying TimerE -> Trying Retransmit
        Trying TimerF -> Terminated StopTimers+TimedOut
        Trying TransportError -> Terminated StopTimers+Failed
        Trying Provisional -> Proceeding PassUp
        Trying Success -> Completed StopTimers+StartK+PassUp
        Trying Failure -> Completed StopTimers+StartK+PassUp
        Proceeding TimerE -> Proceeding RetransmitSlowly
        Proceeding TimerF -> Terminated StopTimers+TimedOut
        Proceeding TransportError -> Terminated StopTimers+Failed
        Proceeding Provisional -> Proceeding PassUp
        Proceeding Success -> Completed StopTimers+StartK+PassUp
        Proceeding Failure -> Completed StopTimers+StartK+PassUp
        Completed TimerK -> Terminated
        """, ClientNonInvite.Step);

    [Fact]
    public void Figure_7_the_INVITE_server_transaction_with_RFC_6026() => FigureTable.Check<TransactionState, ServerInput, ServerActions>("""
        Proceeding Request -> Proceeding Retransmit
        Proceeding SendProvisional -> Proceeding Send
        Proceeding SendSuccess -> Accepted Send+StartL
        Proceeding SendFailure -> Completed Send+StartGH
        Proceeding TransportError -> Proceeding Failed
        Completed Request -> Completed Retransmit
        Completed TimerG -> Completed Retransmit+BackOffG
        Completed Ack -> Confirmed StopTimers+StartI
        Completed TimerH -> Terminated StopTimers+TimedOut
        Completed TransportError -> Completed Failed
        Confirmed TimerI -> Terminated
        Accepted SendSuccess -> Accepted Send
        Accepted Ack -> Accepted PassUp
        Accepted TimerL -> Terminated
        Accepted TransportError -> Accepted Failed
        """, ServerInvite.Step);

    [Fact]
    public void Figure_8_the_non_INVITE_server_transaction() => FigureTable.Check<TransactionState, ServerInput, ServerActions>("""
        Trying SendProvisional -> Proceeding Send
        Trying SendSuccess -> Completed Send+StartJ
        Trying SendFailure -> Completed Send+StartJ
        Trying TransportError -> Trying Failed
        Proceeding Request -> Proceeding Retransmit
        Proceeding SendProvisional -> Proceeding Send
        Proceeding SendSuccess -> Completed Send+StartJ
        Proceeding SendFailure -> Completed Send+StartJ
        Proceeding TransportError -> Proceeding Failed
        Completed Request -> Completed Retransmit
        Completed TimerJ -> Terminated
        Completed TransportError -> Completed Failed
        """, ServerNonInvite.Step);
}
