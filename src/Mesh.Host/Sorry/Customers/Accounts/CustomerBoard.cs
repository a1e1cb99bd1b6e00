using System.Collections.Frozen;
using Mesh.Host.Journal;

namespace Mesh.Host.Sorry.Customers.Accounts;

/// <summary>Which accounts there are: a pure projection of the journal, frozen.</summary>
public sealed class CustomerBoard
{
    public static readonly CustomerBoard Empty = new([]);

    private readonly FrozenDictionary<string, CustomerAccount> byName, byToken;

    private CustomerBoard(Dictionary<string, CustomerAccount> accounts)
    {
        byName = accounts.ToFrozenDictionary(StringComparer.Ordinal);
        byToken = accounts.Values.Where(static a => a.Token.Length > 0).DistinctBy(static a => a.Token).ToFrozenDictionary(static a => a.Token, StringComparer.Ordinal);
    }

    public IEnumerable<CustomerAccount> All => byName.Values.OrderBy(static a => a.Name, StringComparer.Ordinal);

    public int Count => byName.Count;

    /// <summary>Projects entries of kind <c>sorry-customer</c>, in the journal's order. An account begins with the entry that has hosts and password.</summary>
    public static CustomerBoard From(IEnumerable<JournalEntry> entries)
    {
        var accounts = new Dictionary<string, CustomerAccount>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (CustomerChange.Read(entry.Body) is not { } change || CustomerAccount.ParseName(entry.Subject) is not { } name) continue;
            string stamp = $"{entry.Site} {entry.Number}";
            if (change.Removed) accounts.Remove(name);
            else if (accounts.TryGetValue(name, out var account))
                accounts[name] = account with
                {
                    Hosts = change.Hosts ?? account.Hosts, Password = change.Password ?? account.Password, Token = change.Token ?? account.Token,
                    Stamp = change.Password is null ? account.Stamp : stamp,
                };
            else if (change is { Hosts: { } hosts, Password: { } password }) accounts[name] = new CustomerAccount(name, hosts, password, change.Token ?? "", stamp);
        }
        return new CustomerBoard(accounts);
    }

    public CustomerAccount? Find(string name) => byName.GetValueOrDefault(name);

    public CustomerAccount? ByToken(string hash) => byToken.GetValueOrDefault(hash);
}
