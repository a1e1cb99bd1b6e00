using Mesh.Sip.Messages;
using Xunit;

namespace Mesh.Sip.Tests.Messages;

public class SipUriTests
{
    [Fact]
    public void All_parts_are_found()
    {
        var uri = SipUri.Parse("sips:alice:secret@[2001:db8::1]:5070;transport=tcp;lr?Subject=hi&To=x%20y");
        Assert.Equal(UriScheme.Sips, uri.Scheme);
        Assert.Equal("alice", uri.User.ToString());
        Assert.Equal("secret", uri.Password.ToString());
        Assert.Equal("[2001:db8::1]", uri.Host.ToString());
        Assert.Equal(5070, uri.Port);
        Assert.Equal("tcp", uri.Parameters["TRANSPORT"u8].ToString());
        Assert.True(uri.Parameters.Has("lr"u8));
        Assert.True(uri.Parameters["lr"u8].IsEmpty);
        Assert.False(uri.Parameters.Has("maddr"u8));
        Assert.Equal("Subject=hi&To=x%20y", uri.Headers.ToString());
    }

    [Theory]
    [InlineData("sip:user;par=u%40example.net@example.com", "user;par=u@example.net", "example.com")]
    [InlineData("sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com", "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", "example.com")]
    [InlineData("sip:null-%00-null@example.com", "null-\0-null", "example.com")]
    [InlineData("sip:*21#@pbx", "*21#", "pbx")]
    [InlineData("SIP:%c3%a9@EXAMPLE.com", "é", "EXAMPLE.com")]
    [InlineData("sip:example.com", "", "example.com")]
    [InlineData("tel:+44-20-7946-0123;phone-context=x", "+44-20-7946-0123", "")]
    public void A_user_is_unescaped_whole(string text, string user, string host)
    {
        var uri = SipUri.Parse(text);
        Assert.Equal(user, uri.UnescapedUser);
        Assert.Equal(host, uri.Host.ToString());
        Assert.Equal(text, uri.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip:")]
    [InlineData("sip:@host")]
    [InlineData("sip:a@")]
    [InlineData("sip:a@b@c")]
    [InlineData("sip:a b@c")]
    [InlineData("sip:a@b c")]
    [InlineData("sip:a@b;")]
    [InlineData("sip:a@b;;lr")]
    [InlineData("sip:a@b;x=")]
    [InlineData("sip:a@b:99999")]
    [InlineData("sip:a@b:")]
    [InlineData("sip:a@b:5x")]
    [InlineData("sip:a@b?")]
    [InlineData("sip:a%4@b")]
    [InlineData("sip:a%zz@b")]
    [InlineData("sip:a@[::1")]
    [InlineData("sip:a@[zz]")]
    [InlineData("sip:a@-b")]
    [InlineData("sip:a@b/c")]
    [InlineData("sip:é@b")]
    [InlineData("1sip:a@b")]
    [InlineData("noscheme")]
    [InlineData("http:")]
    [InlineData("tel:")]
    [InlineData("tel:not a number")]
    [InlineData("<sip:a@b>")]
    public void What_is_no_URI_is_refused(string text)
    {
        Assert.False(SipUri.TryParse(text, out _));
        Assert.Throws<FormatException>(() => SipUri.Parse(text));
    }

    // RFC 3261 section 19.1.4, its own examples and what follows from its rules.
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtlanTa.CoM;Transport=tcp", true)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", true)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;security=on", true)]
    [InlineData("sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on", true)]
    [InlineData("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com", "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com", true)]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x", true)]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp", false)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting", false)]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off", false)]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4", false)]
    [InlineData("sip:a@b", "sips:a@b", false)]
    [InlineData("sip:a@b", "sip:b", false)]
    [InlineData("sip:a:x@b", "sip:a@b", false)]
    [InlineData("sip:a%3Bb@c", "sip:a;b@c", false)]
    [InlineData("tel:+44123", "tel:+44123", true)]
    public void Equality_is_the_RFC_s(string a, string b, bool equal)
    {
        SipUri left = SipUri.Parse(a), right = SipUri.Parse(b);
        Assert.Equal(equal, left == right);
        Assert.Equal(equal, right == left);
        if (equal) Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }

    [Fact]
    public void URIs_are_made_and_changed()
    {
        var uri = SipUri.Sip("a b;c", "host", 5062, ";lr");
        Assert.Equal("sip:a%20b;c@host:5062;lr", uri.ToString());
        Assert.Equal("sip:a%20b;c@host:5062;lr;transport=tcp", uri.WithParameter("transport", "tcp").ToString());
        Assert.Equal("sip:a%20b;c@host:5062;transport=tcp", uri.WithParameter("transport", "tcp").WithoutParameter("LR").ToString());
        Assert.Equal("sip:h;x=2;ob?a=b", SipUri.Parse("sip:h;x=2?a=b").WithParameter("ob", null).ToString());
        Assert.Equal("sip:u;lr=1@h", SipUri.Parse("sip:u;lr=1@h").WithoutParameter("lr").ToString());
        Assert.True(SipUri.Sip(null, "h").Own().IsPresent);
    }
}
