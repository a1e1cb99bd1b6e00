using Mesh.Io;

namespace Mesh.Host.Registrar;

/// <summary>What a device registered with.</summary>
public enum BindingTechnology : byte
{
    Sip,
    Iax2,
}

/// <summary>One place a phone is registered from (RFC 3261 section 10: a binding of an address-of-record to a contact). Frozen: a refresh makes a new one.</summary>
public sealed record Binding
{
    /// <summary>Its row in the store, for life.</summary>
    public required long Row { get; init; }

    public required string Account { get; init; }

    public BindingTechnology Technology { get; init; }

    /// <summary>The contact as the phone gave it, without angle brackets.</summary>
    public required string ContactUri { get; init; }

    /// <summary>Preference in thousandths.</summary>
    public int Q { get; init; } = 1000;

    /// <summary>Where the request came from: packets go back there, through the phone's NAT.</summary>
    public required NetAddress Received { get; init; }

    /// <summary>udp, tcp or another; iax2 has udp.</summary>
    public string Transport { get; init; } = "udp";

    /// <summary>The connection it came over, 0 for datagrams; means nothing after a restart.</summary>
    public long FlowId { get; init; }

    /// <summary>Of the REGISTER; empty for IAX2.</summary>
    public string CallId { get; init; } = "";

    public uint CSeq { get; init; }

    /// <summary><c>+sip.instance</c> (RFC 5626 section 4.1); empty when not given.</summary>
    public string Instance { get; init; } = "";

    /// <summary><c>reg-id</c>; 0 when not given.</summary>
    public uint RegId { get; init; }

    public string UserAgent { get; init; } = "";

    /// <summary>The Path header's values (RFC 3327), as received; empty when there were none.</summary>
    public string Path { get; init; } = "";

    /// <summary>Milliseconds of the loop's clock at which it lapses.</summary>
    public required long ExpiresAtMs { get; init; }

    /// <summary>What identifies the device on all sites (mesh law R11): its instance, else account and contact.</summary>
    public string DeviceKey => Instance.Length > 0 ? Instance : $"{Account} {HostPort(ContactUri)}";

    /// <summary>The contact without its user and parameters: a phone with a line key per site gives each line a user of its own.</summary>
    private static string HostPort(string uri)
    {
        int start = uri.IndexOf('@', StringComparison.Ordinal) + 1;
        if (start == 0) start = uri.IndexOf(':', StringComparison.Ordinal) + 1;
        int end = uri.AsSpan(start).IndexOfAny(';', '?', '>');
        return end < 0 ? uri[start..] : uri[start..(start + end)];
    }

    /// <summary>Seconds left, rounded up.</summary>
    public int ExpiresInSeconds(long nowMs) => (int)Math.Max(0, (ExpiresAtMs - nowMs + 999) / 1000);
}
