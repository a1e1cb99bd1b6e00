using System.Text.Json;

namespace Mesh.Host.Journal;

/// <summary>One thing that somebody did, as every site keeps it. Entries are never changed; a later entry of the same subject takes back or goes on from an earlier one.</summary>
/// <param name="Site">The site at which it was done.</param>
/// <param name="Number">Counts up at that site from 1, without a gap.</param>
/// <param name="At">By that site's clock. Sites merge entries by (<paramref name="At"/>, <paramref name="Site"/>, <paramref name="Number"/>), so all come to the same order.</param>
/// <param name="Kind">What it is about: <c>incident</c>, <c>sorry</c>.</param>
/// <param name="Subject">Which one of its kind: an incident's id, a host name.</param>
/// <param name="Who">The person or part of the program that did it.</param>
/// <param name="Why">In that person's words; empty when none were given.</param>
/// <param name="Body">What was done, a JSON object of the kind's own.</param>
public sealed record JournalEntry(string Site, long Number, DateTimeOffset At, string Kind, string Subject, string Who, string Why, JsonElement Body);
