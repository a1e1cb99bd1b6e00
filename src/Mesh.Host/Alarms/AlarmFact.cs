using Mesh.Host.Incidents;

namespace Mesh.Host.Alarms;

/// <summary>Something amiss, as one site sees it now.</summary>
/// <param name="Key">What it is about, the same at every site that sees it: lower-case words with hyphens, <c>site-london</c>. One key, one draft.</param>
/// <param name="Title">The draft's, in words that may be published.</param>
/// <param name="Services">Of the draft.</param>
/// <param name="After">How long it must last to be an alarm.</param>
public sealed record AlarmFact(string Key, string Title, IReadOnlyList<string> Services, IncidentImpact Impact, TimeSpan After);
