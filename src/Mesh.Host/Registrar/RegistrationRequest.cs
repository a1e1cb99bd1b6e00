using Mesh.Io;

namespace Mesh.Host.Registrar;

/// <summary>One Contact of a REGISTER.</summary>
/// <param name="Expires">Its own expires parameter, seconds; null when not given.</param>
public sealed record ContactRequest(string Uri, uint? Expires)
{
    public int Q { get; init; } = 1000;

    public string Instance { get; init; } = "";

    public uint RegId { get; init; }
}

/// <summary>The facts of a REGISTER (or an IAX2 REGREQ) from an account that has proved who it is.</summary>
public sealed record RegistrationRequest
{
    /// <summary>The account that authenticated.</summary>
    public required string Account { get; init; }

    /// <summary>The account it wants to register: the user of To.</summary>
    public required string AddressOfRecord { get; init; }

    public BindingTechnology Technology { get; init; }

    /// <summary>Without the star; none: it only asks which bindings there are.</summary>
    public IReadOnlyList<ContactRequest> Contacts { get; init; } = [];

    /// <summary>A Contact was <c>*</c>.</summary>
    public bool HasStar { get; init; }

    /// <summary>A Contact did not parse.</summary>
    public bool HasUnreadable { get; init; }

    /// <summary>The Expires header, seconds; null when absent.</summary>
    public uint? Expires { get; init; }

    public string CallId { get; init; } = "";

    public uint CSeq { get; init; }

    public required NetAddress Received { get; init; }

    public string Transport { get; init; } = "udp";

    public long FlowId { get; init; }

    public string UserAgent { get; init; } = "";

    public string Path { get; init; } = "";

    /// <summary>The device is at one place only, so this one replaces every other (IAX2).</summary>
    public bool OnePlace { get; init; }
}
