using System.Text;
using Mesh.Sip.Messages;
using Xunit;

namespace Mesh.Sip.Tests.Messages;

public class HeaderNameTests
{
    public static TheoryData<HeaderId> Known => [.. Enum.GetValues<HeaderId>().Where(id => id != HeaderId.Unknown)];

    [Theory]
    [MemberData(nameof(Known))]
    public void Every_known_name_is_found_in_any_case(HeaderId id)
    {
        HeaderName name = id;
        string spelling = name.ToString();
        Assert.Equal(spelling.Replace("-", ""), id.ToString(), ignoreCase: true);
        foreach (string spelled in new[] { spelling, spelling.ToUpperInvariant(), spelling.ToLowerInvariant() })
            Assert.Equal(name, HeaderName.Of(spelled));
        Assert.Equal(name, typeof(HeaderName).GetProperty(id.ToString())!.GetValue(null));
        Assert.Equal(HeaderId.Unknown, HeaderName.Of(spelling + "x").Id);
    }

    // RFC 3261 section 7.3.3; RFC 3515, 3841, 3892, 4028, 6665, 8224.
    [Theory]
    [InlineData("v", "Via")]
    [InlineData("f", "From")]
    [InlineData("t", "To")]
    [InlineData("i", "Call-ID")]
    [InlineData("m", "Contact")]
    [InlineData("l", "Content-Length")]
    [InlineData("c", "Content-Type")]
    [InlineData("e", "Content-Encoding")]
    [InlineData("k", "Supported")]
    [InlineData("s", "Subject")]
    [InlineData("r", "Refer-To")]
    [InlineData("b", "Referred-By")]
    [InlineData("x", "Session-Expires")]
    [InlineData("o", "Event")]
    [InlineData("u", "Allow-Events")]
    [InlineData("a", "Accept-Contact")]
    [InlineData("j", "Reject-Contact")]
    [InlineData("d", "Request-Disposition")]
    [InlineData("y", "Identity")]
    public void Compact_forms_are_the_same_header(string compact, string full)
    {
        Assert.Equal(HeaderName.Of(full), HeaderName.Of(compact));
        Assert.Equal(HeaderName.Of(full), HeaderName.Of(compact.ToUpperInvariant()));
    }

    [Fact]
    public void Unknown_names_are_carried()
    {
        var name = HeaderName.Of("X-Thing");
        Assert.Equal(HeaderId.Unknown, name.Id);
        Assert.Equal("X-Thing", Encoding.ASCII.GetString(name.Octets));
        Assert.Equal(name, HeaderName.Of("x-THING"));
        Assert.NotEqual(name, HeaderName.Of("x-THINGS"));
        Assert.Equal(HeaderId.Unknown, HeaderName.Of("z").Id);
        Assert.Throws<FormatException>(() => HeaderName.Of("no good"));
        Assert.Throws<FormatException>(() => HeaderName.Of(""));
        Assert.Throws<FormatException>(() => HeaderName.Of("a:b"));
    }

    [Fact]
    public void Methods_care_for_case()
    {
        foreach (var id in Enum.GetValues<SipMethodId>().Where(id => id != SipMethodId.Unknown))
        {
            SipMethod method = id;
            Assert.Equal(id.ToString().ToUpperInvariant(), method.ToString());
            Assert.True(SipMethod.TryParse(method.Octets, out var read) && read == method);
            Assert.True(SipMethod.TryParse(Encoding.ASCII.GetBytes(method.ToString().ToLowerInvariant()), out var other) && other.Id == SipMethodId.Unknown);
        }
        Assert.False(SipMethod.TryParse("IN VITE"u8, out _));
        Assert.False(SipMethod.TryParse(default, out _));
    }
}
