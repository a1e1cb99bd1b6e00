namespace Mesh.Host.Admin.Access;

/// <summary>What operators may do how often and for how long.</summary>
public sealed record AdminLimits
{
    /// <summary>Sessions at once.</summary>
    public int Sessions { get; init; } = 200;

    /// <summary>A session ends when nothing was asked in it for so long; what a page fetches by itself does not count.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromHours(2);

    /// <summary>A session ends after so long whatever happens.</summary>
    public TimeSpan SessionLife { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How long writing stays unlocked.</summary>
    public TimeSpan Writing { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Wrong tokens one source may send within <see cref="WrongTokenWindow"/>.</summary>
    public int WrongTokens { get; init; } = 5;

    public TimeSpan WrongTokenWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Sources remembered.</summary>
    public int WrongTokenSources { get; init; } = 10_000;

    /// <summary>Octets of a form.</summary>
    public int FormOctets { get; init; } = 64 * 1024;

    /// <summary>Characters of who writes.</summary>
    public int NameLength { get; init; } = 100;

    /// <summary>Characters of why.</summary>
    public int WhyLength { get; init; } = 200;
}
