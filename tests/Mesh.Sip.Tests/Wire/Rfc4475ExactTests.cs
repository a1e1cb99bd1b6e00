using System.Text;
using Mesh.Sip.Messages;
using Xunit;

namespace Mesh.Sip.Tests.Wire;

/// <summary>The torture messages that are right are read exactly: what each of them tries is there afterwards.</summary>
public class Rfc4475ExactTests
{
    private static SipRequest Request(byte[] octets) => (SipRequest)SampleMessages.Read(octets);

    private static string[] All(SipMessage message, HeaderName name)
    {
        var values = new List<string>();
        foreach (var value in message.Values(name)) values.Add(value.ToString());
        return [.. values];
    }

    [Fact]
    public void Wsinv()
    {
        var invite = Request(Rfc4475Valid.Wsinv);
        Assert.Equal("sip:vivekg@chair-dnrc.example.com;unknownparam", invite.RequestUri.ToString());
        Assert.Equal("1918181833n", invite.To.Tag.ToString());
        Assert.Equal("J Rosenberg \\\"", invite.From.DisplayText);
        Assert.Equal("98asjd8", invite.From.Tag.ToString());
        Assert.Equal((68, 9u), (invite.MaxForwards!.Value, invite.CSeq.Number));
        Assert.Equal(("192.0.2.2", "390skdjuw"), (invite.TopVia.Host.ToString(), invite.TopVia.Branch.ToString()));
        Assert.True(invite.Header(HeaderName.Subject) is { IsPresent: true, IsEmpty: true });
        Assert.Equal("newfangled value continued newfangled value", invite.Header(HeaderName.Of("newfangledheader")).ToString());
        Assert.Equal(";;,,;;,;", invite.Header(HeaderName.Of("UnknownHeaderWithUnusualValue")).ToString());
        string[] hosts = [];
        foreach (var via in invite.All<Via>(HeaderName.Via)) hosts = [.. hosts, $"{via.Transport} {via.Host} {via.Branch}"];
        Assert.Equal(["UDP 192.0.2.2 390skdjuw", "TCP spindle.example.com z9hG4bK9ikj8", "UDP 192.168.255.111 z9hG4bK30239"], hosts);
        Assert.True(invite.TryGet(HeaderName.Contact, out Contact contact));
        Assert.Equal(("Quoted string \"\"", 330), (contact.Address.DisplayText, contact.Q));
        Assert.Equal("newvalue", contact.Address.Parameters["newparam"u8].ToString());
        Assert.True(invite.TryGet(HeaderName.Route, out NameAddress route) && route.Uri.Parameters.Has("lr"u8));
        Assert.Equal(150, invite.Body.Length);
    }

    [Fact]
    public void Intmeth()
    {
        var request = Request(Rfc4475Valid.Intmeth);
        Assert.Equal("!interesting-Method0123456789_*+`.%indeed'~", request.Method.ToString());
        Assert.Equal("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", request.RequestUri.User.ToString());
        Assert.Equal("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)", request.RequestUri.Password.ToString());
        Assert.Equal("BEL:\a NUL:\0 DEL:\u007f", request.To.DisplayText);
        Assert.Equal("работающий", QuotedString.Decode(request.From.Parameters["fromparam''~+*_!.-%"u8].Span));
        Assert.Equal("_token~1'+`*%!-.", request.From.Tag.ToString());
        Assert.Equal("intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{", request.CallId.ToString());
        Assert.Equal("\ufeff大停電", request.Header(HeaderName.Of("extensionHeader-!.%*+_`'~")).ToString());
        Assert.Equal(255, request.MaxForwards);
    }

    [Fact]
    public void Esc01()
    {
        var invite = Request(Rfc4475Valid.Esc01);
        Assert.Equal(("sips:user@example.com", UriScheme.Sip), (invite.RequestUri.UnescapedUser, invite.RequestUri.Scheme));
        Assert.Equal(SipUri.Parse("sip:user@example.com"), invite.To.Uri);
        Assert.Equal("I have spaces", invite.From.Uri.UnescapedUser);
        Assert.True(invite.TryGet(HeaderName.Contact, out Contact contact));
        Assert.Equal("caller", contact.Uri.UnescapedUser);
        Assert.Equal("%6C%72|n%61me=v%61lue%25%34%31", string.Join('|', Parameters(contact.Uri)));
    }

    private static IEnumerable<string> Parameters(SipUri uri)
    {
        var all = new List<string>();
        foreach (var (name, value) in uri.Parameters) all.Add(value.IsPresent ? $"{name}={value}" : $"{name}");
        return all;
    }

    [Fact]
    public void Escnull()
    {
        var register = Request(Rfc4475Valid.Escnull);
        Assert.Equal("null-\0-null", register.To.Uri.UnescapedUser);
        var users = new List<string>();
        foreach (var contact in register.Contacts) users.Add(contact.Uri.UnescapedUser);
        Assert.Equal(["\0", "\0\0"], users);
    }

