using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Calls;

/// <summary>A live call as one handler drives it: every verb goes to the loop and comes back when it has happened.</summary>
internal sealed class ScriptedCall(LiveCall call, string called) : ICallControl
{
    private ScriptPlace at;

    public string Called => called;

    public CallerId Caller => call.Incoming.CallerId;

    public CallEntry Entry => call.Incoming.Entry;

    public string From => call.Incoming.From;

    public string OriginId => call.OriginId;

    public DateTimeOffset UtcNow => call.Room.Loop.Clock.UtcNow;

    public CancellationToken Ended => call.EndedToken;

    // A handler does one thing at a time, so this is still where it stands when its verb is made.
    public void At(string file, int line) => at = new ScriptPlace(file, line);

    public Task<DialResult> Dial(Ring ring, DialOptions options) => call.Ask(new DialVerb(ring, options));

    public Task Answer() => call.Ask(new AnswerVerb() { At = at });

    public Task Play(string sound) => call.Ask(new PlayVerb(sound) { At = at });

    public Task<char?> Menu(string prompt, string keys, TimeSpan timeout, int attempts) => call.Ask(new MenuVerb(prompt, keys, timeout, attempts) { At = at });

    public Task Echo(TimeSpan duration) => call.Ask(new EchoVerb(duration) { At = at });

    public async Task Goto(string number)
    {
        var entry = await call.Ask(new GotoVerb(number) { At = at });
        await entry.Handler(new Call(new ScriptedCall(call, number)));
        await call.Ask(new EndVerb(null));
    }

    public Task Reject(HangupCause cause) => call.Ask(new EndVerb(cause) { At = at });

    public Task Wait(TimeSpan duration) => call.Ask(new WaitVerb(duration) { At = at });

    public void Note(string text, string file, int line) => call.Note(text, new ScriptPlace(file, line));
}
