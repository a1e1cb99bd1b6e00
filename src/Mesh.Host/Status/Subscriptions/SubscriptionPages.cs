using System.Net;
using Mesh.Host.Pages;
using Mesh.Host.Status.Pages;
using Mesh.Host.Status.Words;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>
/// What readers ask of subscriptions. There is no session, so a forged request can do no more than anybody may: ask for a mail, within limits. Beginning and ending need a link that
/// only a mail has, and a POST, since programs that guard mailboxes open links.
/// <code>
/// GET, POST /[LANGUAGE/]subscribe/                the form
/// GET, POST /[LANGUAGE/]subscribe/confirm/LINK/   begins; the GET shows a button
/// GET, POST /[LANGUAGE/]subscribe/end/LINK/       ends; the POST is also that of RFC 8058
/// </code>
/// </summary>
public sealed class SubscriptionPages(SubscriptionDesk desk, Uri url)
{
    /// <summary>Null when the path is none of these.</summary>
    public async Task<StatusAnswer?> AnswerAsync(StatusScene scene, HttpContext http)
    {
        string[] parts = (http.Request.Path.Value ?? "").Split('/')[1..];
        var chosen = StatusWords.All.FirstOrDefault(w => w.Language == parts[0]);
        var words = chosen ?? AcceptLanguage.Choose(http.Request.Headers.AcceptLanguage);
        string[] rest = chosen is null ? parts : parts[1..];
        if (rest is not ["subscribe", ..]) return null;
        var page = new Page(scene, new PagePlace(string.Join('/', rest), words, chosen is not null), SubscriptionWords.Of(words.Language));
        bool isPost = HttpMethods.IsPost(http.Request.Method);
        return rest switch
        {
            [_, ""] => isPost ? await AskAsync(page, http) : page.Answer(200, page.Say.Heading, SubscriptionForm.Write(page.Say, Action(page.Say))),
            [_, "confirm", var link, ""] => isPost ? Result(page, await desk.ConfirmAsync(link)) : Question(page, desk.Look(link), page.Say.ConfirmHeading, page.Say.ConfirmQuestion, page.Say.ConfirmButton, SubscriptionOutcome.Asked),
            [_, "end", var link, ""] => isPost ? Result(page, await desk.EndAsync(link)) : Question(page, desk.Look(link), page.Say.EndHeading, page.Say.EndQuestion, page.Say.EndButton, SubscriptionOutcome.Confirmed),
            _ => null,
        };
    }

    private string Action(SubscriptionWords words) => new Uri(url, $"{words.Language}/subscribe/").AbsoluteUri;

    private async Task<StatusAnswer> AskAsync(Page page, HttpContext http)
    {
        if (!http.Request.HasFormContentType) return page.Answer(415, page.Say.Heading, SubscriptionForm.Write(page.Say, Action(page.Say), page.Say.BadAddress));
        IFormCollection form;
        try { form = await http.Request.ReadFormAsync(http.RequestAborted); }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException) { return page.Answer(400, page.Say.Heading, SubscriptionForm.Write(page.Say, Action(page.Say), page.Say.BadAddress)); }
        string written = form[SubscriptionForm.Address].ToString();
        var outcome = await desk.AskAsync(written, form[SubscriptionForm.Trap].ToString(), page.Say.Language, http.Connection.RemoteIpAddress ?? IPAddress.None);
        return outcome switch
        {
            SubscriptionOutcome.Asked => page.Answer(200, page.Say.Asked, SubscriptionForm.Text(page.Say.AskedText)),
            SubscriptionOutcome.BadAddress => page.Answer(400, page.Say.Heading, SubscriptionForm.Write(page.Say, Action(page.Say), page.Say.BadAddress, written)),
            _ => Result(page, outcome),
        };
    }

    private static StatusAnswer Question(Page page, SubscriptionOutcome stands, string heading, string question, string button, SubscriptionOutcome open) =>
        stands == open ? page.Answer(200, heading, SubscriptionForm.Question(question, button)) : Result(page, stands);

    private static StatusAnswer Result(Page page, SubscriptionOutcome outcome) => outcome switch
    {
        SubscriptionOutcome.Confirmed => page.Answer(200, page.Say.Confirmed, SubscriptionForm.Text(page.Say.ConfirmedText)),
        SubscriptionOutcome.Ended => page.Answer(200, page.Say.Ended, SubscriptionForm.Text(page.Say.EndedText)),
        SubscriptionOutcome.Expired => page.Answer(410, page.Say.Expired, SubscriptionForm.Text(page.Say.ExpiredText)),
        SubscriptionOutcome.TooMany => page.Answer(429, page.Say.Heading, SubscriptionForm.Text(page.Say.TooMany)),
        SubscriptionOutcome.Full => page.Answer(503, page.Say.Heading, SubscriptionForm.Text(page.Say.Full)),
        SubscriptionOutcome.Unavailable => page.Answer(503, page.Say.Heading, SubscriptionForm.Text(page.Say.Unavailable)),
        _ => page.Answer(404, page.Say.Expired, SubscriptionForm.Text(page.Say.ExpiredText)),
    };

    private sealed record Page(StatusScene Scene, PagePlace Place, SubscriptionWords Say)
    {
        public StatusAnswer Answer(int status, string title, Html content) =>
            StatusAnswer.Of(status, StatusAnswer.Page, PageFrame.Write(Scene, Place, title, content)) with { Language = Place.Words.Language, IsNegotiated = !Place.IsExplicit, IsPrivate = true };
    }
}
