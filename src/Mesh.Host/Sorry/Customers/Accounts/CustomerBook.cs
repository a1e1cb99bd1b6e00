using Mesh.Host.Journal;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Customers.Accounts;

/// <summary>The accounts, the same at all sites. Each method returns null when what was asked is in force and on disk, else why it was refused.</summary>
/// <exception cref="JournalException">The disk does not take it.</exception>
public sealed class CustomerBook : IDisposable
{
    private readonly ISharedJournal journal;
    private readonly CustomerLimits limits;
    private readonly IDisposable observing;
    private readonly Lock folding = new();
    private volatile CustomerBoard board = CustomerBoard.Empty;

    public CustomerBook(ISharedJournal journal, CustomerPasswords passwords, CustomerLimits limits)
    {
        (this.journal, Passwords, this.limits) = (journal, passwords, limits);
        observing = journal.Observe(entry => { if (entry.Kind == CustomerChange.Kind) Project(); });
        Project();
    }

    public CustomerPasswords Passwords { get; }

    public CustomerBoard Board => board;

    public async Task<string?> AddAsync(string name, IReadOnlyList<string> hosts, string password, string who, string why, CancellationToken cancelled)
    {
        if (CustomerAccount.ParseName(name) is not { } kept) return $"a name has up to {CustomerAccount.NameLength} letters, digits, dots and dashes";
        if (board.Find(kept) is not null) return $"there is an account {kept} already";
        if (board.Count >= limits.Accounts) return $"there are {limits.Accounts} accounts; that is the most";
        var (targets, fault) = Targets(hosts);
        if ((fault ?? Passwords.Fault(kept, password) ?? Note(who, why)) is { } refused) return refused;
        if (await Passwords.HashAsync(kept, password, cancelled) is not { } hash) return Busy;
        return await AppendAsync(kept, new CustomerChange { Hosts = targets, Password = hash, Token = "" }, who, why, cancelled);
    }

    public async Task<string?> RemoveAsync(string name, string who, string why, CancellationToken cancelled) =>
        Find(name, out var account) ?? Note(who, why) ?? await AppendAsync(account!.Name, new CustomerChange { Removed = true }, who, why, cancelled);

    public async Task<string?> HostsAsync(string name, IReadOnlyList<string> hosts, string who, string why, CancellationToken cancelled)
    {
        var (targets, fault) = Targets(hosts);
        return Find(name, out var account) ?? fault ?? Note(who, why) ?? await AppendAsync(account!.Name, new CustomerChange { Hosts = targets }, who, why, cancelled);
    }

    /// <summary>Ends the sessions and the token of the account: somebody else may have had the old password.</summary>
    public async Task<string?> PasswordAsync(string name, string password, string who, string why, CancellationToken cancelled)
    {
        if ((Find(name, out var account) ?? Passwords.Fault(account!.Name, password) ?? Note(who, why)) is { } refused) return refused;
        if (await Passwords.HashAsync(account!.Name, password, cancelled) is not { } hash) return Busy;
        return await AppendAsync(account.Name, new CustomerChange { Password = hash, Token = "" }, who, why, cancelled);
    }

    /// <summary>Another token in place of the one there is; an empty <paramref name="hash"/>: none.</summary>
    public async Task<string?> TokenAsync(string name, string hash, string who, CancellationToken cancelled) =>
        Find(name, out var account) ?? await AppendAsync(account!.Name, new CustomerChange { Token = hash }, who, "", cancelled);

    public void Dispose()
    {
        observing.Dispose();
        Passwords.Dispose();
    }

    private const string Busy = "too many passwords are being judged; try again";

    private string? Find(string name, out CustomerAccount? account)
    {
        account = CustomerAccount.ParseName(name) is { } kept ? board.Find(kept) : null;
        return account is null ? "there is no such account" : null;
    }

    private (IReadOnlyList<string> Targets, string? Fault) Targets(IReadOnlyList<string> hosts)
    {
        if (hosts.Count == 0 || hosts.Count > limits.HostsPerAccount) return ([], $"an account has 1 to {limits.HostsPerAccount} hosts");
        var targets = hosts.Select(SorryTarget.Parse).ToList();
        int bad = targets.FindIndex(static t => t is null or SorryTarget.Everything);
        return bad >= 0 ? ([], $"{Contents.ContentPath.Quote(hosts[bad])}: a host name or *.DOMAIN is expected") : ([.. targets.Distinct()!], null);
    }

    private static string? Note(string who, string why) =>
        who.Length == 0 ? "say who does it" : who.Length > 200 || why.Length > 200 || who.Any(char.IsControl) || why.Any(char.IsControl) ? "who and why are one line of at most 200 characters" : null;

    private async Task<string?> AppendAsync(string name, CustomerChange change, string who, string why, CancellationToken cancelled)
    {
        await journal.AppendAsync(CustomerChange.Kind, name, who, why, change.Write(), cancelled);
        Project();
        return null;
    }

    private void Project()
    {
        lock (folding) board = CustomerBoard.From(journal.Read(CustomerChange.Kind));
    }
}
