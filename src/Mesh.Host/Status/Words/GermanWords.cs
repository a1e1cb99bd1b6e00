using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Status.Words;

public sealed class GermanWords : StatusWords
{
    private static readonly string[] Months = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];

    public override string Language => "de";
    public override string LanguageName => "Deutsch";
    public override string LanguageChoice => "Sprache";
    public override string SkipToContent => "Zum Inhalt";
    public override string Services => "Dienste";
    public override string Current => "Aktuelle Störungen";
    public override string PlannedWork => "Geplante Arbeiten";
    public override string Past => "Frühere Störungen";
    public override string NoPast => "Keine Störungen in den letzten dreißig Tagen.";
    public override string AllPast => "Alle früheren Störungen nach Monaten";
    public override string Overview => "Übersicht";
    public override string Feed => "Atom-Feed";
    public override string Stale => "Diese Angaben sind alt: Was folgt, stimmt vielleicht nicht mehr.";
    public override string OpenForLong => "Diese Seite ist seit mehr als fünf Minuten offen; bitte neu laden, um den Stand von jetzt zu sehen.";
    public override string NeverUpdated => "Es wurde noch nichts gemessen.";
    public override string LastUpdated => "Stand";
    public override string Timeline => "Verlauf";
    public override string Affects => "Betrifft";
    public override string Expected => "Voraussichtlich behoben bis";
    public override string NotFound => "Nicht gefunden";
    public override string NotFoundText => "Diese Seite gibt es hier nicht. Vielleicht gab es diese Störung nie, oder der Link ist unvollständig.";
    public override string Day => "Tag";
    public override string NinetyDaysAgo => "vor 90 Tagen";
    public override string Today => "heute";
    public override string NothingKnown => "keine Daten";
    public override string Legend => "Ein hoher Balken ist ein Tag ohne Störung, ein mittlerer ein Tag mit Beeinträchtigungen, ein kurzer ein Tag mit Ausfall, ein Strich ein Tag ohne Daten.";

    protected override char DecimalMark => ',';

    public override string Title(string name) => $"{name}: Status";

    public override string Sentence(Verdict verdict) => verdict switch
    {
        Verdict.AllWorks => "Alles funktioniert.",
        Verdict.Maintenance => "Geplante Arbeiten sind im Gange.",
        Verdict.Minor => "Einige Dienste sind beeinträchtigt.",
        Verdict.Major => "Einige Dienste sind ausgefallen.",
        Verdict.Critical => "Es gibt einen schweren Ausfall.",
        _ => "Wir sehen im Moment nicht, wie es unseren Diensten geht.",
    };

    public override string Service(ServiceReading reading, string site) => reading.Kind switch
    {
        ServiceKind.Calls => $"Telefonie in {site}",
        ServiceKind.Phones => $"Angemeldete Telefone in {site}",
        ServiceKind.Site => $"Verbindung nach {reading.Name}",
        ServiceKind.Peer => $"Verbindung zur Anlage {reading.Name}",
        ServiceKind.Trunk => $"Netzbetreiber {reading.Name}",
        _ => "Ersatzseiten, Mail und Ansagen",
    };

    public override string State(ServiceState state) => state switch
    {
        ServiceState.Up => "in Ordnung",
        ServiceState.Degraded => "beeinträchtigt",
        ServiceState.Down => "ausgefallen",
        _ => "keine Daten",
    };

    public override string Phase(IncidentPhase phase) => phase switch
    {
        IncidentPhase.Investigating => "Wird untersucht",
        IncidentPhase.Identified => "Ursache gefunden",
        IncidentPhase.Monitoring => "Wird beobachtet",
        IncidentPhase.Resolved => "Behoben",
        IncidentPhase.PostMortem => "Nachbetrachtung",
        IncidentPhase.Scheduled => "Geplant",
        IncidentPhase.InProgress => "Im Gange",
        _ => "Abgeschlossen",
    };

    public override string Impact(IncidentImpact impact) => impact switch
    {
        IncidentImpact.Maintenance => "geplante Arbeiten",
        IncidentImpact.Minor => "gering",
        IncidentImpact.Major => "erheblich",
        IncidentImpact.Critical => "schwer",
        _ => "ohne Auswirkung",
    };

    public override string Uptime(string percent) => $"{percent} verfügbar in 90 Tagen";

    public override string BarText(int bad, int known) => $"{known} von 90 Tagen mit Daten, davon {bad} mit Störungen";

    public override string Between(string from, string until) => $"{from} bis {until}";

    public override string Date(DateOnly day) => $"{day.Day}. {Month(day.Year, day.Month)}";

    public override string Month(int year, int month) => $"{Months[month - 1]} {year}";
}
