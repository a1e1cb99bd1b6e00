using System.Runtime.CompilerServices;
using Mesh.Sip.Messages;
using Mesh.Sip.Wire;
using Xunit;

namespace Mesh.Sip.Tests.Wire;

/// <summary>Parsing allocates the message, its octets and its index, and nothing else; reading and answering allocate nothing.</summary>
public class SipParserAllocationTests
{
    private static long Allocated(Action action)
    {
        for (int i = 0; i < 50; i++) action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }

    [Fact]
    public void A_parsed_INVITE_is_three_objects()
    {
        var invite = (SipRequest)SampleMessages.Read(SampleMessages.Invite);
        long octets = ArrayBytes(invite.Raw.Length), index = ArrayBytes(13 * 8);
        long message = Allocated(() => RuntimeHelpers.GetUninitializedObject(typeof(SipRequest)));
        Assert.InRange(message, 100, 512);
        Assert.Equal(octets + index + message, Allocated(() => SipParser.TryParse(SampleMessages.Invite, out _, out _)));
    }

    [Fact]
    public void Reading_what_is_lazy_costs_nothing()
    {
        var invite = (SipRequest)SampleMessages.Read(SampleMessages.Invite);
        Assert.Equal(0, Allocated(() =>
        {
            foreach (var contact in invite.Contacts) _ = contact.Uri.Host.Length;
            foreach (var route in invite.All<NameAddress>(HeaderName.RecordRoute)) _ = route.Uri.Parameters.Has("lr"u8);
            _ = invite.Lists(HeaderName.Supported, "timer"u8);
            _ = invite.TopVia.Branch.Hash64() + invite.From.Tag.Hash64();
        }));
    }

    [Fact]
    public void Answering_costs_nothing()
    {
        var invite = (SipRequest)SampleMessages.Read(SampleMessages.Invite);
        invite.ReceivedFrom = Mesh.Io.NetAddress.Parse("87.238.72.129:5060");
        var writer = new SipWriter();
        SipText tag = "ours", contact = "sip:mesh@127.0.0.1";
        Assert.Equal(0, Allocated(() => writer.StartResponse(invite, SipStatus.Ok, tag).Address(HeaderName.Contact, default, contact).Body("application/sdp"u8, "v=0\r\n"u8)));
    }

    private static long ArrayBytes(int length) => (24 + length + 7) & ~7;
}
