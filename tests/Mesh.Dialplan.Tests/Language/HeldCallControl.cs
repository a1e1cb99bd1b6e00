using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Tests.Language;

/// <summary>A call whose <c>Wait</c> lasts until the test lets go.</summary>
public sealed class HeldCallControl : ICallControl
{
    private readonly TaskCompletionSource held = new();

    public List<string> Log { get; } = [];

    public string Called => "1";

    public CallerId Caller => CallerId.Unknown;

    public CallEntry Entry => CallEntry.Phone;

    public string From => "kitchen";

    public string OriginId => "origin";

    public DateTimeOffset UtcNow => default;

    public CancellationToken Ended => default;

    public void Release() => held.SetResult();

    public Task Wait(TimeSpan duration) => held.Task;

    public void Note(string text, string file, int line) => Log.Add($"Note {text}");

    public Task<DialResult> Dial(Ring ring, DialOptions options) => throw new CallEnded(HangupCause.NormalClearing);

    public Task Answer() => Task.CompletedTask;

    public Task Play(string sound) => Task.CompletedTask;
    public Task Echo(TimeSpan duration) => Task.CompletedTask;

    public Task<char?> Menu(string prompt, string keys, TimeSpan timeout, int attempts) => Task.FromResult<char?>(null);

    public Task Goto(string number) => Task.CompletedTask;

    public Task Reject(HangupCause cause) => throw new CallEnded(cause);
}
