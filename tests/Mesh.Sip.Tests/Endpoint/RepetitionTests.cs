using Mesh.Io.Simulation;

namespace Mesh.Sip.Tests.Endpoint;

/// <summary>What comes again, or too late, when the transaction it belongs to does nothing but linger.</summary>
public sealed class RepetitionTests : IDisposable
{
    private static readonly string Offer = RawPeer.Request("INVITE", headers: "Content-Type: application/sdp\r\n", body: "v=0\r\n");
    private readonly SimulatedWorld world = new();
    private readonly SipNode node;
    private readonly RawPeer peer;

    public RepetitionTests()
    {
        node = new SipNode(world, "10.0.0.2:5060");
        peer = new RawPeer(world, "10.0.0.9:5060");
    }

    [Fact]
    public void An_acknowledged_INVITE_that_comes_again_is_absorbed_and_its_CANCEL_answered_with_the_same_tag()
    {
        string tag = Establish();
        int before = peer.Received.Count;
        Send(Offer);
        Assert.Equal((before, 1), (peer.Received.Count, node.Endpoint.Metrics.RequestsAbsorbed));
        Send(RawPeer.Request("CANCEL"));
        Assert.Equal((200, tag), (peer.LastStatus, peer.LastToTag));
        Assert.False(node.Session!.IsEnded);
        AssertNothingLeftAfter(RawPeer.Request("BYE", "z9hG4bKbye", tag, 2));
    }

    [Fact]
    public void A_BYE_that_comes_again_gets_the_same_octets()
    {
        string bye = RawPeer.Request("BYE", "z9hG4bKbye", Establish(), 2);
        Send(bye);
        string first = peer.Received[^1].ToString()!;
        Send(bye);
        Assert.Equal((200, first), (peer.LastStatus, peer.Received[^1].ToString()));
        Assert.Equal(1, node.Events.Count(e => e.StartsWith("ended", StringComparison.Ordinal)));
        world.RunFor(TimeSpan.FromSeconds(33));
        Send(bye);
        Assert.Equal(481, peer.LastStatus);
        AssertNothingLeftAfter(null);
    }

    [Fact]
    public void The_ACK_of_a_refused_INVITE_may_come_again()
    {
        node.WhenInvited = invite => invite.Reject(486);
        Send(Offer);
        string ack = RawPeer.Request("ACK", toTag: peer.LastToTag);
        Send(ack);
        Send(ack);
        Send(Offer);
        Assert.Equal((0, 1, 486), (node.Endpoint.Metrics.StrayAcks, node.Endpoint.Metrics.RequestsAbsorbed, peer.LastStatus));
        Assert.Single(node.Events);
        AssertNothingLeftAfter(null);
    }

    [Fact]
    public void A_request_that_comes_by_another_path_after_its_answer_is_a_loop()
    {
        Send(RawPeer.Request("OPTIONS", "z9hG4bKone"));
        Assert.Equal(200, peer.LastStatus);
        Send(RawPeer.Request("OPTIONS", "z9hG4bKtwo"));
        Assert.Equal(482, peer.LastStatus);
        world.RunFor(TimeSpan.FromSeconds(33));
        Send(RawPeer.Request("OPTIONS", "z9hG4bKtwo"));
        Assert.Equal(200, peer.LastStatus);
        AssertNothingLeftAfter(null);
    }

    [Fact]
    public void A_hundred_finished_calls_keep_one_timer()
    {
        for (int i = 0; i < 100; i++)
        {
            Send(RawPeer.Request("INVITE", $"z9hG4bK{i}", callId: $"c{i}"));
            Send(RawPeer.Request("ACK", $"z9hG4bKa{i}", peer.LastToTag, callId: $"c{i}"));
            Send(RawPeer.Request("BYE", $"z9hG4bKb{i}", peer.LastToTag, 2, callId: $"c{i}"));
        }
        Assert.Equal((200, 0, 1), (node.Endpoint.Transactions.Servers, node.Endpoint.Dialogs.Count, node.Loop.Deadlines.Armed));
        AssertNothingLeftAfter(null);
    }

    public void Dispose() => world.Dispose();

    /// <summary>The tag of a call from the peer, answered and acknowledged.</summary>
    private string Establish()
    {
        Send(Offer);
        string tag = peer.LastToTag;
        Send(RawPeer.Request("ACK", "z9hG4bKack", tag));
        Assert.Equal("acked", node.Events[^1]);
        return tag;
    }

    private void Send(string message)
    {
        peer.Send(node.Address, message);
        world.RunFor(TimeSpan.FromMilliseconds(10));
    }

    private void AssertNothingLeftAfter(string? last)
    {
        if (last is not null) Send(last);
        world.RunFor(SipPair.Settle);
        Assert.Equal(0, node.Left);
        Assert.Empty(world.Faults);
    }
}
