namespace Mesh.Dialplan.Calls;

/// <summary>The figures of the mesh law. The same on every site: a header's values are cut to them.</summary>
public sealed record MeshLawOptions
{
    /// <summary>B0: legs one inbound call may cause, over the whole mesh.</summary>
    public int Credit { get; init; } = 40;

    /// <summary>A number's own B0, by number as dialled.</summary>
    public IReadOnlyDictionary<string, int> CreditByNumber { get; init; } = new Dictionary<string, int>();

    /// <summary>Bleaf: legs a call without a valid header may cause, local phones only.</summary>
    public int LeafCredit { get; init; } = 4;

    /// <summary>H: hops between servers.</summary>
    public int Hops { get; init; } = 4;

    /// <summary>R: how often one server may be on a path.</summary>
    public int Visits { get; init; } = 2;

    /// <summary>D: diversions.</summary>
    public int Diversions { get; init; } = 3;

    /// <summary>T: milliseconds after entry in which legs may be made.</summary>
    public int SetupMs { get; init; } = 180_000;

    /// <summary>How far two sites' wall clocks may differ before one's headers are no longer believed, milliseconds.</summary>
    public int ClockSlackMs { get; init; } = 60_000;

    /// <summary>A local device that gives no sign of life for so long is tried over the next site (R11), milliseconds.</summary>
    public int LifeMs { get; init; } = 300;

    /// <summary>How much longer it is given while this server has not read all that arrived, milliseconds.</summary>
    public int LifeBehindMs { get; init; } = 1_000;

    /// <summary>Calls at once, and as many origins again that are only remembered; a new one above it is refused (503).</summary>
    public int MaxOrigins { get; init; } = 100_000;

    /// <summary>Legs of one origin accepted from other sites; above it they are refused as repetitions.</summary>
    public int MaxLegsSeen { get; init; } = 256;

    /// <summary>Numbers that always go out, whatever limit or rule says otherwise.</summary>
    public IReadOnlyCollection<string> EmergencyNumbers { get; init; } = ["999", "112", "18000"];

    public bool IsEmergency(string number) => EmergencyNumbers.Contains(MeshHash.Normalise(number));

    /// <summary>How long an (o, l) is remembered: until its header would be too old to be believed anyway.</summary>
    public long RememberMs => SetupMs + 2L * ClockSlackMs;
}
