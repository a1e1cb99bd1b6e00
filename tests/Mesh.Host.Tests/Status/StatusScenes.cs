using System.Text;
using System.Xml;
using System.Xml.Linq;
using Mesh.Host.Status;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Tests.Status;

/// <summary>Scenes made by hand, and their pages as documents.</summary>
internal static class StatusScenes
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public static readonly StatusOptions Options = new() { Name = "Example", Site = "london" };

    public static StatusScene Scene(IEnumerable<IncidentReport>? incidents = null, DateTimeOffset? at = null, params ServiceReading[] readings) =>
        StatusScene.Of(Options, new StatusSnapshot(at ?? Now.AddSeconds(-5), [.. (readings.Length > 0 ? readings : Readings(ServiceState.Up)).Select(r => Service(r))]), [.. incidents ?? []], Now);

    /// <summary>Calls here are up; manchester as told.</summary>
    public static ServiceReading[] Readings(ServiceState manchester) =>
        [new(ServiceReading.Calls, ServiceKind.Calls, "london", ServiceState.Up), new("site-manchester", ServiceKind.Site, "manchester", manchester)];

    public static ServiceStatus Service(ServiceReading reading, int badDayAgo = 3)
    {
        var history = new ServiceHistory([]);
        for (int i = 40; i >= 1; i--)
            history.Add(reading.Id, i == badDayAgo ? ServiceState.Down : ServiceState.Up, new DateTimeOffset(Now.UtcDateTime.Date.AddDays(-i), TimeSpan.Zero).AddHours(20), TimeSpan.FromHours(20));
        return new ServiceStatus(reading, history.Of(reading.Id, DateOnly.FromDateTime(Now.UtcDateTime)));
    }

    public static IncidentReport Incident(string id = "i-7", string title = "Calls to Manchester fail", IncidentImpact impact = IncidentImpact.Major, double hoursAgo = 2, params (IncidentPhase Phase, string Text)[] updates)
    {
        var opened = Now.AddHours(-hoursAgo);
        if (updates.Length == 0) updates = [(IncidentPhase.Investigating, "We look into it.")];
        return new IncidentReport(id, title, impact, ["site-manchester"], opened, [.. updates.Select((u, i) => new IncidentUpdate(opened.AddMinutes(10 * i), u.Phase, u.Text))]);
    }

    public static IncidentReport Past(string id, double hoursAgo, string title = "It was broken") =>
        Incident(id, title, IncidentImpact.Minor, hoursAgo, (IncidentPhase.Investigating, "Hm."), (IncidentPhase.Resolved, "Mended."));

    public static IncidentReport Planned(string id, double startsInHours) =>
        Incident(id, "New router", IncidentImpact.Maintenance, 24, (IncidentPhase.Scheduled, "We change it.")) with { Planned = (Now.AddHours(startsInHours), Now.AddHours(startsInHours + 2)) };

    public static string Text(this StatusAnswer answer) => Encoding.UTF8.GetString(answer.Body);

    public static string Get(this StatusScene scene, string path, string language = "en", int status = 200)
    {
        var answer = StatusSite.Answer(scene, path, language);
        Assert.Equal(status, answer.Status);
        return answer.Text();
    }

    /// <summary>The page read by a strict reader of XML: every element is closed, every attribute quoted, nothing stray.</summary>
    public static XDocument Page(this StatusScene scene, string path, string language = "en", int status = 200) => Parse(scene.Get(path, language, status));

    public static XDocument Parse(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    public static IEnumerable<XElement> All(this XContainer document, string name) => document.Descendants().Where(e => e.Name.LocalName == name);

    public static XElement One(this XContainer document, string name) => Assert.Single(document.All(name));

    public static string? Get(this XElement element, string attribute) => (string?)element.Attribute(attribute);
}
