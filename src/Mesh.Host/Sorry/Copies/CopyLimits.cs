namespace Mesh.Host.Sorry.Copies;

/// <summary>How far a copy of a site goes, and how politely it is taken. Sizes are octets, of what comes after decompression.</summary>
public sealed record CopyLimits
{
    /// <summary>Pages of one copy at most.</summary>
    public int Pages { get; init; } = 200;

    /// <summary>Files of one copy at most, pages included.</summary>
    public int Files { get; init; } = 480;

    public int FileOctets { get; init; } = 5 * 1024 * 1024;

    public long Octets { get; init; } = 45L * 1024 * 1024;

    /// <summary>Links from the first page at most.</summary>
    public int Depth { get; init; } = 8;

    /// <summary>Folders of a path; deeper ones are taken for a trap.</summary>
    public int PathDepth { get; init; } = 8;

    /// <summary>Characters of an address.</summary>
    public int AddressLength { get; init; } = 1_000;

    /// <summary>Pages that differ in their query only, of one path: calendars and filters have no end.</summary>
    public int Queries { get; init; } = 20;

    /// <summary>Addresses that wait to be fetched.</summary>
    public int Waiting { get; init; } = 5_000;

    public int Redirects { get; init; } = 5;

    /// <summary>Between the end of one request and the next, at least; a longer Crawl-delay counts instead.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Of a Crawl-delay; a site that asks for more gets this.</summary>
    public TimeSpan DelayAtMost { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For one answer, whole.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>For the whole copy; what is there then is kept.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A refreshed copy with fewer files than this part of the one before is not believed.</summary>
    public double Shrunk { get; init; } = 0.5;

    /// <summary>Between two copies of a site that are taken by themselves.</summary>
    public TimeSpan RefreshAtLeast { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan RefreshAtMost { get; init; } = TimeSpan.FromDays(365);

    /// <summary>After one that failed.</summary>
    public TimeSpan TryAgain { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often it is looked whether a copy is too old.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Copies that wait to be taken.</summary>
    public int Orders { get; init; } = 20;

    /// <summary>Hosts of which copies are taken.</summary>
    public int Hosts { get; init; } = 100;

    /// <summary>Octets of robots.txt that are read (RFC 9309 section 2.5 wants at least 500 KiB).</summary>
    public int RobotsOctets { get; init; } = 500 * 1024;
}