    [Fact]
    public void Esc02()
    {
        var request = Request(Rfc4475Valid.Esc02);
        Assert.Equal(("RE%47IST%45R", SipMethodId.Unknown), (request.Method.ToString(), request.Method.Id));
        Assert.Equal("%Z%45", request.To.DisplayText);
        Assert.Equal(["<sip:alias1@host1.example.com>", "<sip:alias3@host3.example.com>"], All(request, HeaderName.Contact));
        Assert.Equal("<sip:alias2@host2.example.com>", request.Header(HeaderName.Of("C%6Fntact")).ToString());
    }

    [Fact]
    public void Lwsdisp() => Assert.Equal("caller", Request(Rfc4475Valid.Lwsdisp).From.DisplayText);

    [Fact]
    public void Longreq()
    {
        var invite = Request(Rfc4475Valid.Longreq);
        Assert.Equal(34, invite.CountOf(HeaderName.Via));
        Assert.Equal("sip33.example.com", invite.TopVia.Host.ToString());
        Assert.Equal(6000, invite.To.Uri.Port);
        Assert.True(invite.To.Uri.Parameters.Has(Encoding.ASCII.GetBytes("very" + Rfc4475Text.Repeat("long", 25) + "ParameterNameWithNoValue")));
        Assert.Equal("1" + Rfc4475Text.Repeat("298", 50) + "2424", invite.From.Tag.ToString());
    }

    [Fact]
    public void Dblreq()
    {
        var register = Request(Rfc4475Valid.Dblreq);
        Assert.Equal(SipMethod.Register, register.Method);
        Assert.True(register.Body.IsEmpty);
        Assert.True(register.Raw.Length < Rfc4475Valid.Dblreq.Length);
    }

    [Fact]
    public void Semiuri()
    {
        var request = Request(Rfc4475Valid.Semiuri);
        Assert.Equal(("user;par=u@example.net", "example.com"), (request.RequestUri.UnescapedUser, request.RequestUri.Host.ToString()));
        Assert.True(request.RequestUri.Parameters.IsEmpty);
        Assert.Equal(6, All(request, HeaderName.Accept).Length);
    }

    [Fact]
    public void Transports_and_bodies()
    {
        Assert.Equal(5, All(Request(Rfc4475Valid.Transports), HeaderName.Via).Length);
        var message = Request(Rfc4475Valid.Mpart01);
        Assert.Equal(553, message.Body.Length);
        Assert.True(message.Body.Span.SequenceEqual(Rfc4475Valid.Mpart01.AsSpan()[^553..]));
    }

    [Fact]
    public void Responses()
    {
        var unreason = (SipResponse)SampleMessages.Read(Rfc4475Valid.Unreason);
        Assert.Equal((200, "= 2**3 * 5**2 но сто девяносто девять - простое"), (unreason.Status.Code, unreason.ReasonPhrase.ToString()));
        var noreason = (SipResponse)SampleMessages.Read(Rfc4475Valid.Noreason);
        Assert.Equal((100, ""), (noreason.Status.Code, noreason.ReasonPhrase.ToString()));
    }

    [Fact]
    public void Parameters_keep_their_places()
    {
        Assert.True(Request(Rfc4475Application.Cparam01).TryGet(HeaderName.Contact, out Contact header));
        Assert.True(header.Address.Parameters.Has("unknownparam"u8) && header.Uri.Parameters.IsEmpty);
        Assert.True(Request(Rfc4475Application.Cparam02).TryGet(HeaderName.Contact, out Contact uri));
        Assert.True(uri.Uri.Parameters.Has("unknownparam"u8) && uri.Address.Parameters.IsEmpty);
        Assert.True(Request(Rfc4475Application.Regescrt).TryGet(HeaderName.Contact, out Contact escaped));
        Assert.Equal("Route=%3Csip:sip.example.com%3E", escaped.Uri.Headers.ToString());
    }

    [Fact]
    public void What_is_left_to_others_is_there_for_them()
    {
        var inv2543 = Request(Rfc4475Application.Inv2543);
        Assert.Equal((null, false, 105), (inv2543.MaxForwards, inv2543.From.Tag.IsPresent, inv2543.Body.Length));
        Assert.False(Request(Rfc4475Application.Badbranch).TopVia.HasMagicCookie);
        Assert.Equal(0, Request(Rfc4475Application.Zeromf).MaxForwards);
        Assert.Equal(["nothingSupportsThis", "nothingSupportsThisEither"], All(Request(Rfc4475Application.Bext01), HeaderName.Require));
        Assert.Equal(UriScheme.Other, Request(Rfc4475Application.Unkscm).RequestUri.Scheme);
        Assert.Equal("soap.beep://192.0.2.103:3002", Request(Rfc4475Application.Novelsc).RequestUri.ToString());
        Assert.Equal("isbn:2983792873", Request(Rfc4475Application.Unksm2).To.Uri.ToString());
        Assert.Equal(2, All(SampleMessages.Read(Rfc4475Application.Bcast), HeaderName.Via).Length);
    }
}
