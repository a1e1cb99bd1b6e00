namespace Mesh.Dialplan.Tests.Loading;

/// <summary>Names the configuration does not know, and numbers that make no sense: found when the plan is loaded, inside handlers too.</summary>
public class NameRefusalTests
{
    [Theory]
    [InlineData("There is no phone 'recption'. Did you mean reception?", "Extension(\"1\", call => call.Dial(Sip(‹\"recption\")));")]
    [InlineData("There is no phone 'recption'. Did you mean reception?", "var r = Sip(‹\"recption\");")]
    [InlineData("'fax-modem' registers over IAX2, not SIP. Write Iax(\"fax-modem\")", "var r = Sip(‹\"fax-modem\");")]
    [InlineData("There is no site or peer 'manchster'. Did you mean manchester?", "var r = Iax(‹\"manchster/301\");")]
    [InlineData("'office' is a system, and no number there is named. Write Iax(\"office/301\")", "var r = Iax(‹\"office\");")]
    [InlineData("'kitchen' is a SIP phone. Write Sip(\"kitchen\")", "var r = Iax(‹\"kitchen\");")]
    [InlineData("There is no IAX2 device 'fax-modm'. Did you mean fax-modem?", "var r = Iax(‹\"fax-modm\");")]
    [InlineData("There is no trunk 'magratea'. Did you mean magrathea?", "var r = Trunk(‹\"magratea\", \"0161 996 0600\");")]
    [InlineData("'call centre' is not a telephone number", "var r = Trunk(‹\"magrathea\", \"call centre\");")]
    [InlineData("There is no person '303'. Did you mean", "Extension(\"1\", call => call.Dial(Person(‹\"303\")));")]
    [InlineData("There is no person '399'.", "Extension(\"1\", call => call.Voicemail(‹\"399\"));")]
    [InlineData("There is no sound 'wellcome'. Did you mean welcome?", "Extension(\"1\", async call => { await call.Menu(‹\"wellcome\", keys: \"12\"); });")]
    [InlineData("No Extension matches '310'. Did you mean 301?", "Extension(\"301\", call => call.Answer());\nInbound(\"+442079460123\", call => call.Goto(‹\"310\"));")]
    [InlineData("There is no phone 'recption'. Did you mean reception?", "Extension(\"1\", call => call.Dial(‹\"SIP/recption&IAX2/office/100\"));")]
    [InlineData("Dial's option 't' is not known here. Leave it out", "Extension(\"1\", call => call.Dial(‹\"Dial(SIP/reception,25,t)\"));")]
    [InlineData("'IAX2/...@10.0.0.1': user, secret and address are no part", "Extension(\"1\", call => call.Dial(‹\"IAX2/mesh:secret@10.0.0.1/301\"));")]
    [InlineData("goes round through the dialplan", "Extension(\"1\", call => call.Dial(‹\"Local/301@internal\"));")]
    public void InALiteral(string says, string marked) => IsRefused(says, marked);

    [Theory]
    [InlineData("There is no phone 'recption'. Did you mean reception?", "var name = \"recp\";\nvar r = ‹Sip(name + \"tion\");")]
    [InlineData("There is no site or peer 'nowhere'", "var sites = new[] { \"office\", \"nowhere\" };\nvar all = sites.Select(s => ‹Iax($\"{s}/301\")).ToList();")]
    [InlineData("'2XX' looks like a pattern. Patterns begin with an underscore: \"_2XX\"", "‹Extension(\"2XX\", call => call.Answer());")]
    [InlineData("The number is empty", "‹Extension(\"\", call => call.Answer());")]
    [InlineData("Extension(\"301\") is said twice; the first is in dialplan/a.csx:1", "Extension(\"301\", call => call.Answer());\n‹Extension(\"301\", call => call.Answer());")]
    [InlineData("in dialplan/a.csx:1 match some of the same numbers", "Extension(\"_2[1-3]X\", call => call.Answer());\n\n‹Extension(\"_2[3-5]X\", call => call.Answer());")]
    [InlineData("Inbound(\"+442079460123\") and Inbound(\"020 7946 0123\") in dialplan/a.csx:1", "Inbound(\"020 7946 0123\", call => call.Answer());\n‹Inbound(\"+442079460123\", call => call.Answer());")]
    [InlineData("Otherwise is said twice; the first is in dialplan/a.csx:1", "Otherwise(call => call.Answer());\n  ‹Otherwise(call => call.Answer());")]
    [InlineData("Extension(\"301\") has no handler", "‹Extension(\"301\", null!);")]
    [InlineData("'hello' is not a telephone number", "‹Inbound(\"hello\", call => call.Answer());")]
    [InlineData("Asterisk's extension 's' does not exist here", "‹Extension(\"s\", call => call.Answer());")]
    public void WhenTheTopLevelRuns(string says, string marked) => IsRefused(says, marked);

    [Theory]
    [InlineData("'9 to 5' is not a range of hours", "var open = ‹Hours.Weekdays(\"9 to 5\");")]
    [InlineData("This system knows no time zone 'Europe/Londn'. Did you mean Europe/London?", "\n  var open = ‹Hours.Weekdays().In(\"Europe/Londn\");")]
    [InlineData("DivideByZeroException", "var zero = 0;\nvar x = ‹1 / zero;")]
    [InlineData("Something used here is not set yet", "string? s = null;\n‹var x = s!.Length;")]
    public void AnExceptionWithItsLine(string says, string marked)
    {
        var (script, line, _) = RefusalTests.Marked(marked);
        var error = Plan.Error(script);
        Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
        Assert.InRange(error.Column, 1, 20);
    }

    [Fact]
    public void APlaceFromALaterFileIsNotSetYet()
    {
        var error = Plan.Error("var both = Sip(\"kitchen\") & later;\nExtension(\"1\", call => call.Dial(both));", "var later = Sip(\"reception\");");
        Assert.Contains("not set yet", error.Message, StringComparison.Ordinal);
        Assert.Equal(("dialplan/a.csx", 1), (error.File, error.Line));
    }

    private static void IsRefused(string says, string marked)
    {
        var (script, line, column) = RefusalTests.Marked(marked);
        var error = Plan.Error(script);
        Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(("dialplan/a.csx", line, column), (error.File, error.Line, error.Column));
    }
}
