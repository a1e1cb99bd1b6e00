using Mesh.Io.Simulation;
using Mesh.Sip.Messages;

namespace Mesh.Sip.Tests.Endpoint;

/// <summary>13.2.2.4 when the first branch's call has been and gone.</summary>
public sealed class LateBranchTests : IDisposable
{
    private readonly SimulatedWorld world = new();
    private readonly SipNode node;
    private readonly RawPeer peer;

    public LateBranchTests()
    {
        node = new SipNode(world, "10.0.0.1:5060");
        peer = new RawPeer(world, "10.0.0.2:5060");
    }

    [Fact]
    public void A_branch_that_answers_after_the_call_is_over_is_acknowledged_and_ended_once()
    {
        var invite = Invite();
        Send(ForkTests.Response(invite, "200 OK", "one"));
        node.Do(() => node.Session!.SendBye());
        world.RunFor(TimeSpan.FromMilliseconds(10));
        Send(ForkTests.Response((SipRequest)peer.Received[^1], "200 OK", "one", body: ""));
        for (int i = 0; i < 3; i++) Send(ForkTests.Response(invite, "200 OK", "two"));
        Send(ForkTests.Response(invite, "200 OK", "one"));
        var sent = peer.Received.OfType<SipRequest>().Skip(1).Select(r => $"{r.Method} {r.To.Tag}");
        Assert.Equal(["ACK one", "BYE one", "ACK two", "BYE two", "ACK two", "ACK two", "ACK one"], sent);
        var (ack, bye) = ((SipRequest)peer.Received[3], (SipRequest)peer.Received[4]);
        Assert.Equal((invite.From.Text, invite.CallId, invite.CSeq.Number), (ack.From.Text, ack.CallId, ack.CSeq.Number));
        Assert.Equal((invite.From.Text, invite.CallId, invite.CSeq.Number + 1), (bye.From.Text, bye.CallId, bye.CSeq.Number));
        Assert.Equal(("sip:two@10.0.0.2", Reason.AnsweredElsewhere), (bye.RequestUri.ToString(), bye.Header(HeaderName.Reason).ToString()));
        Assert.Equal(1, node.Endpoint.Metrics.SuperfluousAnswers);
    }

    [Fact]
    public void Branches_without_end_are_each_ended_and_few_of_them_remembered()
    {
        var invite = Invite();
        Send(ForkTests.Response(invite, "200 OK", "one"));
        node.Do(() => node.Session!.SendBye());
        int many = node.Endpoint.Options.MaxForks + 20;
        for (int i = 0; i < many; i++) Send(ForkTests.Response(invite, "200 OK", $"t{i}"));
        Assert.Equal(many, node.Endpoint.Metrics.SuperfluousAnswers);
        for (int i = 0; i < many; i++) Send(ForkTests.Response(invite, "200 OK", $"t{i}"));
        Assert.InRange(node.Endpoint.Metrics.SuperfluousAnswers, many + 20, many + 22);
    }

    public void Dispose() => world.Dispose();

    private SipRequest Invite()
    {
        node.Call(node, o => o with { Uri = SipUri.Parse("sip:301@10.0.0.2") });
        world.RunFor(TimeSpan.FromMilliseconds(10));
        return (SipRequest)peer.Received[0];
    }

    private void Send(string message)
    {
        peer.Send(node.Address, message);
        world.RunFor(TimeSpan.FromMilliseconds(10));
    }
}
