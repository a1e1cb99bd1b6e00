using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Mesh.Host.Sorry.Customers.Accounts;

/// <summary>Passwords by ASP.NET Core's hasher, one at a time. A name that there is not takes as long as one that there is.</summary>
public sealed class CustomerPasswords : IDisposable
{
    private readonly PasswordHasher<string> hasher;
    private readonly CustomerSeal seal;
    private readonly CustomerLimits limits;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly string decoy;
    private int waiting;

    public CustomerPasswords(CustomerSeal seal, CustomerLimits limits)
    {
        (this.seal, this.limits) = (seal, limits);
        hasher = new PasswordHasher<string>(Options.Create(new PasswordHasherOptions { IterationCount = limits.PasswordRounds }));
        decoy = hasher.HashPassword("", RandomNumberGenerator.GetHexString(32));
    }

    /// <summary>Null when it is good enough, else why not.</summary>
    public string? Fault(string name, string password) =>
        password.Length < limits.PasswordAtLeast || password.Length > limits.PasswordAtMost ? $"a password has {limits.PasswordAtLeast} to {limits.PasswordAtMost} characters"
        : password.Contains(name, StringComparison.OrdinalIgnoreCase) ? "a password does not contain the name of the account"
        : password.Distinct().Count() < 5 ? "a password has at least five different characters" : null;

    /// <summary>A password nobody has to think of, 120 bits.</summary>
    public static string Random() => string.Join('-', Enumerable.Range(0, 4).Select(static _ => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 6)));

    /// <summary>The sealed hash of a password; null when too many wait.</summary>
    public Task<string?> HashAsync(string name, string password, CancellationToken cancelled) => InTurnAsync(() => seal.Close(name, hasher.HashPassword(name, password)), cancelled);

    /// <summary>Whether it is the password of an account, which may be null; null when too many wait.</summary>
    public async Task<bool?> IsAsync(CustomerAccount? account, string password, CancellationToken cancelled)
    {
        // Whatever was sent, as much work is done.
        string tried = password.Length > limits.PasswordAtMost ? "" : password;
        string? hash = account is null ? null : seal.Open(account.Name, account.Password);
        string? said = await InTurnAsync(() => hasher.VerifyHashedPassword("", hash ?? decoy, tried) == PasswordVerificationResult.Failed ? "no" : "yes", cancelled);
        return said is null ? null : hash is not null && said == "yes";
    }

    /// <summary>Every token begins so, no password that was made up does.</summary>
    public const string TokenMark = "mesh-token-";

    /// <summary>A token has 256 random bits, so one round is enough.</summary>
    public static (string Token, string Hash) NewToken()
    {
        string token = TokenMark + RandomNumberGenerator.GetHexString(64, lowercase: true);
        return (token, HashOfToken(token));
    }

    public static string HashOfToken(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public void Dispose() => turn.Dispose();

    private async Task<string?> InTurnAsync(Func<string> work, CancellationToken cancelled)
    {
        if (Interlocked.Increment(ref waiting) > limits.PasswordsWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return null;
        }
        try
        {
            await turn.WaitAsync(cancelled);
            try { return work(); }
            finally { turn.Release(); }
        }
        finally { Interlocked.Decrement(ref waiting); }
    }
}
