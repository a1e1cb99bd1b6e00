using System.Runtime.CompilerServices;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Tests.Endpoint;

/// <summary>A transaction lingers for 32 s after its call; what the call was made of must not linger with it, or collections spend their time copying what is over.</summary>
public sealed class LingeringTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_finished_call_is_let_go_while_its_transactions_linger(bool callerHangsUp)
    {
        using var pair = new SipPair();
        var sessions = Finished(pair, callerHangsUp);
        for (int i = 0; i < 10 && sessions.Any(s => s.TryGetTarget(out _)); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.All(sessions, s => Assert.False(s.TryGetTarget(out _)));
        Assert.True(pair.A.Endpoint.Transactions.Clients >= 1);
        Assert.True(pair.B.Endpoint.Transactions.Servers >= 1);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_200_repeated_after_the_call_is_acknowledged_again()
    {
        using var pair = new SipPair();
        byte[]? answer = null;
        pair.World.Wire.OnDatagram += d => answer ??= d.Payload.Span.StartsWith("SIP/2.0 200"u8) ? d.Payload.ToArray() : null;
        pair.Establish();
        pair.A.Do(() => pair.A.Session!.SendBye());
        pair.Until(() => pair.B.Session!.IsEnded);
        pair.Run(7);
        int acks = pair.Count("ACK");
        pair.B.Do(() => pair.B.Endpoint.Transports[0].TrySend(answer, new SipFlow(pair.B.Endpoint.Transports[0], pair.A.Address), null));
        pair.Run(1);
        Assert.Equal(acks + 1, pair.Count("ACK"));
        Assert.Equal(1, pair.Count("BYE"));
        pair.AssertNothingLeft();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<InviteSession>[] Finished(SipPair pair, bool callerHangsUp)
    {
        pair.Establish();
        var (ends, hears) = callerHangsUp ? (pair.A, pair.B) : (pair.B, pair.A);
        ends.Do(() => ends.Session!.SendBye());
        pair.Until(() => hears.Session!.IsEnded);
        // The BYE's own transaction, 5 s.
        pair.Run(7);
        WeakReference<InviteSession>[] sessions = [new(pair.A.Session!), new(pair.B.Session!)];
        pair.A.Forget();
        pair.B.Forget();
        return sessions;
    }
}
