using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Listening;

/// <summary>
/// Certificates in folders, <c>NAME.pem</c> (the chain, leaf first) with <c>NAME.key</c> or the key in the same file, chosen by the name a client asks for. The folders are looked at again as
/// connections come, at most once a second: a certificate renewed or added needs no restart. One that cannot be read leaves what was in force.
/// </summary>
public sealed class CertificateFolder : IDisposable
{
    /// <summary>Certificates at most; the rest of the folder is passed over.</summary>
    public const int MaxCertificates = 1_000;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private sealed record Loaded(SslStreamCertificateContext Context, X509Certificate2 Leaf, DateTime PemTime, DateTime KeyTime);

    private readonly string folder;
    private readonly string? ordered;
    private readonly TimeProvider time;
    private readonly Action<string, string> onUnusable;
    private readonly Lock reading = new();
    private readonly List<Loaded> replaced = [];
    private volatile Dictionary<string, Loaded> byFile = [];
    private volatile Dictionary<string, Loaded> byName = [];
    private readonly HashSet<(string, DateTime, DateTime)> complained = [];
    private long lookedAt;

    /// <param name="folder">What somebody puts there, which comes first.</param>
    /// <param name="onUnusable">Told of files that cannot be used: their path and why.</param>
    /// <param name="ordered">What is ordered by ACME; null: nothing is.</param>
    public CertificateFolder(string folder, TimeProvider time, Action<string, string>? onUnusable = null, string? ordered = null)
    {
        this.folder = folder;
        this.ordered = ordered;
        this.time = time;
        this.onUnusable = onUnusable ?? ((_, _) => { });
        lookedAt = time.GetTimestamp();
        Read();
    }

    public bool IsEmpty
    {
        get
        {
            Look();
            return byFile.Count == 0;
        }
    }

    /// <summary>Until when each file's certificate holds.</summary>
    public IReadOnlyList<(string File, DateTimeOffset Until)> Ends
    {
        get
        {
            Look();
            return [.. byFile.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => (Path.GetFileNameWithoutExtension(f.Key), new DateTimeOffset(f.Value.Leaf.NotAfter.ToUniversalTime(), TimeSpan.Zero)))];
        }
    }

    /// <summary>The certificate for a name: its own, else a wildcard's, else that of the file <c>default</c>, else the first. Null when there is none at all.</summary>
    public SslStreamCertificateContext? Find(string? name)
    {
        Look();
        var names = byName;
        if (name is not null && SorryTarget.Host(name) is { } host)
        {
            if (names.TryGetValue(host, out var own)) return own.Context;
            int dot = host.IndexOf('.', StringComparison.Ordinal);
            // RFC 6125 section 6.4.3: a wildcard stands for one label.
            if (dot > 0 && names.TryGetValue("*" + host[dot..], out var wild)) return wild.Context;
        }
        var files = byFile;
        return files.GetValueOrDefault(Path.Combine(folder, "default.pem"))?.Context ?? files.OrderBy(f => f.Key.StartsWith(folder, StringComparison.Ordinal) ? 0 : 1).ThenBy(f => f.Key, StringComparer.Ordinal).FirstOrDefault().Value?.Context;
    }

    /// <summary>All in force, by name.</summary>
    public IReadOnlyList<CertificateView> List()
    {
        Look();
        return [.. byFile.Select(f => new CertificateView([.. Names(f.Value.Leaf)], f.Value.Leaf.GetNameInfo(X509NameType.SimpleName, forIssuer: true), f.Value.Leaf.NotBefore.ToUniversalTime(),
            f.Value.Leaf.NotAfter.ToUniversalTime(), ordered is not null && Path.GetDirectoryName(f.Key) == ordered, Path.GetFileName(f.Key))).OrderBy(static c => c.Names.FirstOrDefault(), StringComparer.Ordinal)];
    }

    /// <summary>For a handshake: by the name the client asks for.</summary>
    public ValueTask<SslServerAuthenticationOptions> Select(SslStream stream, SslClientHelloInfo hello, object? state, CancellationToken cancelled) => ValueTask.FromResult(Options(hello.ServerName));

    /// <summary>TLS 1.2 and 1.3. Throws <see cref="AuthenticationException"/> when there is no certificate at all.</summary>
    public SslServerAuthenticationOptions Options(string? name) => new()
    {
        ServerCertificateContext = Find(name) ?? throw new AuthenticationException("there is no certificate"),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
    };

    public void Dispose()
    {
        foreach (var one in byFile.Values.Concat(replaced)) one.Leaf.Dispose();
    }

    private void Look()
    {
        long last = Volatile.Read(ref lookedAt);
        if (time.GetElapsedTime(last) < LookAgain || Interlocked.CompareExchange(ref lookedAt, time.GetTimestamp(), last) != last) return;
        Read();
    }

    private void Read()
    {
        lock (reading)
        {
            var files = new Dictionary<string, Loaded>(StringComparer.Ordinal);
            var names = new Dictionary<string, Loaded>(StringComparer.Ordinal);
            // What somebody put there comes after what was ordered, and over it.
            foreach (string place in ordered is null ? (string[])[folder] : [ordered, folder])
            {
                if (!Directory.Exists(place)) continue;
                foreach (string pem in Directory.EnumerateFiles(place, "*.pem").Order(StringComparer.Ordinal).Take(MaxCertificates))
                    if (Load(pem) is { } loaded)
                    {
                        files[pem] = loaded;
                        foreach (var name in Names(loaded.Leaf)) names[name] = loaded;
                    }
            }
            // Handshakes may still hold one that was replaced; there are few, and they end with us.
            replaced.AddRange(byFile.Values.Except(files.Values));
            (byFile, byName) = (files, names);
        }
    }

    private Loaded? Load(string pem)
    {
        string key = Path.ChangeExtension(pem, ".key");
        var before = byFile.GetValueOrDefault(pem);
        try
        {
            var (pemTime, keyTime) = (File.GetLastWriteTimeUtc(pem), File.GetLastWriteTimeUtc(key));
            if (before is not null && before.PemTime == pemTime && before.KeyTime == keyTime) return before;
            var leaf = X509Certificate2.CreateFromPemFile(pem, File.Exists(key) ? key : null);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(pem);
            return new Loaded(SslStreamCertificateContext.Create(leaf, chain, offline: true), leaf, pemTime, keyTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            if (complained.Count < MaxCertificates && complained.Add((pem, File.GetLastWriteTimeUtc(pem), File.GetLastWriteTimeUtc(key)))) onUnusable(pem, e.Message);
            return before;
        }
    }

    private static IEnumerable<string> Names(X509Certificate2 leaf)
    {
        var alternative = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return alternative is not null ? alternative.EnumerateDnsNames().Select(n => n.ToLowerInvariant()) : [leaf.GetNameInfo(X509NameType.DnsName, forIssuer: false).ToLowerInvariant()];
    }
}
