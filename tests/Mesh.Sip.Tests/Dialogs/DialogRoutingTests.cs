using Mesh.Io;
using Mesh.Sip.Dialogs;

namespace Mesh.Sip.Tests.Dialogs;

public sealed class DialogRoutingTests
{
    [Theory]
    [InlineData("192.168.1.5", "198.51.100.7", true)]
    [InlineData("10.0.0.5", "198.51.100.7", true)]
    [InlineData("172.31.0.5", "198.51.100.7", true)]
    [InlineData("172.32.0.5", "198.51.100.7", false)]
    [InlineData("100.64.0.5", "198.51.100.7", true)]
    [InlineData("100.128.0.5", "198.51.100.7", false)]
    [InlineData("127.0.0.1", "198.51.100.7", true)]
    [InlineData("127.0.0.2", "127.0.0.3", false)]
    [InlineData("10.0.0.5", "10.0.0.6", false)]
    [InlineData("10.0.0.5", "127.0.0.1", false)]
    [InlineData("0.0.0.0", "10.0.0.6", true)]
    [InlineData("203.0.113.5", "198.51.100.7", false)]
    [InlineData("198.51.100.7", "198.51.100.7", false)]
    public void A_private_address_from_a_public_packet_leads_nowhere(string shown, string seen, bool unreachable) =>
        Assert.Equal(unreachable, DialogRouting.IsUnreachable(NetAddress.Parse($"{shown}:5060"), NetAddress.Parse($"{seen}:1024")));
}
