using System.Runtime.CompilerServices;
using Mesh.Dialplan.Loading;

namespace Mesh.Dialplan.Language;

/// <summary>
/// The words a plan may use at its top level: every file of <c>dialplan/</c> is run once against one of these. Names are checked while the plan loads; a place made
/// inside a handler, from what the caller dialled say, is looked up when it is dialled.
/// </summary>
public sealed class DialplanScript
{
    private readonly TimeZoneInfo zone;
    private DialplanDraft? draft;

    internal DialplanScript(DialplanDraft draft, TimeZoneInfo zone) => (this.draft, this.zone) = (draft, zone);

    /// <summary>Where hours begin: <c>Hours.Weekdays("09:00-17:30")</c>, in the configured zone unless <c>.In("Europe/London")</c> says otherwise.</summary>
    public Hours Hours => Hours.None(zone);

    /// <summary>What a number dialled by a phone, or passed on by a site, does. <paramref name="pattern"/> is a number or an Asterisk pattern (<c>_2XX</c>); the most specific wins.</summary>
    public void Extension(string pattern, Func<Call, Task> handler, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Draft("Extension").AddExtension(pattern, handler, file, line);

    /// <summary>The same for several numbers: <c>Extension(["301", "302"], ...)</c>.</summary>
    public void Extension(IEnumerable<string> patterns, Func<Call, Task> handler, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        foreach (string pattern in patterns) Extension(pattern, handler, file, line);
    }

    /// <summary>What a call from outside to one of our numbers does. Written in any form (<c>020 7946 0123</c>, <c>+442079460123</c>), compared as E.164; patterns may be used.</summary>
    public void Inbound(string number, Func<Call, Task> handler, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Draft("Inbound").AddInbound(number, handler, file, line);

    /// <summary>The same for several numbers.</summary>
    public void Inbound(IEnumerable<string> numbers, Func<Call, Task> handler, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        foreach (string number in numbers) Inbound(number, handler, file, line);
    }

    /// <summary>What a dialled number does that no <see cref="Extension(string, Func{Call, Task}, string, int)"/> matches. Once in a plan. Calls from outside never come here.</summary>
    public void Otherwise(Func<Call, Task> handler, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Draft("Otherwise").SetOtherwise(handler, file, line);

    /// <summary>A phone by its account.</summary>
    public Endpoint Sip(string account, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Checked(EndpointWords.Sip(account), "Sip", file, line);

    /// <summary>A number at another site or IAX2 system, <c>Iax("office/301")</c>, or a device that registers over IAX2, <c>Iax("fax-modem")</c>.</summary>
    public Endpoint Iax(string path, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Checked(EndpointWords.Iax(path), "Iax", file, line);

    /// <summary>A number through a carrier.</summary>
    public Endpoint Trunk(string name, string number, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Checked(EndpointWords.Trunk(name, number), "Trunk", file, line);

    /// <summary>A person: all their phones, wherever these are registered.</summary>
    public Endpoint Person(string number, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Checked(EndpointWords.Person(number), "Person", file, line);

    /// <summary>From now on the plan is in force: no more numbers can be added, and names are no longer checked.</summary>
    internal void Freeze() => draft = null;

    private Endpoint Checked((Endpoint Endpoint, DialplanProblem? Problem) word, string name, string file, int line)
    {
        draft?.Check(word.Endpoint, word.Problem, name, file, line);
        return word.Endpoint;
    }

    private DialplanDraft Draft(string word) => draft
        ?? throw new DialplanException($"{word} was called while a call was running", "The plan is fixed once it is loaded: write it at the top level");
}
