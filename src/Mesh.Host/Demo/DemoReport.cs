namespace Mesh.Host.Demo;

/// <summary>What <c>mesh demo --json</c> prints.</summary>
/// <param name="Passed">Everything was heard, and nothing is in <paramref name="Problems"/>.</param>
/// <param name="StartedInMs">From the first process to all sites ready and aware of each other.</param>
public sealed record DemoReport(bool Passed, IReadOnlyList<string> Problems, long StartedInMs, IReadOnlyList<DemoCallReport> Calls, DemoKillReport Kill)
{
    /// <summary>What is told in place of the site that was killed; null when the bundle says nothing of it.</summary>
    public DemoSorryReport? Sorry { get; init; }

    public required DemoAddresses Addresses { get; init; }
}

/// <summary>One call of the story.</summary>
/// <param name="LegsMade">Over the whole mesh, the caller's own not counted.</param>
/// <param name="AnsweredBy">The phone that answered; null when none did.</param>
/// <param name="ToldElsewhere">Legs told that another had answered.</param>
/// <param name="MsToRinging">From the carrier's INVITE to its first 180.</param>
/// <param name="MsToRingback">From the carrier's INVITE until UK ringback was heard.</param>
/// <param name="MsFromAnswerToAudio">The longer of the two directions; null when one was not heard.</param>
public sealed record DemoCallReport(
    string Through, string Called, int LegsMade, IReadOnlyList<DemoDeviceReport> Devices, bool Answered, string? AnsweredBy, DemoToldReport ToldElsewhere,
    long? MsToRinging, long? MsToRingback, long? MsFromAnswerToAudio, IReadOnlyList<DemoHeardReport> Heard);

/// <param name="Rang">How often it rang for this call.</param>
/// <param name="ToldElsewhere">It was told that another had answered.</param>
/// <param name="Missed">It shows a missed call.</param>
public sealed record DemoDeviceReport(string Device, int Rang, bool Answered, bool ToldElsewhere, bool Missed);

/// <param name="Sip">With a Reason header.</param>
/// <param name="Iax2">With cause 26, between sites.</param>
public sealed record DemoToldReport(int Sip, int Iax2);

/// <summary>What one end heard of the other.</summary>
/// <param name="Expected">The tone the other end says, in hertz.</param>
/// <param name="Hz">The tone as measured; 0 when none was heard.</param>
/// <param name="Ms">How much of it.</param>
/// <param name="Gaps">How often it broke off.</param>
public sealed record DemoHeardReport(string By, string From, double Expected, double Hz, long Ms, int Gaps, long? MsAfterAnswer);

/// <param name="MsFromKillToInvite">When the carrier called again.</param>
/// <param name="MsFromKillToRingback">Null when it was not heard.</param>
/// <param name="MsFromKillToAnswer">Null when nobody answered.</param>
public sealed record DemoKillReport(string Site, string MovedTo, bool SecondCallWentThrough, long MsFromKillToInvite, long? MsFromKillToRingback, long? MsFromKillToAnswer);

/// <summary>What is told in place of the site that was killed.</summary>
/// <param name="Host">Of its customers.</param>
/// <param name="AnsweredBy">The site whose page was asked for.</param>
/// <param name="MsFromKillToPage">Null when it did not come.</param>
/// <param name="IncidentId">What alarms drafted; null when they did not.</param>
/// <param name="IsPublic">It was confirmed, and every status page shows it.</param>
public sealed record DemoSorryReport(string Host, string AnsweredBy, long? MsFromKillToPage, string? IncidentId, long? MsFromKillToDraft, bool IsPublic);

/// <summary>Where to look after the story.</summary>
/// <param name="StatusPages">Of the living sites, as the rest.</param>
/// <param name="Incident">Its permalink on one of them.</param>
/// <param name="SorryPages">To be asked for a host.</param>
/// <param name="Ladder">The last call's permalink in a console.</param>
public sealed record DemoAddresses(IReadOnlyList<string> StatusPages, string? Incident, IReadOnlyList<string> SorryPages, IReadOnlyList<string> Consoles, string? Ladder);
