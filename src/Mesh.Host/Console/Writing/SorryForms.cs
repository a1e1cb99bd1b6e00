using Mesh.Host.Console.Forms;
using Mesh.Host.Pages;
using Mesh.Host.Sorry.Phone;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Console.Writing;

/// <summary>The forms that switch sorry on and off, and what they send.</summary>
public static class SorryForms
{
    private static readonly (string, string)[] Web =
    [
        ("", "nothing"), ("page", "503 and a page"), ("found", "302 to the address below"), ("temporaryRedirect", "307 to the address below, the method kept"),
        ("movedPermanently", "301 to the address below: browsers remember it for ever"), ("close", "the connection is closed"), ("reset", "the connection is reset"),
    ];

    private static readonly (string, string)[] Mail =
    [
        ("", "nothing"), ("defer", "450: try again"), ("closing", "421: try again, or another server"), ("reject", "550: the mail goes back"), ("noMail", "556: takes no mail"), ("neverMail", "521: no mail server"),
    ];

    private static readonly (string, string)[] Phone =
    [
        ("", "nothing"), ("announce", "answered, an announcement, the end"), ("announceEarly", "an announcement before the answer: the caller pays nothing"),
    ];

    // The fields of a form, by the channel each is about.
    private static readonly (string Field, SorryChannel Channel)[] Channels = [("web", SorryChannel.Http), ("mail", SorryChannel.Smtp), ("phone", SorryChannel.Phone)];

    /// <param name="typed">What was sent and refused; null at first.</param>
    public static Html On(string key, WriteForm? typed, string why)
    {
        string Typed(string field) => typed?.Text(field) ?? "";
        return FormHtml.Form("/console/sorry", key, Html.Of($"""
            {FormHtml.Input("target", "Host, *.DOMAIN, telephone number, trunk, or * for everything", Typed("target"), required: true, most: 254)}
            {FormHtml.Select("web", "Answer HTTP with", Web, Typed("web"))}
            {FormHtml.Input("location", "Address of a redirect", Typed("location"), most: 2_000)}
            {FormHtml.Select("mail", "Answer mail with", Mail, Typed("mail"))}
            {FormHtml.Select("phone", "Answer calls with", Phone, Typed("phone"))}
            {FormHtml.Input("recording", "Recording", Typed("recording"), hint: "For calls: a file of the bundle's sounds, sounds/closed.wav; empty: the message is spoken.", most: 120)}
            {FormHtml.Input("message", "Message", Typed("message"), hint: "Told to whoever asks, instead of the usual sentence.")}
            {FormHtml.Input("from", "From", Typed("from"), hint: "2026-03-02T12:00Z, or 2h from now; empty: at once.", most: 40)}
            {FormHtml.Input("until", "Until", Typed("until"), hint: "The same; empty: until it is switched off. 450 and 421 need it, within five days.", most: 40)}
            {FormHtml.Input("why", "Why", typed is null ? why : Typed("why"), hint: "For colleagues; not told to the public.", most: 200)}
            {FormHtml.Button("Switch on", "on")}
            """));
    }

    public static Html Off(string key, string target, string why) => FormHtml.Form("/console/sorry", key, Html.Of($"""
        <div class="field"><label for="off-target">Target to switch off</label>
        <input id="off-target" name="target" type="text" value="{target}" maxlength="254" autocomplete="off" required="required" /></div>
        <fieldset><legend>Of it</legend>{FormHtml.Check("channel", "http", "HTTP", true)}{FormHtml.Check("channel", "smtp", "mail", true)}{FormHtml.Check("channel", "phone", "calls", true)}</fieldset>
        <div class="field"><label for="off-why">Why it is switched off</label>
        <input id="off-why" name="why" type="text" value="{why}" maxlength="200" autocomplete="off" /></div>
        {FormHtml.Button("Switch off", "off")}
        """));

    /// <summary>Null with why when it cannot be read.</summary>
    public static SorryOrder? Order(WriteForm form, TimeProvider time, out string fault)
    {
        fault = "";
        if (form.Text("act") == "off")
            return new SorryOrder { On = false, Channels = [.. Enum.GetValues<SorryChannel>().Where(c => form.Has("channel", c.ToString().ToLowerInvariant()))] };
        var answers = new List<SorryAnswer>();
        foreach (var (field, channel) in Channels)
        {
            if (form.Given(field) is not { } word) continue;
            if (Answer(word) is not { } answer || answer.Channel() != channel) fault = "there is no such answer";
            else answers.Add(answer);
        }
        if (!SorryTime.TryRead(form.Given("from"), time, out var from) || !SorryTime.TryRead(form.Given("until"), time, out var until))
        {
            fault = "a time is 2026-03-02T14:00Z, or 2h from now";
            return null;
        }
        string recording = form.Text("recording");
        if (recording.Length > 0 && SorryRecording.Parse(recording) is null) fault = "a recording is a file of the bundle's sounds, sounds/closed.wav";
        return fault.Length > 0 ? null : new SorryOrder { On = true, Answers = answers, Location = form.Text("location"), Message = form.Text("message"), Recording = recording.Length > 0 ? SorryRecording.Parse(recording)! : "", From = from, Until = until };
    }

    private static SorryAnswer? Answer(string word)
    {
        foreach (var answer in Enum.GetValues<SorryAnswer>())
            if (answer.ToString().Equals(word, StringComparison.OrdinalIgnoreCase)) return answer;
        return null;
    }
}
