using System.Globalization;
using System.Net;
using System.Text;
using Mesh.Host.Sorry.Customers.Accounts;
using Mesh.Host.Listening;

namespace Mesh.Host.Sorry.Customers.Sessions;

/// <summary>Judges names, passwords and tokens. What is wrong with them is never said, and takes the same time, whether or not there is such an account.</summary>
public sealed class CustomerLogin(CustomerBook book, CustomerCounters counters, CustomerLimits limits, TimeProvider time)
{
    private readonly AttemptLimit sources = new(limits.WrongPerSource, limits.LoginWindow, time), accounts = new(limits.WrongPerAccount, limits.LoginWindow, time);
    // Every password costs a tenth of a second of the machine, right ones too: programs have tokens.
    private readonly AttemptLimit passwords = new(limits.PasswordsPerAccount, limits.LoginWindow, time);

    public async Task<LoginResult> ByPasswordAsync(string name, string password, IPAddress? source, CancellationToken cancelled)
    {
        string from = Source(source), key = name.Length > CustomerAccount.NameLength ? "" : name.ToLowerInvariant();
        if (!sources.TryTake(from)) return TooMany(sources.Wait(from));
        if (!accounts.TryTake(key)) return TooMany(accounts.Wait(key));
        if (!passwords.TryTake(key)) return TooMany(passwords.Wait(key));
        var account = CustomerAccount.ParseName(name) is { } kept ? book.Board.Find(kept) : null;
        if (await book.Passwords.IsAsync(account, password, cancelled) is not { } isRight) return TooMany(TimeSpan.FromSeconds(5));
        if (!isRight) return Wrong();
        sources.GiveBack(from);
        accounts.GiveBack(key);
        counters.Count(CustomerOutcome.Login);
        return new LoginResult(account, null);
    }

    /// <summary>From the Authorization header of a program: a token as Bearer or as the password of Basic, or a password.</summary>
    public async Task<LoginResult> ByHeaderAsync(string header, IPAddress? source, CancellationToken cancelled)
    {
        if (header.Length > 2_000) return Wrong();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return ByToken(header[7..].Trim(), null, source);
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || Decode(header[6..].Trim()) is not var (name, password)) return Wrong();
        return password.StartsWith(CustomerPasswords.TokenMark, StringComparison.Ordinal) ? ByToken(password, name, source) : await ByPasswordAsync(name, password, source, cancelled);
    }

    private LoginResult ByToken(string token, string? name, IPAddress? source)
    {
        string from = Source(source);
        if (!sources.TryTake(from)) return TooMany(sources.Wait(from));
        var account = book.Board.ByToken(CustomerPasswords.HashOfToken(token));
        if (account is null || (name is not null && CustomerAccount.ParseName(name) != account.Name)) return Wrong();
        sources.GiveBack(from);
        return new LoginResult(account, null);
    }

    private LoginResult Wrong()
    {
        counters.Count(CustomerOutcome.WrongLogin);
        return new LoginResult(null, null);
    }

    private LoginResult TooMany(TimeSpan wait)
    {
        counters.Count(CustomerOutcome.TooManyLogins);
        return new LoginResult(null, wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1));
    }

    private static string Source(IPAddress? source) => SourceLimit.Key(source ?? IPAddress.None).ToString("x", CultureInfo.InvariantCulture);

    // RFC 7617: the name has no colon.
    private static (string Name, string Password)? Decode(string basic)
    {
        byte[] octets = new byte[basic.Length];
        if (!Convert.TryFromBase64String(basic, octets, out int length)) return null;
        string both = Encoding.UTF8.GetString(octets, 0, length);
        int colon = both.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (both[..colon], both[(colon + 1)..]);
    }
}

/// <param name="Account">Null: not let in.</param>
/// <param name="Wait">Not even judged: too many were wrong; for so long.</param>
public sealed record LoginResult(CustomerAccount? Account, TimeSpan? Wait)
{
    public string WaitSeconds => Math.Ceiling(Wait?.TotalSeconds ?? 0).ToString(CultureInfo.InvariantCulture);
}
