using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Status.Words;

public sealed class EnglishWords : StatusWords
{
    private static readonly string[] Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public override string Language => "en";
    public override string LanguageName => "English";
    public override string LanguageChoice => "Language";
    public override string SkipToContent => "Skip to content";
    public override string Services => "Services";
    public override string Current => "Current incidents";
    public override string PlannedWork => "Planned work";
    public override string Past => "Past incidents";
    public override string NoPast => "No incidents in the last thirty days.";
    public override string AllPast => "All past incidents by month";
    public override string Overview => "Overview";
    public override string Feed => "Atom feed";
    public override string Stale => "These figures are old: what follows may no longer be true.";
    public override string OpenForLong => "This page has been open for more than five minutes; load it again to see the state now.";
    public override string NeverUpdated => "Nothing has been measured yet.";
    public override string LastUpdated => "Last updated";
    public override string Timeline => "Timeline";
    public override string Affects => "Concerns";
    public override string Expected => "Thought to be over by";
    public override string NotFound => "Not found";
    public override string NotFoundText => "There is no such page here. It may have been an incident that never was, or a link cut short.";
    public override string Day => "Day";
    public override string NinetyDaysAgo => "90 days ago";
    public override string Today => "today";
    public override string NothingKnown => "no data";
    public override string Legend => "A tall bar is a day without trouble, a middle one a day with disturbances, a short one a day with an outage, a line a day without data.";

    protected override char DecimalMark => '.';

    public override string Title(string name) => $"{name} status";

    public override string Sentence(Verdict verdict) => verdict switch
    {
        Verdict.AllWorks => "Everything works.",
        Verdict.Maintenance => "Planned work is under way.",
        Verdict.Minor => "Some services are disturbed.",
        Verdict.Major => "Some services are down.",
        Verdict.Critical => "There is a major outage.",
        _ => "We cannot see at the moment how our services do.",
    };

    public override string Service(ServiceReading reading, string site) => reading.Kind switch
    {
        ServiceKind.Calls => $"Telephone calls at {site}",
        ServiceKind.Phones => $"Telephones registered at {site}",
        ServiceKind.Site => $"Connection to {reading.Name}",
        ServiceKind.Peer => $"Connection to the exchange {reading.Name}",
        ServiceKind.Trunk => $"Carrier {reading.Name}",
        _ => "Sorry pages, mail and announcements",
    };

    public override string State(ServiceState state) => state switch
    {
        ServiceState.Up => "works",
        ServiceState.Degraded => "disturbed",
        ServiceState.Down => "down",
        _ => "no data",
    };

    public override string Phase(IncidentPhase phase) => phase switch
    {
        IncidentPhase.Investigating => "Investigating",
        IncidentPhase.Identified => "Identified",
        IncidentPhase.Monitoring => "Monitoring",
        IncidentPhase.Resolved => "Resolved",
        IncidentPhase.PostMortem => "Post-mortem",
        IncidentPhase.Scheduled => "Scheduled",
        IncidentPhase.InProgress => "In progress",
        _ => "Completed",
    };

    public override string Impact(IncidentImpact impact) => impact switch
    {
        IncidentImpact.Maintenance => "planned work",
        IncidentImpact.Minor => "minor",
        IncidentImpact.Major => "major",
        IncidentImpact.Critical => "critical",
        _ => "no impact",
    };

    public override string Uptime(string percent) => $"{percent} up over 90 days";

    public override string BarText(int bad, int known) => $"{known} of 90 days with data, {bad} of them with trouble";

    public override string Between(string from, string until) => $"{from} to {until}";

    public override string Date(DateOnly day) => $"{day.Day} {Month(day.Year, day.Month)}";

    public override string Month(int year, int month) => $"{Months[month - 1]} {year}";
}
