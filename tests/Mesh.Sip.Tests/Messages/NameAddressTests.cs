using Mesh.Sip.Messages;
using Xunit;

namespace Mesh.Sip.Tests.Messages;

public class NameAddressTests
{
    [Theory]
    [InlineData("\"Bell, \\\"A\\\"\" <sip:a@b;lr>;tag=x", "Bell, \"A\"", "sip:a@b;lr", "x")]
    [InlineData("caller<sip:caller@example.com>;tag=323", "caller", "sip:caller@example.com", "323")]
    [InlineData("token1~` token2'+_ token3*%!.- <sip:m@example.com>;p=\"a;b\";tag=_t", "token1~` token2'+_ token3*%!.-", "sip:m@example.com", "_t")]
    [InlineData("sip:a@b;tag=1;x", "", "sip:a@b", "1")]
    [InlineData("  <sip:a,b@c>  ", "", "sip:a,b@c", "")]
    [InlineData("<tel:+441234>;TAG = q", "", "tel:+441234", "q")]
    [InlineData("\"\" <sip:a@b>", "", "sip:a@b", "")]
    [InlineData("Zoë (Sales) <sip:a@b>", "Zoë (Sales)", "sip:a@b", "")]
    [InlineData("sip:a@b;+sip.instance=\"<urn:uuid:1>\"", "", "sip:a@b", "")]
    public void Parts_are_found(string text, string display, string uri, string tag)
    {
        var address = NameAddress.Parse(text);
        Assert.Equal(display, address.DisplayText);
        Assert.Equal(uri, address.Uri.ToString());
        Assert.Equal(tag, address.Tag.ToString());
        Assert.Equal(tag.Length > 0, address.Tag.IsPresent);
        Assert.Equal(text.Trim(), address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\"Mr. J. User <sip:j.user@example.com>")]
    [InlineData("\"Joe\"")]
    [InlineData("\"Joe\" sip:a@b")]
    [InlineData("Bell, Alexander <sip:a@b>")]
    [InlineData("\"Watson\" < sip:t@example.org >")]
    [InlineData("<sip:a@b")]
    [InlineData("<sip:a@b>;")]
    [InlineData("<sip:a@b>;;tag=1")]
    [InlineData("<sip:a@b> tag=1")]
    [InlineData("<sip:a@b>;tag=\"x")]
    [InlineData("<>")]
    [InlineData("sip:a@b?Route=%3Csip:c%3E")]
    [InlineData("sip:a@b,sip:c@d")]
    [InlineData("*")]
    public void What_is_no_address_is_refused(string text) => Assert.False(NameAddress.TryParse(text, out _));

    [Fact]
    public void An_address_of_its_own_is_the_same()
    {
        var address = NameAddress.Parse("\"A\" <sip:a@b>;tag=t").Own();
        Assert.Equal("t", address.Tag.ToString());
        Assert.Equal("A", address.DisplayText);
    }

    [Fact]
    public void Quoting_goes_there_and_back()
    {
        Assert.Equal("\"a \\\"b\\\" \\\\c\"", QuotedString.Encode("a \"b\" \\c"));
        Assert.Equal("a \"b\" \\c", QuotedString.Decode("\"a \\\"b\\\" \\\\c\""u8));
        Assert.Equal("\"a  b \"", QuotedString.Encode("a\r\nb\0"));
        Assert.Equal("plain", QuotedString.Decode("plain"u8));
    }
}
