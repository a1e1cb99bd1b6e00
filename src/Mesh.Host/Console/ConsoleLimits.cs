namespace Mesh.Host.Console;

/// <summary>What the console's pages may cost.</summary>
public sealed record ConsoleLimits
{
    /// <summary>Browsers that have a page's events sent to them at once.</summary>
    public int Streams { get; init; } = 50;

    /// <summary>A stream ends after so long and the browser asks again: who may no longer read is cut off then.</summary>
    public TimeSpan StreamLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often what a page shows is asked for while somebody looks at it; however many do.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A page made so recently is sent again.</summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A stream on which nothing was said for so long says that it is there.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Rows of a table; how many more there are is said.</summary>
    public int Rows { get; init; } = 500;
}
