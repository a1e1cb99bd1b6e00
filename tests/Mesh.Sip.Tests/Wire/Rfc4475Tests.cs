using Mesh.Sip.Messages;
using Mesh.Sip.Wire;
using Xunit;

namespace Mesh.Sip.Tests.Wire;

public class Rfc4475Tests
{
    public static TheoryData<string> Names => [.. Rfc4475Messages.All.Select(row => row.Name)];

    private static Rfc4475Row Row(string name) => Rfc4475Messages.All.Single(row => row.Name == name);

    [Fact]
    public void All_49_are_here() => Assert.Equal(49, Rfc4475Messages.All.Select(row => row.Name).Distinct().Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void The_parser_reads_refuses_or_drops(string name)
    {
        var row = Row(name);
        bool read = SipParser.TryParse(row.Octets, out var message, out var error);
        var seen = read ? Rfc4475Parse.Reads : error.Request is null ? Rfc4475Parse.Drops : Rfc4475Parse.Refuses;
        Assert.True(seen == row.Parse, $"{row}: {seen}, {error.Fault} at {error.Offset}");
        if (read) Assert.Equal(row.IsResponse, message is SipResponse);
        else if (!row.IsResponse) Assert.Contains(error.Status.Code, row.Statuses);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_refusal_can_be_written_and_reads(string name)
    {
        var row = Row(name);
        if (SipParser.TryParse(row.Octets, out _, out var error) || error.Request is not { } request) return;
        request.ReceivedFrom = Mesh.Io.NetAddress.Parse("127.0.0.9:5060");
        var answer = new SipWriter().StartResponse(request, error.Status, "ours", error.ReasonPhrase).End().ToArray();
        bool whole = request.TryGet<Via>(HeaderName.Via, out _) && request.TryGet<NameAddress>(HeaderName.From, out _) && request.TryGet<NameAddress>(HeaderName.To, out _)
            && request.Has(HeaderName.CallId) && request.TryGet<CSeq>(HeaderName.CSeq, out _);
        bool read = SipParser.TryParse(answer, out var response, out var fault);
        Assert.True(read == whole, $"{row}: {fault.Fault}");
        if (read) Assert.Equal(error.Status, Assert.IsType<SipResponse>(response).Status);
    }
}
