using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Calls;

/// <summary>A live call as one handler drives it: every verb goes to the loop and comes back when it has happened.</summary>
/// <param name="onLoop">The handler is a straight one and runs on the loop.</param>
internal sealed class ScriptedCall(LiveCall call, string called, bool onLoop) : ICallControl
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

    public Task<DialResult> Dial(Ring ring, DialOptions options) => Ask(new DialVerb(ring, options));

    public Task Answer() => Ask(new AnswerVerb() { At = at });

    public Task Play(string sound) => Ask(new PlayVerb(sound) { At = at });

    public Task<char?> Menu(string prompt, string keys, TimeSpan timeout, int attempts) => Ask(new MenuVerb(prompt, keys, timeout, attempts) { At = at });

    public Task Echo(TimeSpan duration) => Ask(new EchoVerb(duration) { At = at });

    public async Task Goto(string number)
    {
        var entry = await Ask(new GotoVerb(number) { At = at });
        await ScriptRun.Handle(call, entry, number, onLoop);
        await Ask(new EndVerb(null));
    }

    public Task Reject(HangupCause cause) => Ask(new EndVerb(cause) { At = at });

    public Task Wait(TimeSpan duration) => Ask(new WaitVerb(duration) { At = at });

    public void Note(string text, string file, int line) => call.Note(text, new ScriptPlace(file, line));

    private Task<T> Ask<T>(Verb<T> wish) => call.Ask(wish, onLoop);
}
