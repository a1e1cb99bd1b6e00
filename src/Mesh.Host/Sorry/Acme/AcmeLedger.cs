using System.Text.Json;

namespace Mesh.Host.Sorry.Acme;

/// <summary>What was ordered in the last day and which hosts are left alone until when; on disk before an order begins, so that a site that restarts again and again still keeps to its limit.</summary>
public sealed class AcmeLedger
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private sealed record Written(List<DateTimeOffset> Orders, Dictionary<string, AcmeFailure> Failures);

    private readonly string file;
    private readonly Lock gate = new();
    private Written now = new([], []);

    /// <exception cref="IOException">The file is there but cannot be read.</exception>
    public AcmeLedger(string file)
    {
        this.file = file;
        if (!File.Exists(file)) return;
        try { now = JsonSerializer.Deserialize<Written>(File.ReadAllText(file)) is { Orders: not null, Failures: not null } read ? read : now; }
        catch (Exception e) when (e is JsonException or UnauthorizedAccessException) { throw new IOException($"{file} cannot be read: {e.Message}; without it nobody knows what was ordered today", e); }
    }

    /// <summary>Null: the last order of the host, if any, was filled.</summary>
    public AcmeFailure? FailureOf(string host)
    {
        lock (gate) return now.Failures.GetValueOrDefault(host);
    }

    /// <summary>Enters an order; false, and nothing entered, when there were <paramref name="most"/> in the last 24 hours.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public bool TryBegin(DateTimeOffset at, int most)
    {
        lock (gate)
        {
            now.Orders.RemoveAll(o => o <= at - Day);
            if (now.Orders.Count >= most) return false;
            now.Orders.Add(at);
            Write();
            return true;
        }
    }

    /// <param name="failure">Null: it was filled.</param>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void End(string host, AcmeFailure? failure)
    {
        lock (gate)
        {
            if (failure is null) now.Failures.Remove(host);
            else now.Failures[host] = failure;
            Write();
        }
    }

    private void Write() => PrivateFile.Write(file, JsonSerializer.Serialize(now));
}

/// <summary>Why a host has not got its certificate.</summary>
/// <param name="Times">In a row.</param>
/// <param name="NotBefore">It is left alone until then.</param>
public sealed record AcmeFailure(int Times, DateTimeOffset NotBefore, string Why);
