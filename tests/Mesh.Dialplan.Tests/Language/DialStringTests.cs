using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Tests.Language;

public class DialStringTests
{
    [Theory]
    [InlineData("SIP/reception&IAX2/office/100", "SIP/reception&IAX2/office/100", null)]
    [InlineData("Dial(SIP/mbloch-desk&IAX2/manchester/301&IAX2/office/301&IAX2/offsite/301)", "SIP/mbloch-desk&IAX2/manchester/301&IAX2/office/301&IAX2/offsite/301", null)]
    [InlineData("Dial(SIP/a&IAX2/b/301,25)", "SIP/a&IAX2/b/301", 25.0)]
    [InlineData("dial( sip/a & iax2/b/301 , 2.5 )", "SIP/a&IAX2/b/301", 2.5)]
    [InlineData("SIP/a|20", "SIP/a", 20.0)]
    [InlineData("PJSIP/a", "SIP/a", null)]
    [InlineData("Iax/fax-modem", "IAX2/fax-modem", null)]
    [InlineData("TRUNK/magrathea/+44 161 996 0600", "TRUNK/magrathea/+441619960600", null)]
    [InlineData("Person/301&SIP/a", "PERSON/301&SIP/a", null)]
    public void IsRead(string text, string spelling, double? seconds)
    {
        var dial = DialString.Parse(text);
        Assert.Empty(dial.Problems);
        Assert.Equal(spelling, string.Join('&', dial.Endpoints));
        Assert.Equal(seconds, dial.RingFor?.TotalSeconds);
    }

    [Theory]
    [InlineData("IAX2/mesh:hush@192.0.2.1/301", "mesh.yaml")]
    [InlineData("IAX2/mesh@office/301", "IAX2/name/301")]
    [InlineData("IAX2/192.0.2.1:4569/301", "mesh.yaml")]
    [InlineData("IAX2/office/301@internal", "Write IAX2/office/301")]
    [InlineData("IAX2/office/", "IAX2/site/number")]
    [InlineData("Local/301@internal/n", "call.Goto(\"301\")")]
    [InlineData("SIP/magrathea/01619960600", "TRUNK/trunk/number")]
    [InlineData("SIP/301@10.0.0.1", "TRUNK/trunk/number")]
    [InlineData("DAHDI/g1/0161", "DAHDI is not a technology")]
    [InlineData("reception", "SIP/reception")]
    [InlineData("SIP/a&&SIP/b", "empty")]
    [InlineData("", "empty")]
    [InlineData("SIP/${EXTEN}", "{call.Number}")]
    [InlineData("exten => 301,1,Dial(SIP/a)", "extensions.conf")]
    [InlineData("TRUNK/magrathea", "TRUNK/trunk/number")]
    [InlineData("TRUNK/magrathea/sales", "not a telephone number")]
    [InlineData("SIP/a,soon", "ringFor: 25.Seconds")]
    [InlineData("SIP/a,0", "ringFor: 25.Seconds")]
    public void IsRefused(string text, string says)
    {
        var problem = Assert.Single(DialString.Parse(text).Problems);
        Assert.Contains(says, problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryOptionLetterIsNamed()
    {
        var dial = DialString.Parse("Dial(SIP/a,25,tTkA(beep,beep)U(sub^1)g)");
        Assert.Equal("tTkAUg", string.Concat(dial.Problems.Select(problem => problem.Message[15])));
        Assert.All(dial.Problems, problem => Assert.NotEmpty(problem.Hint));
        Assert.Equal("SIP/a", Assert.Single(dial.Endpoints).Spelling);
    }

    [Fact]
    public async Task AtRunTimeWhatMakesSenseIsRung()
    {
        var control = new FakeCallControl();
        var call = new Call(control);
        Assert.Equal(DialStatus.NoAnswer, (await call.Dial("SIP/a&NOPE/b,15")).Status);
        Assert.Equal(DialStatus.Unreachable, (await call.Dial("NOPE/b")).Status);
        Assert.Equal("Dial SIP/a 15", Assert.Single(control.Log, line => line.StartsWith("Dial", StringComparison.Ordinal)));
        Assert.Equal(2, control.Log.Count(line => line.StartsWith("Note left out", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RingForWinsOverTheString()
    {
        var control = new FakeCallControl();
        await new Call(control).Dial("SIP/a,15", ringFor: 30.Seconds);
        Assert.Equal(["Dial SIP/a 30"], control.Log);
    }
}
