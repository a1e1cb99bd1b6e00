using Mesh.Sip.Messages;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Tests.Endpoint;

public sealed class HeaderLinesTests
{
    [Fact]
    public void A_value_cannot_start_another_header()
    {
        using var pair = new SipPair();
        var raw = new RawPeer(pair.World, "10.0.0.9:5060");
        pair.B.WhenInvited = invite => invite.Reject(SipStatus.BusyHere, new HeaderLines().Add(HeaderName.Reason, "Q.850;cause=17\r\nRoute: <sip:evil>"));
        raw.Send(pair.B.Address, RawPeer.Request("INVITE"));
        pair.Run(0.1);
        Assert.False(raw.Responses.Last().Has(HeaderName.Route));
        Assert.StartsWith("Q.850;cause=17", raw.Responses.Last().Header(HeaderName.Reason).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_a_writer_wrote_are_taken_over()
    {
        var writer = new SipWriter();
        writer.Header(HeaderName.Reason, "a: b").Header(HeaderName.Of("X-One"), "1");
        var again = new SipWriter();
        new HeaderLines().AddWritten(writer.Written).WriteTo(again);
        Assert.Equal(writer.ToArray(), again.ToArray());
    }

    [Fact]
    public void Numbers_of_ours_read_back_and_nothing_else_does()
    {
        Span<byte> sixteen = stackalloc byte[16];
        foreach (ulong number in (ulong[])[1, 0xDEADBEEF, ulong.MaxValue])
        {
            SipNumber.Write(number, sixteen);
            Assert.Equal(number, SipNumber.Read(sixteen));
            Assert.Equal($"{number:x16}", System.Text.Encoding.ASCII.GetString(sixteen));
        }
        Assert.All(["", "1", "00000000000000001", "000000000000000g", "00000000000000AB", "+000000000000001"], t => Assert.Equal(0UL, SipNumber.Read(System.Text.Encoding.ASCII.GetBytes(t))));
    }
}
