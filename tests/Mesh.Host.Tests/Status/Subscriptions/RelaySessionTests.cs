using System.Security.Cryptography.X509Certificates;
using Mesh.Host.Config.Model;
using Mesh.Host.Status.Subscriptions.Mail;
using Mesh.Host.Tests.Sorry;
using Mesh.Scenarios;

namespace Mesh.Host.Tests.Status.Subscriptions;

/// <summary>Our sending half of SMTP against a strict receiver on a real socket.</summary>
public sealed class RelaySessionTests : IDisposable
{
    private const string Address = "127.75.3.1";
    private readonly Certificates certificates = new("relay.example");

    public void Dispose() => certificates.Dispose();

    [Fact]
    public async Task Letters_go_over_one_connection_and_arrive_as_they_were()
    {
        await using var sink = new MailSink(Address);
        await using (var session = await Open(sink, StartTls.Off))
            for (int i = 0; i < 3; i++) Assert.Equal(Delivery.Taken, await session.SendAsync(Letter($"anna{i}@example.net", ".\n..\n.dot\nline\n."), "Example", CancellationToken.None));
        Assert.Equal(["anna0@example.net", "anna1@example.net", "anna2@example.net"], sink.Received.Select(r => r.To));
        Assert.All(sink.Received, r => Assert.Equal(".\r\n..\r\n.dot\r\nline\r\n.\r\n", r.Text));
        Assert.Single(sink.Commands, c => c.StartsWith("EHLO", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_relay_says_of_a_recipient_is_told_apart_and_the_next_letter_goes()
    {
        await using var sink = new MailSink(Address) { Recipient = to => to.StartsWith("gone", StringComparison.Ordinal) ? "550 5.1.1 no such user" : to.StartsWith("full", StringComparison.Ordinal) ? "452 4.2.2 full" : null };
        await using var session = await Open(sink, StartTls.Off);
        Assert.Equal(Delivery.Refused, await session.SendAsync(Letter("gone@example.net"), "Example", CancellationToken.None));
        Assert.Equal(Delivery.Later, await session.SendAsync(Letter("full@example.net"), "Example", CancellationToken.None));
        Assert.Equal(Delivery.Taken, await session.SendAsync(Letter("anna@example.net"), "Example", CancellationToken.None));
        Assert.Equal("anna@example.net", Assert.Single(sink.Received).To);
    }

    [Fact]
    public async Task Required_TLS_needs_a_good_certificate_and_then_carries_everything()
    {
        await using var sink = new MailSink(Address) { Certificate = Certificate(), Account = ("mesh", "correct-horse") };
        // Nobody this machine trusts has signed it.
        await Fails(() => Open(sink, StartTls.Required, user: "mesh"));
        Assert.DoesNotContain(sink.Commands, c => c.StartsWith("AUTH", StringComparison.Ordinal));

        await using (var session = await Open(sink, StartTls.Required, user: "mesh", trust: true))
        {
            Assert.True(session.IsSecure);
            Assert.Equal(Delivery.Taken, await session.SendAsync(Letter("anna@example.net"), "Example", CancellationToken.None));
        }
        Assert.True(Assert.Single(sink.Received).Secure);
    }

    [Fact]
    public async Task Required_TLS_that_is_not_offered_sends_nothing()
    {
        await using var sink = new MailSink(Address) { Account = ("mesh", "correct-horse") };
        Assert.Contains("STARTTLS", await Fails(() => Open(sink, StartTls.Required, user: "mesh")));
        Assert.DoesNotContain(sink.Commands, c => c.StartsWith("AUTH", StringComparison.Ordinal) || c.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Offered_TLS_is_used_where_it_is(bool offered)
    {
        await using var sink = new MailSink(Address) { Certificate = offered ? Certificate() : null };
        await using (var session = await Open(sink, StartTls.Offered)) Assert.Equal(Delivery.Taken, await session.SendAsync(Letter("anna@example.net"), "Example", CancellationToken.None));
        Assert.Equal(offered, Assert.Single(sink.Received).Secure);
    }

    [Fact]
    public async Task What_comes_before_TLS_is_believed_by_nobody()
    {
        await using var sink = new MailSink(Address) { Certificate = Certificate(), BeforeTls = "250 all is well" };
        await Fails(() => Open(sink, StartTls.Required, trust: true));
    }

    [Fact]
    public async Task A_wrong_password_is_said_without_the_password()
    {
        await using var sink = new MailSink(Address) { Account = ("mesh", "another") };
        string why = await Fails(() => Open(sink, StartTls.Off, user: "mesh"));
        Assert.Contains("535", why);
        Assert.DoesNotContain("correct-horse", why);
        Assert.DoesNotContain(Convert.ToBase64String("correct-horse"u8), why);
    }

    [Fact]
    public async Task A_relay_that_is_not_there_or_breaks_off_is_a_failure_soon()
    {
        var sink = new MailSink(Address) { BreakAfter = 1 };
        await using (var session = await Open(sink, StartTls.Off))
        {
            Assert.Equal(Delivery.Taken, await session.SendAsync(Letter("anna@example.net"), "Example", CancellationToken.None));
            await Assert.ThrowsAsync<RelayException>(() => session.SendAsync(Letter("tom@example.net"), "Example", CancellationToken.None));
        }
        await sink.DisposeAsync();
        await Fails(() => Open(sink, StartTls.Off));
    }

    private X509Certificate2 Certificate()
    {
        using var pem = X509Certificate2.CreateFromPemFile(Path.Combine(certificates.Folder, "relay.example.pem"), Path.Combine(certificates.Folder, "relay.example.key"));
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pfx), null);
    }

    private static async Task<string> Fails(Func<Task<RelaySession>> open) => (await Assert.ThrowsAsync<RelayException>(open)).Message;

    private static Task<RelaySession> Open(MailSink sink, StartTls startTls, string user = "", bool trust = false) => RelaySession.OpenAsync(
        new MailConfig(new HostPort(Address, (ushort)sink.Port), SubscriptionWorld.Box("status@example.org"), startTls, user, new Secret("correct-horse")),
        new RelayOptions { Certificate = trust ? static (_, _, _, _) => true : null }, TimeProvider.System, CancellationToken.None);

    private static Letter Letter(string to, string text = "Hello.") => new(SubscriptionWorld.Box(to), "Subject", "1@example.org", text);
}
