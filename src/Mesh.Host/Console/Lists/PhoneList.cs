using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Pages;

namespace Mesh.Host.Console.Lists;

/// <summary>Phones by site.</summary>
public static class PhoneList
{
    /// <param name="people">Whose an account is; empty when nobody's.</param>
    public static Html Write(IReadOnlyList<SiteAnswer<IReadOnlyList<PhoneView>>> answers, Func<string, string> people, int most)
    {
        var devices = PhoneBoard.Of(answers);
        int here = devices.Count(static d => d.Places.Any(static p => p.Contact is not null));
        return Html.Of($"""
            {ConsoleWords.Faults(answers)}
            <p id="summary" role="status">{ConsoleWords.Count(here, "device", "devices")} registered; {ConsoleWords.Count(devices.Count - here, "account", "accounts")} registered nowhere.</p>
            {ConsoleTable.Write("phones", "Phones, a column for each site", ["Phone", "Device", .. answers.Select(static a => a.Site)], devices, d => Row(d, people), "No phones.", most)}
            """);
    }

    private static Html Row(MeshDevice device, Func<string, string> people) => ConsoleTable.Row(
        $"phone-{device.Account}-{device.Device}",
        Html.Of($"""{device.Account} <span class="quiet">{people(device.Account)} {device.Technology}</span>"""),
        [ConsoleTable.Text(device.Places.Select(static p => p.Contact?.UserAgent).FirstOrDefault(static a => !string.IsNullOrEmpty(a)) ?? device.Device), .. device.Places.Select(Place)]);

    // When it expires is not shown: it would change all the time and says little.
    private static Html Place(DevicePlace place) => place switch
    {
        { IsKnown: false } => ConsoleTable.Word("not known", "warn"),
        { Contact: { } contact } => Html.Of($"""<span class="up">registered</span> <span class="quiet">{contact.Received}</span>"""),
        _ => ConsoleTable.Word("no", "quiet"),
    };
}
