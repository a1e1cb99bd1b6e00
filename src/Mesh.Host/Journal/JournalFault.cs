namespace Mesh.Host.Journal;

/// <summary>Why an offered entry does not enter the journal.</summary>
public enum JournalFault
{
    None,
    /// <summary>A word is empty, too long, or has characters that are no text.</summary>
    BadWord,
    /// <summary>The body is no object, too large, too deep, or not text.</summary>
    BadBody,
    /// <summary>The number is not from 1 to <see cref="JournalLimits.MostEntriesOfSite"/>.</summary>
    BadNumber,
    /// <summary>The time is not UTC in whole microseconds, or before 2020.</summary>
    BadTime,
    /// <summary>An entry before it is missing: it is taken when that has come.</summary>
    Gap,
    /// <summary>Another entry has that number already: a site's disk was lost and it counts again, or two sites have one name.</summary>
    Conflict,
    TooManySites,
}
