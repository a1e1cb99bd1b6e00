using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Mesh.Scenarios;

/// <summary>One row of <c>sipp-scenarios/scenarios.yaml</c>.</summary>
public sealed class Scenario
{
    public string Name { get; set; } = "";

    /// <summary>What SIPp must see.</summary>
    public string Sees { get; set; } = "";

    public List<PhoneRole> Phones { get; set; } = [];

    public CallerRole? Caller { get; set; }

    /// <summary>A site to SIGKILL first; it is started again afterwards.</summary>
    public string? Kill { get; set; }

    /// <summary>Milliseconds between the two phones' answers, one call each.</summary>
    public List<int> Race { get; set; } = [];

    public static IReadOnlyList<Scenario> Load() => new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build()
        .Deserialize<List<Scenario>>(File.ReadAllText(Path.Combine(Checkout.Scenarios, "scenarios.yaml")));

    public override string ToString() => Name;
}

/// <summary>A phone that SIPp plays.</summary>
public sealed class PhoneRole
{
    public string Account { get; set; } = "";
    public List<string> At { get; set; } = [];
    public string? Plays { get; set; }
}

/// <summary>The carrier that SIPp plays.</summary>
public sealed class CallerRole
{
    public string Plays { get; set; } = "";
    public string At { get; set; } = "";
    public string Dials { get; set; } = "";
    public bool Tcp { get; set; }
}
