using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Mesh.Host.Tests.Console;

/// <summary>What a browser does with a site's console: keeps its cookie, follows nothing by itself, says where its forms are from.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient http;

    public Browser(string url, HttpMessageHandler? handler = null) => http = new HttpClient(handler ?? Handler()) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Name and value; empty while there is none.</summary>
    public string Cookie { get; set; } = "";

    /// <summary>Of the last answer.</summary>
    public string SetCookie { get; private set; } = "";

    public string Origin => http.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public HttpClient Http => http;

    public void Dispose() => http.Dispose();

    public Task<Answer> GetAsync(string path, string? host = null) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), host);

    /// <param name="origin">Null: this site's own.</param>
    public Task<Answer> PostAsync(string path, IEnumerable<(string, string)> fields, string? origin = null, string? fetchSite = "same-origin")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2))) };
        if (origin != "") request.Headers.TryAddWithoutValidation("Origin", origin ?? Origin);
        if (fetchSite is not null) request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", fetchSite);
        return SendAsync(request, null);
    }

    /// <summary>Fills in a form of a page and sends it: hidden fields and what is filled in already go along.</summary>
    public async Task<Answer> SubmitAsync(string page, string action, params (string, string)[] typed)
    {
        var shown = await GetAsync(page);
        Assert.Equal(HttpStatusCode.OK, shown.Status);
        return await PostAsync(action, [.. shown.Hidden(action).Where(h => typed.All(t => t.Item1 != h.Item1)), .. typed]);
    }

    /// <summary>Signs in with the token.</summary>
    public async Task SignInAsync(string token = ConsoleModels.Token) => Assert.Equal(HttpStatusCode.RedirectMethod, (await SubmitAsync("/console/sign-in", "/console/sign-in", ("token", token))).Status);

    public async Task UnlockAsync(string who = "Miriam", string why = "ticket 7") => Assert.Equal(HttpStatusCode.RedirectMethod, (await SubmitAsync("/console/site", "/console/unlock", ("who", who), ("why", why))).Status);

    public async Task<Answer> SendAsync(HttpRequestMessage request, string? host)
    {
        request.Headers.Accept.ParseAdd("text/html");
        if (Cookie.Length > 0) request.Headers.TryAddWithoutValidation("Cookie", Cookie);
        if (host is not null) request.Headers.Host = host;
        using var response = await http.SendAsync(request);
        SetCookie = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single() : "";
        if (SetCookie.Length > 0) Cookie = SetCookie.Split(';')[0] is var pair && !pair.EndsWith('=') ? pair : "";
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location?.ToString(), response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    private static SocketsHttpHandler Handler() => new() { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };

    internal sealed partial record Answer(HttpStatusCode Status, string Text, string? Location, IReadOnlyDictionary<string, string> Headers)
    {
        /// <summary>The page without what is no markup; it is written as XML would be.</summary>
        public XElement Page => XElement.Parse(NoMarkup().Replace(Text, "").Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), LoadOptions.PreserveWhitespace);

        public IEnumerable<XElement> All(string name) => Page.Descendants(name);

        public XElement? ById(string id) => Page.Descendants().FirstOrDefault(e => (string?)e.Attribute("id") == id);

        public IEnumerable<(string, string)> Hidden(string action) =>
            All("form").First(f => (string?)f.Attribute("action") == action).Descendants("input").Where(i => (string?)i.Attribute("type") == "hidden").Select(i => ((string)i.Attribute("name")!, (string)i.Attribute("value")!));

        [GeneratedRegex("<(script|style)>.*?</\\1>", RegexOptions.Singleline)]
        private static partial Regex NoMarkup();
    }
}
