using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Mesh.Host.Pages;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Pages;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Status.Feeds;

/// <summary>Incidents as Atom, RFC 4287: one entry each, whose content is everything said so far.</summary>
public static class AtomFeed
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    /// <param name="service">Null: of all services.</param>
    public static string Write(StatusScene scene, PagePlace place, ServiceStatus? service)
    {
        var words = place.Words;
        string title = words.Title(scene.Options.Name) + (service is null ? "" : $": {words.Service(service.Reading, scene.Options.Site)}");
        var incidents = scene.Incidents.Where(i => service is null || StatusScene.Concerns(i, service)).OrderByDescending(i => i.UpdatedAt).Take(scene.Options.MaxInFeed).ToArray();
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(new Utf8Text(text), new XmlWriterSettings { Indent = true }))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, words.Language);
            Element(xml, "title", title);
            Element(xml, "id", Identity(scene, $"feed {service?.Id}"));
            Element(xml, "updated", Moment(incidents.Select(i => i.UpdatedAt).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max()));
            Link(xml, "self", service is null ? place.To("feed.atom") : place.To(PagePlace.Service(service.Id) + "feed.atom"), "application/atom+xml");
            Link(xml, "alternate", service is null ? place.To("") : place.To(PagePlace.Service(service.Id)), "text/html");
            xml.WriteStartElement("author", Namespace);
            Element(xml, "name", scene.Options.Name);
            xml.WriteEndElement();
            foreach (var incident in incidents) Entry(xml, scene, place, incident);
            xml.WriteEndElement();
        }
        return text.Append('\n').ToString();
    }

    private static void Entry(XmlWriter xml, StatusScene scene, PagePlace place, IncidentReport incident)
    {
        xml.WriteStartElement("entry", Namespace);
        Element(xml, "title", incident.Title);
        Element(xml, "id", Identity(scene, $"incident {incident.Id}"));
        Element(xml, "published", Moment(incident.OpenedAt));
        Element(xml, "updated", Moment(incident.UpdatedAt));
        Link(xml, "alternate", place.To(PagePlace.Incident(incident.Id)), "text/html");
        xml.WriteStartElement("content", Namespace);
        xml.WriteAttributeString("type", "html");
        xml.WriteString(Html.Join(incident.Updates.Reverse().Select(u => IncidentCard.Update(place, u))).Markup);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, Html.Clean(text));

    private static void Link(XmlWriter xml, string relation, string address, string type)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    /// <summary>The same at every site and for ever, as section 4.2.6 asks: a UUID of version 8 (RFC 9562) made of the mesh's name and the incident's id.</summary>
    private static string Identity(StatusScene scene, string what)
    {
        byte[] octets = SHA256.HashData(Encoding.UTF8.GetBytes($"{scene.Options.Name}\n{what}"))[..16];
        octets[6] = (byte)((octets[6] & 0x0F) | 0x80);
        octets[8] = (byte)((octets[8] & 0x3F) | 0x80);
        return "urn:uuid:" + new Guid(octets, bigEndian: true);
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Utf8Text(StringBuilder text) : StringWriter(text, System.Globalization.CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
