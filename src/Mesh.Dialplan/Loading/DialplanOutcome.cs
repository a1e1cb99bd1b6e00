namespace Mesh.Dialplan.Loading;

/// <summary>What loading a plan came to: a model, or errors. Warnings change nothing.</summary>
public sealed record DialplanOutcome(DialplanModel? Model, IReadOnlyList<DialplanError> Errors, IReadOnlyList<DialplanError> Warnings)
{
    public bool IsLoaded => Model is not null;

    public static DialplanOutcome Refused(params IReadOnlyList<DialplanError> errors) => new(null, errors, []);
}
