using Mesh.Dialplan.Language;
using Mesh.Dialplan.Tests.Language;

namespace Mesh.Dialplan.Tests.Loading;

/// <summary>The plan the language was designed on, compiled as it is written.</summary>
public class SampleTests
{
    private const string Sample = """
        var mbloch     = Sip("mbloch-desk") & Iax("manchester/301") & Iax("office/301") & Iax("offsite/301");   // or: Person("301"), which finds the paths itself
        var callCentre = Trunk("magrathea", "+441619960600");
        var open       = Hours.Weekdays("09:00-17:30").In("Europe/London");

        Extension("301", async call =>
        {
            if (await call.Dial(mbloch, ringFor: 25.Seconds)) return;
            if (call.During(open) && await call.Dial(callCentre)) return;
            await call.Voicemail("301");
        });
        Inbound("+442079460123", call => call.Goto("301"));
        Extension("0", async call =>
        {
            await call.Answer();
            switch (await call.Menu("welcome", keys: "129"))
            {
                case '1': await call.Goto("301");        break;
                case '2': await call.Dial(callCentre);   break;
                default:  await call.Dial("SIP/reception&IAX2/office/100"); break;    // Asterisk's spelling, pasted
            }
        });
        """;

    private const string Everyone = "SIP/mbloch-desk&IAX2/manchester/301&IAX2/office/301&IAX2/offsite/301";

    [Fact]
    public async Task AnsweredByTheRing()
    {
        var control = new FakeCallControl { Answers = { [Everyone] = DialStatus.Answered } };
        await Plan.Model(Sample).Call("301", control);
        Assert.Equal([$"Dial {Everyone} 25"], control.Log);
        Assert.Equal("dialplan/a.csx", control.LastDial!.File);
        Assert.Equal(7, control.LastDial.Line);
    }

    [Fact]
    public async Task ByDayTheCallCentreIsNext()
    {
        var control = new FakeCallControl { Answers = { ["TRUNK/magrathea/+441619960600"] = DialStatus.Answered } };
        await Plan.Model(Sample).Call("301", control);
        Assert.Equal([$"Dial {Everyone} 25", "Dial TRUNK/magrathea/+441619960600 60"], control.Log);
    }

    [Fact]
    public async Task AtNightTheCallEndsNotAnswered()
    {
        var control = new FakeCallControl { UtcNow = new(2026, 6, 1, 20, 0, 0, TimeSpan.Zero) };
        await Plan.Model(Sample).Call("301", control);
        Assert.Equal(
            [$"Dial {Everyone} 25", "Note voicemail of 301: no messages are recorded yet, the call ends as not answered", "Reject NoAnswer", "(ended)"], control.Log);
    }

    [Theory]
    [InlineData('1', "Goto 301")]
    [InlineData('2', "Dial TRUNK/magrathea/+441619960600 60")]
    [InlineData('9', "Dial SIP/reception&IAX2/office/100 60")]
    [InlineData(null, "Dial SIP/reception&IAX2/office/100 60")]
    public async Task TheMenu(char? key, string then)
    {
        var control = new FakeCallControl();
        if (key is { } pressed) control.Keys.Enqueue(pressed);
        await Plan.Model(Sample).Call("0", control);
        Assert.Equal(["Answer", "Menu welcome 129 5 3", then], control.Log);
    }

    [Theory]
    [InlineData("+442079460123")]
    [InlineData("442079460123")]
    [InlineData("00442079460123")]
    [InlineData("02079460123")]
    public async Task AnInboundNumberInEveryForm(string number)
    {
        var control = new FakeCallControl();
        await Plan.Model(Sample).FindInbound(number)!.Handler(new Call(control));
        Assert.Equal(["Goto 301"], control.Log);
    }

    [Fact]
    public void NumbersTheSampleDoesNotHave()
    {
        var model = Plan.Model(Sample);
        Assert.Null(model.FindExtension("302"));
        Assert.Null(model.FindInbound("+442079460124"));
    }

    [Fact]
    public async Task AHangUpUnwindsTheHandler()
    {
        var control = await Plan.Model(Sample).Call("301", new FakeCallControl { HangsUpDuring = "Dial" });
        Assert.Equal(["(ended)"], control.Log);
    }
}
