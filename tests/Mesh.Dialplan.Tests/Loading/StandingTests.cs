using Mesh.Dialplan.Loading;
using static Mesh.Dialplan.Loading.NumberStanding;

namespace Mesh.Dialplan.Tests.Loading;

/// <summary>What a plan makes of digits dialled so far.</summary>
public class StandingTests
{
    private static readonly DialplanModel Model = Plan.Model("""
        Extension("301", call => call.Answer());
        Extension("9", call => call.Answer());
        Extension("_2XX", call => call.Answer());
        Extension("_0[1-5].", call => call.Answer());
        Extension("_77!", call => call.Answer());
        Otherwise(call => call.Hangup());
        """);

    [Theory]
    [InlineData("", MayGrow)]
    [InlineData("3", MayGrow)]
    [InlineData("30", MayGrow)]
    [InlineData("301", Exists)]
    [InlineData("3011", None)]
    [InlineData("302", None)]
    [InlineData("9", Exists)]
    [InlineData("99", None)]
    [InlineData("2", MayGrow)]
    [InlineData("29", MayGrow)]
    [InlineData("299", Exists)]
    [InlineData("2999", None)]
    [InlineData("2a", None)]
    [InlineData("0", MayGrow)]
    [InlineData("01", MayGrow)]
    [InlineData("012", Exists | MayGrow)]
    [InlineData("06", None)]
    [InlineData("7", MayGrow)]
    [InlineData("77", Exists | MayGrow)]
    [InlineData("771", Exists | MayGrow)]
    [InlineData("é", None)]
    public void Digits_are_a_number_the_beginning_of_one_or_neither(string digits, NumberStanding standing) => Assert.Equal(standing, Model.StandingOf(digits));

    [Fact]
    public void What_otherwise_takes_is_no_number()
    {
        Assert.NotNull(Model.FindExtension("5"));
        Assert.Equal(None, Model.StandingOf("5"));
    }
}
