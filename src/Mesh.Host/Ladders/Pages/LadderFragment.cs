using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mesh.Host.Ladders.Export;
using Mesh.Host.Pages;

namespace Mesh.Host.Ladders.Pages;

/// <summary>The part of a ladder's page that changes while the call lives. Rows have ids that stay, so that what is open stays open.</summary>
public static class LadderFragment
{
    /// <summary>Most rows in one page: a longer ladder is read as text or capture.</summary>
    public const int MaxRows = 2_000;

    public static Html Write(Ladder ladder)
    {
        long began = ladder.Began;
        var rows = ladder.Rows().ToList();
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        return Html.Of($"""
            <p id="standing">The call <strong>{(ladder.IsLive ? "is live" : "is over")}</strong>{(began == 0 ? Html.Nothing : Html.Of($", began {Moment(began)} UTC"))}; {rows.Count} rows.</p>
            <ul id="about">{LadderWords.About(ladder).Select(a => Html.Of($"<li>{a}</li>"))}</ul>
            <div class="scroll" id="picture" tabindex="0" role="region" aria-label="Ladder"><table class="ladder">
            <caption>Messages and steps in the order they happened; each message opens to its text</caption>
            <thead><tr><th scope="col">Seconds</th>{ladder.Lanes.Select(l => Html.Of($"""<th scope="col">{l.Name} <span class="quiet">{(l.IsSite ? "site" : $"{l.Kind} {l.Address}")}</span></th>"""))}</tr></thead>
            <tbody>{rows.Take(MaxRows).Select(r => Row(ladder, r, began, ids))}</tbody>
            </table></div>
            <p id="rest">{(rows.Count > MaxRows ? $"{rows.Count - MaxRows} more rows are in the text and the capture." : "")}</p>
            {Voice(ladder)}
            """);
    }

    private static Html Row(Ladder ladder, LadderRow row, long began, Dictionary<string, int> ids) => row switch
    {
        LadderMessage m => Message(ladder, m, began, ids),
        LadderStep s => Step(ladder, s, began, ids),
        _ => Html.Nothing,
    };

    private static Html Message(Ladder ladder, LadderMessage m, long began, Dictionary<string, int> ids)
    {
        int first = Math.Min(m.From, m.To), last = Math.Max(m.From, m.To);
        string kind = $"{m.Protocol} {(m.From <= m.To ? "right" : "left")}{(m.IsLost ? " lost" : "")}";
        return Html.Of($"""
            <tr id="{Id("m", $"{m.Source} {m.Destination} {Encoding.Latin1.GetString(m.Octets)}", ids)}"><th scope="row">{Seconds(m.At - began)}</th>{Pad(first)}<td class="{kind}" colspan="{last - first + 1}"><details><summary><span class="who">{ladder.Lanes[m.From].Name} to {ladder.Lanes[m.To].Name}: </span>{m.Title}<span class="quiet">{LadderWords.Remarks(m)}</span></summary><p class="quiet">{m.Source} to {m.Destination}, {m.Transport}, {Moment(m.At)}</p><pre>{string.Join('\n', m.Text)}</pre></details></td>{Pad(ladder.Lanes.Count - 1 - last)}</tr>
            """);
    }

    private static Html Step(Ladder ladder, LadderStep s, long began, Dictionary<string, int> ids)
    {
        int at = 0;
        while (at < ladder.Lanes.Count - 1 && !(ladder.Lanes[at].IsSite && ladder.Lanes[at].Name == s.Site)) at++;
        return Html.Of($"""
            <tr id="{Id("s", $"{s.Site} {s.Call} {s.Text}", ids)}"><th scope="row">{Seconds(s.At - began)}</th>{Pad(at)}<td class="step" colspan="{ladder.Lanes.Count - at}"><span class="who">{s.Site}: </span>{(s.Source.Length > 0 ? Html.Of($"<code>{s.Source}</code> ") : Html.Nothing)}{s.Text}</td></tr>
            """);
    }

    private static Html Voice(Ladder ladder) => ladder.Voice.Count == 0 ? Html.Nothing : Html.Of($"""
        <h2 id="voice">Voice</h2>
        <div class="scroll" id="heard" tabindex="0" role="region" aria-label="Voice"><table><caption>As each site heard each leg</caption>
        <thead><tr><th scope="col">Site</th><th scope="col">Hears</th><th scope="col">Over</th><th scope="col">Packets</th><th scope="col">Lost</th><th scope="col">Late or twice</th><th scope="col">Jitter, ms</th><th scope="col">Sent</th><th scope="col">Missed there</th><th scope="col">Round trip, ms</th></tr></thead>
        <tbody>{ladder.Voice.Select((v, i) => Html.Of($"""<tr id="v-{i}"><th scope="row">{v.Site}</th><td>{ladder.Lanes[v.Lane].ToString()}</td><td>{(v.Protocol == "sip" ? "RTP" : "IAX2")} {v.Quality.Codec}</td>{Number(v.Quality.Received)}{Number(v.Quality.Lost)}{Number(v.Quality.Late)}{Number(v.Quality.JitterMs)}{Number(v.Quality.Sent)}{Number(v.Quality.FarLost)}{Number(v.Quality.RoundTripMs)}</tr>"""))}</tbody></table></div>
        """);

    private static Html Number(double? value) => Html.Of($"""<td class="number">{(value is { } known ? known.ToString("0.#", CultureInfo.InvariantCulture) : "–")}</td>""");

    private static Html Pad(int lanes) => lanes <= 0 ? Html.Nothing : Html.Of($"""<td class="pad" colspan="{lanes}"></td>""");

    /// <summary>The same for the same message whenever the page is made.</summary>
    private static string Id(string kind, string what, Dictionary<string, int> ids)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 6));
        int occurrence = ids[hash] = ids.GetValueOrDefault(hash) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{kind}-{hash}-{occurrence}");
    }

    private static string Seconds(long micros) => (micros / 1e6).ToString("0.000000", CultureInfo.InvariantCulture);

    private static string Moment(long micros) => DateTimeOffset.UnixEpoch.AddMicroseconds(micros).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
