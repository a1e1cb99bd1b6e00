using Mesh.Io.Simulation;
using Mesh.Sip.Messages;

namespace Mesh.Sip.Tests.Endpoint;

public sealed class PrackTests
{
    [Fact]
    public void Reliable_responses_are_acknowledged_in_order_and_the_answer_waits_for_them()
    {
        using var pair = new SipPair(impairment: new Impairment { Latency = TimeSpan.FromMilliseconds(20) });
        pair.B.WhenInvited = invite =>
        {
            invite.Ring();
            invite.Progress(183, SipNode.Answer);
            pair.B.Accept();
        };
        pair.A.Call(pair.B, o => o with { RequireReliable = true });
        pair.Until(() => pair.B.Events.Contains("acked"));
        pair.Run(0.1);
        Assert.Equal(["180", "183", "answered"], pair.A.Events);
        Assert.Equal(["INVITE", "180", "PRACK", "200", "183", "PRACK", "200", "200", "ACK"], pair.Sent);
        pair.B.Do(() => pair.B.Session!.SendBye());
        pair.AssertNothingLeft();
    }

    [Fact]
    public void Over_a_bad_wire_they_are_repeated_until_they_are_acknowledged()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            using var pair = new SipPair(seed, new Impairment { Latency = TimeSpan.FromMilliseconds(20), Loss = 0.2, Duplication = 0.1, Reordering = 0.1 });
            pair.B.WhenInvited = invite => { invite.Ring(); invite.Progress(183, SipNode.Answer); pair.B.Accept(); };
            pair.A.Call(pair.B, o => o with { RequireReliable = true });
            pair.Run(60);
            Assert.True(pair.A.Events.Count(e => e == "180") <= 1);
            Assert.True(pair.A.Events.Count(e => e == "183") <= 1);
            pair.A.Do(() => pair.A.Session?.SendBye());
            pair.AssertNothingLeft();
        }
    }

    [Fact]
    public void Never_acknowledged_they_end_the_call_with_504()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        pair.B.WhenInvited = invite => invite.Ring();
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", "z9hG4bK1", headers: "Require: 100rel\r\n"));
        pair.Run(31);
        Assert.True(raw.Responses.Count(r => r.Status.Code == 180) >= 6);
        pair.Run(2);
        Assert.Contains(raw.Responses, r => r.Status.Code == 504);
        Assert.Equal(["invite", "cancelled"], pair.B.Events);
    }

    [Fact]
    public void A_PRACK_for_another_response_gets_481()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        pair.B.WhenInvited = invite => invite.Ring();
        raw.Send(pair.B.Address, RawPeer.Request("INVITE", "z9hG4bK1", headers: "Require: 100rel\r\n"));
        pair.Run(0.1);
        Assert.True(raw.Responses.Last().TryGet<RSeq>(HeaderName.RSeq, out var rseq));
        string tag = raw.LastToTag;
        raw.Send(pair.B.Address, RawPeer.Request("PRACK", "z9hG4bK2", toTag: tag, cseq: 2, headers: $"RAck: {rseq.Number + 1} 1 INVITE\r\n"));
        pair.Run(0.1);
        Assert.Equal(481, raw.Responses.Last(r => r.CSeq.Method == SipMethod.Prack).Status.Code);
        raw.Send(pair.B.Address, RawPeer.Request("PRACK", "z9hG4bK3", toTag: tag, cseq: 3, headers: $"RAck: {rseq.Number} 1 INVITE\r\n"));
        pair.Run(0.1);
        Assert.Equal(200, raw.Responses.Last(r => r.CSeq.Method == SipMethod.Prack).Status.Code);
    }

    [Fact]
    public void Hanging_up_while_the_answer_waits_for_a_PRACK_refuses_the_call()
    {
        using var pair = new SipPair(impairment: new Impairment { Latency = TimeSpan.FromMilliseconds(20) });
        pair.B.WhenInvited = invite => { invite.Progress(183, SipNode.Answer); pair.B.Accept(); pair.B.Session!.SendBye(); };
        pair.A.Call(pair.B, o => o with { RequireReliable = true });
        pair.Until(() => pair.A.Events.Contains("failed 480"));
        pair.AssertNothingLeft();
    }
}
