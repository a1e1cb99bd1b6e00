namespace Mesh.Host.Sorry.Customers;

/// <summary>What customers may do. Each refusal is counted.</summary>
public sealed record CustomerLimits
{
    public int Accounts { get; init; } = 1_000;

    public int HostsPerAccount { get; init; } = 50;

    /// <summary>Characters.</summary>
    public int PasswordAtLeast { get; init; } = 12;

    public int PasswordAtMost { get; init; } = 128;

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512; about a tenth of a second.</summary>
    public int PasswordRounds { get; init; } = 210_000;

    /// <summary>Passwords waiting to be judged; they are judged one at a time, so that calls have the rest of the machine.</summary>
    public int PasswordsWaiting { get; init; } = 20;

    public int Sessions { get; init; } = 2_000;

    /// <summary>The oldest ends when another begins.</summary>
    public int SessionsPerAccount { get; init; } = 10;

    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan SessionAtMost { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Passwords that one source (an IPv4 address or an IPv6 /64) may get wrong within <see cref="LoginWindow"/>.</summary>
    public int WrongPerSource { get; init; } = 10;

    /// <summary>Passwords of one account that may be wrong within <see cref="LoginWindow"/>, from wherever.</summary>
    public int WrongPerAccount { get; init; } = 30;

    /// <summary>Passwords of one account judged within <see cref="LoginWindow"/>, the right ones too.</summary>
    public int PasswordsPerAccount { get; init; } = 100;

    public TimeSpan LoginWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Uploads and switches of one account within a day: each is an entry of the journal, which is kept for ever.</summary>
    public int ActsPerDay { get; init; } = 200;

    /// <summary>Octets of an upload as it is sent.</summary>
    public int UploadOctets { get; init; } = 10 * 1024 * 1024;

    /// <summary>Uploads read at once; each is in memory while it is judged.</summary>
    public int UploadsAtOnce { get; init; } = 2;

    /// <summary>How much larger a packed file may become, beyond its first <see cref="RatioFrom"/> octets.</summary>
    public int Ratio { get; init; } = 100;

    public int RatioFrom { get; init; } = 64 * 1024;

    public int Connections { get; init; } = 300;

    public int ConnectionsPerSource { get; init; } = 20;
}
