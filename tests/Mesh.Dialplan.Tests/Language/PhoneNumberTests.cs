using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Tests.Language;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("+442079460123", "44", "+442079460123")]
    [InlineData("442079460123", "44", "+442079460123")]
    [InlineData("00442079460123", "44", "+442079460123")]
    [InlineData("02079460123", "44", "+442079460123")]
    [InlineData("020 7946 0123", "44", "+442079460123")]
    [InlineData("+44 (0)20 7946-0123", "44", "+442079460123")]
    [InlineData("0030123456", "44", "+30123456")]
    [InlineData("0301234567", "49", "+49301234567")]
    [InlineData("999", "44", "999")]
    [InlineData("4499", "44", "4499")]
    [InlineData("anonymous", "44", "anonymous")]
    [InlineData("", "44", "")]
    public void E164(string text, string home, string number) => Assert.Equal(number, PhoneNumber.ToE164(text, home));

    [Theory]
    [InlineData("1+2")]
    [InlineData("+")]
    [InlineData("abc")]
    [InlineData("123456789012345678901234567890123")]
    public void NoNumber(string text) => Assert.False(PhoneNumber.TryClean(text, out _));
}
