using System.Text;
using Mesh.Sip.Messages;
using Mesh.Sip.Tests.Endpoint;
using Mesh.Sip.Transactions;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Tests.Transactions;

/// <summary>RFC 3261 17.2.3: which requests are the same transaction.</summary>
public sealed class TransactionKeyTests
{
    private static readonly SipRequest Invite = Read(RawPeer.Request("INVITE"));

    [Fact]
    public void The_same_request_an_ACK_and_a_CANCEL_have_the_key_of_their_INVITE()
    {
        Assert.Equal(Key(Invite), Key(Read(RawPeer.Request("INVITE"))));
        Assert.Equal(Key(Invite), Key(Read(RawPeer.Request("ACK", toTag: "x"))));
        Assert.Equal(Key(Invite), TransactionKey.Server(Read(RawPeer.Request("CANCEL")), SipMethodId.Invite));
        Assert.Equal(Key(Read(RawPeer.Request("INVITE", via: "SIP/2.0/UDP Host.Example:5060"))), Key(Read(RawPeer.Request("INVITE", via: "SIP/2.0/UDP host.example:5060"))));
    }

    [Fact]
    public void Another_branch_sent_by_port_or_method_is_another_transaction()
    {
        Assert.NotEqual(Key(Invite), Key(Read(RawPeer.Request("INVITE", "z9hG4bK2"))));
        Assert.NotEqual(Key(Invite), Key(Read(RawPeer.Request("INVITE", via: "SIP/2.0/UDP 10.0.0.8:5060"))));
        Assert.NotEqual(Key(Invite), Key(Read(RawPeer.Request("INVITE", via: "SIP/2.0/UDP 10.0.0.9:5061"))));
        Assert.NotEqual(Key(Invite), Key(Read(RawPeer.Request("OPTIONS"))));
        Assert.NotEqual(Key(Read(RawPeer.Request("ONE"))), Key(Read(RawPeer.Request("TWO"))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    [InlineData("z9hG4bK")]
    public void Without_a_branch_of_RFC_3261_the_fields_decide(string? branch)
    {
        var old = Read(RawPeer.Request("INVITE", branch));
        Assert.Equal(Key(old), Key(Read(RawPeer.Request("ACK", branch, toTag: "x"))));
        Assert.NotEqual(Key(old), Key(Read(RawPeer.Request("INVITE", branch, cseq: 2))));
        Assert.NotEqual(Key(old), Key(Read(RawPeer.Request("INVITE", branch, fromTag: "f2"))));
        Assert.NotEqual(Key(old), Key(Read(RawPeer.Request("INVITE", branch, callId: "other"))));
        Assert.NotEqual(Key(old), Key(Read(RawPeer.Request("INVITE", branch, uri: "sip:302@10.0.0.2"))));
        Assert.NotEqual(Key(old), Key(Invite));
    }

    [Fact]
    public void Merged_requests_share_From_tag_Call_ID_and_CSeq_whatever_their_branch()
    {
        Assert.Equal(TransactionKey.Merged(Invite), TransactionKey.Merged(Read(RawPeer.Request("INVITE", "z9hG4bK2"))));
        Assert.NotEqual(TransactionKey.Merged(Invite), TransactionKey.Merged(Read(RawPeer.Request("INVITE", "z9hG4bK2", cseq: 2))));
    }

    [Theory]
    [InlineData("z9hG4bK00000000000000a2", "INVITE", 0xa2UL)]
    [InlineData("z9hG4bK00000000000000a2", "CANCEL", 0xa3UL)]
    [InlineData("z9hG4bK00000000000000A2", "INVITE", 0UL)]
    [InlineData("z9hG4bK0000000000000000", "INVITE", 0UL)]
    [InlineData("z9hG4bKother", "INVITE", 0UL)]
    [InlineData("xxxxxxx00000000000000a2", "INVITE", 0UL)]
    public void A_response_is_found_by_the_branch_we_made(string branch, string method, ulong id)
    {
        string text = $"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a;branch={branch}\r\nFrom: <sip:a>;tag=1\r\nTo: <sip:b>;tag=2\r\nCall-ID: c\r\nCSeq: 1 {method}\r\n\r\n";
        Assert.True(SipParser.TryParse(Encoding.UTF8.GetBytes(text), out var message, out _));
        Assert.Equal(id, TransactionKey.Client((SipResponse)message));
    }

    private static ulong Key(SipRequest request) => TransactionKey.Server(request, request.Method.Id);

    private static SipRequest Read(string text)
    {
        Assert.True(SipParser.TryParse(Encoding.UTF8.GetBytes(text), out var message, out var error), $"{error.Fault}");
        return (SipRequest)message;
    }
}
