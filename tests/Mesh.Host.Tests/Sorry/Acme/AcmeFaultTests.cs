using Mesh.Host.Config.Model;

namespace Mesh.Host.Tests.Sorry.Acme;

public sealed class AcmeFaultTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-acme-fault-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("garbage", "directory: the authority answered 200 and no JSON object")]
    [InlineData("large", "directory: ")]
    [InlineData("binding", "external account binding")]
    [InlineData("plain", "new order: the authority sends us to http:")]
    [InlineData("nonce", "account: badNonce")]
    [InlineData("limited", "new order: rateLimited: too many  certificates")]
    [InlineData("many", "more than 4")]
    [InlineData("other-host", "asks about another host than www.mesh.test")]
    [InlineData("token", "token is not base64url")]
    [InlineData("no-http", "does not offer HTTP-01")]
    [InlineData("never", "the order was not filled within 3 s")]
    [InlineData("no-certificate", "certificate: what was sent is none")]
    [InlineData("other-key", "certificate: it is not for our key")]
    public async Task What_an_authority_does_wrong_is_said_and_nothing_of_it_is_used(string fault, string says)
    {
        await using var authority = await FaultyAuthority.StartAsync("127.70.8.1", fault);
        var clock = new HandClock { Now = DateTimeOffset.UtcNow };
        await using var site = new AcmeSite("127.70.8.2", folder.FullName, new AcmeConfig(authority.Url, [], ["www.mesh.test"], authority.CaFile, 20), new MemoryJournal(clock), clock,
            options: new() { PollEvery = TimeSpan.FromMilliseconds(50), OrderWithin = TimeSpan.FromSeconds(fault == "never" ? 3 : 60) });
        await site.Orders.LookAsync(CancellationToken.None);
        var failure = site.Of("www.mesh.test").Failure!;
        Assert.Contains(says, failure.Why);
        Assert.DoesNotContain(failure.Why, c => char.IsControl(c));
        Assert.False(File.Exists(site.FileOf("www.mesh.test")));
        // Asked again when the authority says, if that is later than we would.
        Assert.True(failure.NotBefore - clock.Now >= (fault == "limited" ? TimeSpan.FromHours(2) - TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(3)));
        int asked = authority.Asked;
        Assert.InRange(asked, 1, 200);
        await site.Orders.LookAsync(CancellationToken.None);
        Assert.Equal(asked, authority.Asked);
    }

    [Fact]
    public async Task Whom_nobody_vouches_for_is_told_nothing()
    {
        await using var authority = await FaultyAuthority.StartAsync("127.70.8.3", "");
        await using var other = await FaultyAuthority.StartAsync("127.70.8.4", "");
        var clock = new HandClock { Now = DateTimeOffset.UtcNow };
        await using var site = new AcmeSite("127.70.8.5", folder.FullName, new AcmeConfig(authority.Url, [], ["www.mesh.test"], other.CaFile, 20), new MemoryJournal(clock), clock);
        await site.Orders.LookAsync(CancellationToken.None);
        Assert.StartsWith("directory: ", site.Of("www.mesh.test").Failure!.Why);
        Assert.Equal(0, authority.Asked);
    }
}
