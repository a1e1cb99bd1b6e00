using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Tests.Language;

/// <summary>A call without telephones: what a handler does is written into <see cref="Log"/>, what answers is set beforehand.</summary>
public sealed class FakeCallControl : ICallControl
{
    public List<string> Log { get; } = [];

    /// <summary>Where in the plan each verb but Dial stood.</summary>
    public List<ScriptPlace> Places { get; } = [];

    /// <summary>What a ring comes to, by its spelling; anything else is not answered.</summary>
    public Dictionary<string, DialStatus> Answers { get; } = [];

    /// <summary>Keys pressed, one a menu.</summary>
    public Queue<char> Keys { get; } = new();

    /// <summary>Throws <see cref="CallEnded"/> from the verb of this name.</summary>
    public string HangsUpDuring { get; set; } = "";

    public string Called { get; set; } = "301";

    public CallerId Caller { get; set; } = new("07700900123", "A. Caller", false);

    public CallEntry Entry { get; set; } = CallEntry.Phone;

    public string From { get; set; } = "mbloch-desk";

    public string OriginId => "origin";

    public DateTimeOffset UtcNow { get; set; } = new(2026, 6, 1, 10, 0, 0, TimeSpan.Zero);

    public CancellationToken Ended => default;

    public DialOptions? LastDial { get; private set; }

    public Action<DialOptions>? OnDial { get; init; }

    public void At(string file, int line) => Places.Add(new ScriptPlace(file, line));

    public Task<DialResult> Dial(Ring ring, DialOptions options)
    {
        Say("Dial", $"{ring} {options.RingFor.TotalSeconds:0.#}");
        LastDial = options;
        OnDial?.Invoke(options);
        var status = Answers.GetValueOrDefault(ring.ToString(), DialStatus.NoAnswer);
        return Task.FromResult(new DialResult(status, HangupCause.None));
    }

    public Task Answer() => Say("Answer");

    public Task Play(string sound) => Say("Play", sound);

    public Task Echo(TimeSpan duration) => Say("Echo", duration.ToString());

    public Task<char?> Menu(string prompt, string keys, TimeSpan timeout, int attempts)
    {
        Say("Menu", $"{prompt} {keys} {timeout.TotalSeconds:0.#} {attempts}");
        return Task.FromResult<char?>(Keys.TryDequeue(out char key) ? key : null);
    }

    public Task Goto(string number) => Say("Goto", number);

    public Task Reject(HangupCause cause)
    {
        Say("Reject", cause.ToString());
        throw new CallEnded(cause);
    }

    public Task Wait(TimeSpan duration) => Say("Wait", $"{duration.TotalSeconds:0.#}");

    public void Note(string text, string file, int line) => Log.Add($"Note {text}");

    private Task Say(string verb, string what = "")
    {
        if (verb == HangsUpDuring) throw new CallEnded(HangupCause.NormalClearing);
        Log.Add($"{verb} {what}".TrimEnd());
        return Task.CompletedTask;
    }
}
