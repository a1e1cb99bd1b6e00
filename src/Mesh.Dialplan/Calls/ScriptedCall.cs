using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Calls;

/// <summary>A live call as one handler drives it: every verb goes to the loop and comes back when it has happened.</summary>
/// <param name="onLoop">The handler is a straight one and runs on the loop.</param>
internal sealed class ScriptedCall(LiveCall call, string called, bool onLoop) : ICallControl
{
    public string Called => called;

    public CallerId Caller => call.Incoming.CallerId;

    public CallEntry Entry => call.Incoming.Entry;

    public string From => call.Incoming.From;

    public string OriginId => call.OriginId;

    public DateTimeOffset UtcNow => call.Room.Loop.Clock.UtcNow;

    public CancellationToken Ended => call.EndedToken;

    public Task<DialResult> Dial(Ring ring, DialOptions options) => Ask(new DialVerb(ring, options));

    public Task Answer() => Ask(new AnswerVerb());

    public Task Play(string sound) => Ask(new PlayVerb(sound));

    public Task<char?> Menu(string prompt, string keys, TimeSpan timeout, int attempts) => Ask(new MenuVerb(prompt, keys, timeout, attempts));

    public Task Echo(TimeSpan duration) => Ask(new EchoVerb(duration));

    public async Task Goto(string number)
    {
        var entry = await Ask(new GotoVerb(number));
        await ScriptRun.Handle(call, entry, number, onLoop);
        await Ask(new EndVerb(null));
    }

    public Task Reject(HangupCause cause) => Ask(new EndVerb(cause));

    public Task Wait(TimeSpan duration) => Ask(new WaitVerb(duration));

    public void Note(string text, string file, int line) => call.Note(file.Length == 0 ? text : $"{Path.GetFileName(file)}:{line} {text}");

    private Task<T> Ask<T>(Verb<T> wish) => call.Ask(wish, onLoop);
}
