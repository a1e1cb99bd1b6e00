using System.Net;

namespace Mesh.Io.Tests;

public sealed class NetAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:5060", "127.0.0.1:5060"), InlineData("127.0.0.1", "127.0.0.1:99"), InlineData("255.255.255.255:65535", "255.255.255.255:65535")]
    [InlineData("[::1]:5060", "[::1]:5060"), InlineData("[::1]", "[::1]:99"), InlineData("2001:db8::7", "[2001:db8::7]:99")]
    [InlineData("[::ffff:10.0.0.1]:7", "10.0.0.1:7"), InlineData("0.0.0.0:0", "0.0.0.0:0")]
    public void An_address_is_read_and_written(string text, string written)
    {
        Assert.True(NetAddress.TryParse(text, 99, out var address));
        Assert.Equal(written, address.ToString());
        Assert.Equal(address, NetAddress.Parse(written));
        Assert.Equal(address, NetAddress.From(address.ToIPEndPoint()));
    }

    [Theory]
    [InlineData(""), InlineData("5060"), InlineData("127.1"), InlineData("0x7f.0.0.1"), InlineData("010.0.0.1"), InlineData("1.2.3.4.5"), InlineData("256.0.0.1")]
    [InlineData("1.2.3.4:"), InlineData("1.2.3.4:65536"), InlineData("1.2.3.4:+5"), InlineData("1.2.3.4: 5"), InlineData(" 1.2.3.4"), InlineData("1.2.3.4:5:6")]
    [InlineData("[::1"), InlineData("::1]"), InlineData("[1.2.3.4]:5"), InlineData("[::1]5"), InlineData("fe80::1%eth0"), InlineData("example.org:5060"), InlineData("..."), InlineData("1..2.3")]
    public void What_is_not_an_address_is_refused(string text)
    {
        Assert.False(NetAddress.TryParse(text, 99, out _));
        Assert.Throws<FormatException>(() => NetAddress.Parse(text));
    }

    [Fact]
    public void Addresses_are_values()
    {
        var a = NetAddress.Parse("10.0.0.1:5060");
        Assert.Equal(a, NetAddress.From(IPAddress.Parse("::ffff:10.0.0.1"), 5060));
        Assert.Equal(a.GetHashCode(), NetAddress.FromIPv4(0x0A000001, 5060).GetHashCode());
        Assert.NotEqual(a, a.WithPort(5061));
        Assert.True(a.SameHost(a.WithPort(5061)));
        Assert.True(a.IsIPv4);
        Assert.Equal(0x0A000001u, a.IPv4);
        Assert.Equal("10.0.0.1", a.HostText);
        Assert.Equal("2001:db8::1", NetAddress.Parse("[2001:db8::1]:1").HostText);
        Assert.False(NetAddress.Parse("[::1]:0").IsIPv4);
        Assert.True(default(NetAddress).IsNone);
        Assert.False(NetAddress.Parse("0.0.0.0:0").IsNone);
    }
}
