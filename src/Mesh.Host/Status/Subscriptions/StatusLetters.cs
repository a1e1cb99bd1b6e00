using System.Security.Cryptography;
using System.Text;
using Mesh.Host.Pages;
using Mesh.Host.Status.Pages;
using Mesh.Host.Status.Subscriptions.Mail;
using Mesh.Host.Status.Words;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>What mails say. Pure: every site writes the same letter, with the same Message-ID.</summary>
/// <param name="name">Whose status it is.</param>
/// <param name="url">Of the status page; ends with a slash.</param>
/// <param name="domain">Of our address.</param>
public sealed class StatusLetters(string name, Uri url, string domain, TicketSeal seal)
{
    public Letter Confirmation(ConfirmTicket ticket)
    {
        var words = SubscriptionWords.Of(ticket.Language);
        string link = new Uri(url, $"{words.Language}/subscribe/confirm/{seal.Seal(ticket)}/").AbsoluteUri;
        return new Letter(ticket.Mailbox, words.ConfirmSubject(name), Id("confirm", ticket.Id, ticket.Expires.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)), words.ConfirmText(name, link))
        {
            Language = words.Language,
        };
    }

    public Letter Of(Telling telling, Subscriber to)
    {
        var words = SubscriptionWords.Of(to.Language);
        var status = StatusWords.All.First(w => w.Language == words.Language);
        var incident = telling.Incident;
        string page = new Uri(url, $"{words.Language}/{PagePlace.Incident(incident.Id)}").AbsoluteUri;
        var end = new Uri(url, $"{words.Language}/subscribe/end/{seal.Seal(new EndTicket(to.Id))}/");
        string planned = incident.Planned is { } plan ? $"\n{status.Between(status.Moment(plan.From), status.Moment(plan.Until))}" : "";
        string text = $"{incident.Title}\n{status.Impact(incident.Impact)}{planned}\n\n{status.Phase(telling.Update.Phase)}, {status.Moment(telling.Update.At)}\n\n{telling.Update.Text.Trim()}\n\n{page}\n\n-- \n{words.EndText(name, end.AbsoluteUri)}\n";
        string first = Id("incident", incident.Id, to.Id);
        return new Letter(to.Mailbox, $"{status.Title(name)}: {incident.Title}", telling.Index == 0 ? first : Id("change", telling.Key, to.Id), Html.Clean(text))
        {
            Language = words.Language,
            Reference = telling.Index == 0 ? null : first,
            Unsubscribe = end,
        };
    }

    private string Id(string kind, string what, string whom) => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{what}\n{whom}")).AsSpan(0, 16))}@{domain}";
}
