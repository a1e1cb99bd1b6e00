using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Conform;

/// <summary>The server under test and what its operator gave for the test.</summary>
public sealed record ConformTarget
{
    public required NetAddress Server { get; init; }

    /// <summary>Answers and, for <see cref="RowNeeds.Echo"/>, echoes.</summary>
    public string Extension { get; init; } = "600";

    /// <summary>A number nobody has.</summary>
    public string UnknownExtension { get; init; } = "0000000000";

    public string? User { get; init; }

    public string? Secret { get; init; }

    public VoiceFormat Format { get; init; } = VoiceFormat.Ulaw;

    /// <summary>What was not given, or was said not to be there: rows that need it are skipped for the reason kept here.</summary>
    public IReadOnlyDictionary<RowNeeds, string> Lacks { get; init; } = new Dictionary<RowNeeds, string>();

    /// <summary>How long an answer may take, milliseconds.</summary>
    public int AnswerMs { get; init; } = 3_000;

    /// <summary>How long silence is listened to before it counts, milliseconds.</summary>
    public int SilenceMs { get; init; } = 700;

    /// <summary>Why a row is not tested; null when it can be.</summary>
    public string? WhySkipped(ConformRow row)
    {
        foreach (var (need, reason) in Lacks)
            if (row.Needs.HasFlag(need)) return reason;
        return null;
    }
}
