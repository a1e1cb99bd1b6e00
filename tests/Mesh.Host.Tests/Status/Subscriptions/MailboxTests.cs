using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Tests.Status.Subscriptions;

public class MailboxTests
{
    [Theory]
    [InlineData("anna@example.org", "anna@example.org")]
    [InlineData(" anna@Example.ORG ", "anna@example.org")]
    [InlineData("a.b+c-d_e!#$%&'*/=?^`{|}~@sub.example.co.uk", "a.b+c-d_e!#$%&'*/=?^`{|}~@sub.example.co.uk")]
    [InlineData("x@xn--bcher-kva.example", "x@xn--bcher-kva.example")]
    public void An_address_that_can_be_written_to_is_read(string text, string address)
    {
        Assert.True(Mailbox.TryParse(text, out var mailbox));
        Assert.Equal(address, mailbox.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("@example.org")]
    [InlineData("anna@")]
    [InlineData("anna@localhost")]
    [InlineData("anna@127.0.0.1")]
    [InlineData("anna@[127.0.0.1]")]
    [InlineData("anna@-a.example")]
    [InlineData("anna@a..example")]
    [InlineData(".anna@example.org")]
    [InlineData("an..na@example.org")]
    [InlineData("\"an na\"@example.org")]
    [InlineData("an na@example.org")]
    [InlineData("änna@example.org")]
    [InlineData("anna@exämple.org")]
    [InlineData("anna@example.org, tom@example.org")]
    [InlineData("anna@example.org>\r\nRCPT TO:<tom@example.org")]
    [InlineData("anna\r\nBcc: tom@example.org")]
    [InlineData("anna@example.org\0")]
    [InlineData("Anna <anna@example.org>")]
    public void What_could_carry_more_than_an_address_is_none(string text) => Assert.False(Mailbox.TryParse(text, out _));

    [Fact]
    public void Lengths_are_those_of_RFC_5321()
    {
        Assert.True(Mailbox.TryParse($"{new string('a', 64)}@example.org", out _));
        Assert.False(Mailbox.TryParse($"{new string('a', 65)}@example.org", out _));
        string domain = string.Join('.', Enumerable.Repeat(new string('b', 60), 4));
        Assert.False(Mailbox.TryParse($"{new string('a', 20)}@{domain}", out _));
    }
}
