namespace Mesh.Dialplan.Loading;

/// <summary>The names a plan may use, filled in by the host from the configuration. A set that is null is not checked.</summary>
public sealed record DialplanNames
{
    public static readonly DialplanNames Unchecked = new();

    /// <summary>Accounts of SIP phones: <c>Sip("...")</c>.</summary>
    public IReadOnlySet<string>? Phones { get; init; }

    /// <summary>Devices that register over IAX2: <c>Iax("fax-modem")</c>.</summary>
    public IReadOnlySet<string>? IaxPhones { get; init; }

    /// <summary>Every site, this one too, for the plan is the same on all: <c>Iax("office/301")</c>.</summary>
    public IReadOnlySet<string>? Sites { get; init; }

    /// <summary>Other IAX2 systems.</summary>
    public IReadOnlySet<string>? Peers { get; init; }

    /// <summary>Carriers: <c>Trunk("...", number)</c>.</summary>
    public IReadOnlySet<string>? Trunks { get; init; }

    /// <summary>People's numbers: <c>Person("301")</c>, and whose mailbox <c>call.Voicemail("301")</c> is.</summary>
    public IReadOnlySet<string>? People { get; init; }

    /// <summary>Sounds, as <c>call.Play("...")</c> names them.</summary>
    public IReadOnlySet<string>? Sounds { get; init; }
}
