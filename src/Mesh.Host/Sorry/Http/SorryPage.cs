using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Http;

/// <summary>The page, whole in itself: no script, no image, no asset of another place.</summary>
public static class SorryPage
{
    private const string Style = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:12vh auto;padding:0 1.2rem;color:#1b1b1f;background:#fff}h1{font-size:1.7rem}"
        + "@media(prefers-color-scheme:dark){body{color:#eee;background:#17171a}}";

    /// <summary>Nothing may be loaded, framed, sent or run; the one style is known by its hash.</summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static string ContentType(SorryForm form) => form switch
    {
        SorryForm.Problem => "application/problem+json",
        SorryForm.Text => "text/plain; charset=utf-8",
        _ => "text/html; charset=utf-8",
    };

    /// <param name="host">In its one spelling, or empty when the client named none.</param>
    /// <param name="notice">Null: the host has no switch.</param>
    /// <param name="end">When it is thought to be over; null: nobody has said.</param>
    public static string Write(SorryForm form, SorryLanguage language, string host, SorryNotice? notice, DateTimeOffset? end)
    {
        string message = notice?.Message.Length > 0 ? notice.Message : $"{(host.Length > 0 ? host : language.Nameless)} {language.Sentence}";
        string? until = end?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) is { } time ? time + " UTC" : null;
        string ending = until is null ? language.Again : $"{language.Until} {until}.";
        return form switch
        {
            SorryForm.Problem => JsonSerializer.Serialize(new { type = "about:blank", title = language.Title, status = 503, detail = message, host, until = end?.UtcDateTime }),
            SorryForm.Text => $"{language.Title}\n\n{message}\n{ending}\n",
            _ => $"<!doctype html>\n<html lang=\"{language.Tag}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Escape(language.Title)}</title>"
                + $"<style>{Style}</style></head>\n<body><main><h1>{Escape(language.Title)}</h1><p>{Escape(message)}</p><p>{Escape(ending)}</p></main></body>\n</html>\n",
        };
    }

    private static string Escape(string text) => HtmlEncoder.Default.Encode(text);
}
