using Mesh.Host.Admin;
using Mesh.Host.Commands;
using Mesh.Host.Sorry.Customers;
using Mesh.Host.Sorry.Customers.Accounts;
using Mesh.Host.Tests.Admin;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Sorry.Customers;

/// <summary><c>mesh sorry customer</c> against an admin listener with accounts behind it.</summary>
public sealed class CustomerCommandTests : IAsyncLifetime
{
    private readonly StringWriter output = new(), error = new();
    private readonly MemoryJournal journal = new(TimeProvider.System);
    private readonly CustomerBook book;
    private AdminListener? admin;
    private string url = "";

    public CustomerCommandTests()
    {
        var limits = CustomerWorld.Limits;
        book = new CustomerBook(journal, new CustomerPasswords(new CustomerSeal(new byte[32]), limits), limits);
    }

    public async Task InitializeAsync()
    {
        var listen = FreePort.On("127.68.6.1", "http");
        admin = await AdminListener.StartAsync(new FakeSiteView(), null, listen, NullLoggerFactory.Instance, CancellationToken.None, new CustomerAdminPages(book));
        url = $"http://127.68.6.1:{listen.Port}";
    }

    public async Task DisposeAsync()
    {
        await admin!.DisposeAsync();
        book.Dispose();
    }

    [Fact]
    public async Task Add_hosts_password_list_remove()
    {
        Assert.Equal(ExitCode.Ok, await Run("add", "Anna", "--host", "WWW.example.org", "--host", "*.shop.example", "--who", "miriam", "--why", "ticket 7"));
        string first = output.ToString().Trim();
        Assert.Matches("^[a-z0-9]{6}(-[a-z0-9]{6}){3}$", first);
        var account = book.Board.Find("anna")!;
        Assert.Equal(["www.example.org", "*.shop.example"], account.Hosts);
        Assert.True(await book.Passwords.IsAsync(account, first, default));
        var entry = Assert.Single(journal.Read(CustomerChange.Kind));
        Assert.Equal(("miriam", "ticket 7", "anna"), (entry.Who, entry.Why, entry.Subject));

        Assert.Equal(ExitCode.Ok, await Run("password", "anna"));
        string second = output.ToString().Trim();
        account = book.Board.Find("anna")!;
        Assert.True(await book.Passwords.IsAsync(account, second, default));
        Assert.False(await book.Passwords.IsAsync(account, first, default));

        Assert.Equal(ExitCode.Ok, await Run("hosts", "anna", "--host", "bücher.example"));
        Assert.Equal(ExitCode.Ok, await Run("list"));
        Assert.Contains("xn--bcher-kva.example", output.ToString());
        Assert.DoesNotContain(second, output.ToString());
        Assert.Equal(ExitCode.Ok, await Run("remove", "anna"));
        Assert.Empty(book.Board.All);
        Assert.Equal(ExitCode.Ok, await Run("add", "anna", "--host", "www.example.org"));
        Assert.False(await book.Passwords.IsAsync(book.Board.Find("anna"), second, default));
    }

    [Theory]
    [InlineData("up to 40 letters", "add", "no name", "--host", "a.example")]
    [InlineData("a host name or *.DOMAIN", "add", "anna", "--host", "*")]
    [InlineData("a host name or *.DOMAIN", "add", "anna", "--host", "a b")]
    [InlineData("no such account", "remove", "nobody")]
    [InlineData("no such account", "password", "nobody")]
    [InlineData("no such account", "hosts", "nobody", "--host", "a.example")]
    public async Task What_cannot_be_is_said(string why, params string[] arguments)
    {
        Assert.Equal(ExitCode.Refused, await Run(arguments));
        Assert.Contains(why, error.ToString());
        Assert.Empty(journal.Read(CustomerChange.Kind));
    }

    [Fact]
    public async Task A_hash_in_the_journal_is_sealed_and_serves_no_other_account_and_no_other_key()
    {
        Assert.Null(await book.AddAsync("anna", ["a.example"], "correct-horse-battery", "x", "", default));
        string body = journal.Read(CustomerChange.Kind)[0].Body.GetRawText();
        var anna = book.Board.Find("anna")!;
        // The hasher's output is base64 that begins so (its format marker is 1).
        string hash = new CustomerSeal(new byte[32]).Open("anna", anna.Password)!;
        Assert.StartsWith("AQ", hash);
        Assert.DoesNotContain(hash[..20], body);
        Assert.Null(new CustomerSeal(new byte[32]).Open("tom", anna.Password));
        Assert.Null(new CustomerSeal([1, .. new byte[31]]).Open("anna", anna.Password));
        Assert.Null(new CustomerSeal(new byte[32]).Open("anna", "AAAA"));
        Assert.Null(new CustomerSeal(new byte[32]).Open("anna", "no base64!"));
        Assert.False(await book.Passwords.IsAsync(anna with { Name = "tom" }, "correct-horse-battery", default));
        Assert.True(await book.Passwords.IsAsync(anna, "correct-horse-battery", default));
    }

    [Fact]
    public async Task Too_many_passwords_at_once_are_not_judged()
    {
        using var none = new CustomerPasswords(new CustomerSeal(new byte[32]), CustomerWorld.Limits with { PasswordsWaiting = 0 });
        Assert.Null(await none.IsAsync(null, "wrong", default));
        Assert.Null(await none.HashAsync("anna", "correct-horse-battery", default));
        using var one = new CustomerPasswords(new CustomerSeal(new byte[32]), CustomerWorld.Limits with { PasswordsWaiting = 1 });
        for (int i = 0; i < 3; i++) Assert.False(await one.IsAsync(null, "wrong", default));
    }

    private Task<int> Run(params string[] arguments)
    {
        output.GetStringBuilder().Clear();
        return new MeshCommandLine(new Terminal(output, error, new Dictionary<string, string>()), null, null).RunAsync(["sorry", "customer", .. arguments, "--admin", url]);
    }
}
