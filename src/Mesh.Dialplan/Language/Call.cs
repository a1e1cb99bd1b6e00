using System.Runtime.CompilerServices;
using Mesh.Dialplan.Calls;

namespace Mesh.Dialplan.Language;

/// <summary>
/// The call a handler owns. When the handler returns, the call is over. Every verb returns when it has happened and throws <see cref="CallEnded"/>
/// once the caller is gone; one verb at a time, each awaited where it is written (checked when the plan is loaded).
/// </summary>
public sealed class Call(ICallControl control)
{
    /// <summary>How long a ring rings when the plan does not say.</summary>
    public static readonly TimeSpan DefaultRingFor = TimeSpan.FromSeconds(60);

    /// <summary>How long an echo lasts when the plan does not say.</summary>
    public static readonly TimeSpan DefaultEchoFor = TimeSpan.FromMinutes(5);

    /// <summary>How long a menu waits for a key when the plan does not say, after each playing of its prompt.</summary>
    public static readonly TimeSpan DefaultMenuTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What <see cref="Menu"/> returns when the caller pressed none of the keys: <c>default:</c> in a switch takes it.</summary>
    public const char NoKey = '\0';

    /// <summary>The number that was dialled; after <see cref="Goto"/>, the number gone to.</summary>
    public string Number => control.Called;

    /// <summary>The caller's number as received; empty when withheld or unknown.</summary>
    public string CallerNumber => control.Caller.Number;

    /// <summary>The caller's name as received; may be empty.</summary>
    public string CallerName => control.Caller.Name;

    /// <summary>The caller asked not to be named.</summary>
    public bool CallerWithheld => control.Caller.Withheld;

    /// <summary>The trunk the call came in on, else null.</summary>
    public string? FromTrunk => control.Entry == CallEntry.Carrier ? control.From : null;

    /// <summary>The phone of ours that is calling, else null.</summary>
    public string? FromPhone => control.Entry == CallEntry.Phone ? control.From : null;

    /// <summary>The site of this mesh that passed the call on, else null.</summary>
    public string? FromSite => control.Entry == CallEntry.Site ? control.From : null;

    /// <summary>The other IAX2 system that is calling, else null.</summary>
    public string? FromPeer => control.Entry == CallEntry.Peer ? control.From : null;

    /// <summary>The call's id on every site, in every record and log line.</summary>
    public string Id => control.OriginId;

    /// <summary>The wall clock, UTC; virtual where the plan is rehearsed or tested.</summary>
    public DateTimeOffset UtcNow => control.UtcNow;

    /// <summary>Whether the wall clock is within <paramref name="hours"/> now.</summary>
    public bool During(Hours hours) => hours.Contains(control.UtcNow);

    /// <summary>Rings everything in <paramref name="ring"/> at once; the first to answer is connected. Returns when the conversation is over, or nobody answered within <paramref name="ringFor"/> (60 s).</summary>
    public Task<DialResult> Dial(Ring ring, TimeSpan? ringFor = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        control.Dial(ring, new DialOptions { RingFor = ringFor ?? DefaultRingFor, File = file, Line = line });

    /// <summary>
    /// Dials what is written in Asterisk's spelling (see <see cref="DialString"/>). <paramref name="ringFor"/> wins over a timeout in the string.
    /// A literal is checked when the plan is loaded; of a string made at run time, parts that make no sense are noted in the trace and left out.
    /// </summary>
    public Task<DialResult> Dial(string spelling, TimeSpan? ringFor = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var dial = DialString.Parse(spelling);
        foreach (var problem in dial.Problems) control.Note($"left out of the ring: {problem.Message}", file, line);
        if (dial.Endpoints.Count == 0) return Task.FromResult(new DialResult(DialStatus.Unreachable, HangupCause.InvalidNumberFormat));
        return Dial(new Ring(dial.Endpoints), ringFor ?? dial.RingFor, file, line);
    }

    /// <summary>Answers the caller, so that sounds can be heard and keys pressed. Dialling answers by itself when somebody picks up.</summary>
    public Task Answer([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => At(file, line).Answer();

    /// <summary>Plays a sound of the bundle to its end, answering first if need be.</summary>
    public Task Play(string sound, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => At(file, line).Play(sound);

    /// <summary>Lets the caller hear himself, answering first if need be, for five minutes unless <paramref name="duration"/> says otherwise: a line is tried out so.</summary>
    public Task Echo(TimeSpan? duration = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => At(file, line).Echo(duration ?? DefaultEchoFor);

    /// <summary>Plays <paramref name="prompt"/>, at most <paramref name="attempts"/> times, until one of <paramref name="keys"/> is pressed; <see cref="NoKey"/> when none was.</summary>
    public async Task<char> Menu(string prompt, string keys, TimeSpan? timeout = null, int attempts = 3, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        await At(file, line).Menu(prompt, keys, timeout ?? DefaultMenuTimeout, Math.Max(1, attempts)) ?? NoKey;

    /// <summary>Goes on as if <paramref name="number"/> had been dialled: its handler takes the call over, and when it returns the call is over.</summary>
    public Task Goto(string number, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => At(file, line).Goto(number);

    /// <summary>Refuses the call (ends it, when it is answered) with <see cref="DialStatus.Busy"/>, <see cref="DialStatus.NoAnswer"/>, <see cref="DialStatus.Rejected"/> or <see cref="DialStatus.Unreachable"/>. The handler ends here.</summary>
    public Task Reject(DialStatus status = DialStatus.Rejected, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        At(file, line).Reject(CauseOf(status));

    /// <summary>Ends the call normally. The handler ends here.</summary>
    public Task Hangup([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => At(file, line).Reject(HangupCause.NormalClearing);

    /// <summary>Lets time pass.</summary>
    public Task Wait(TimeSpan duration, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => At(file, line).Wait(duration);

    /// <summary>Writes a line into this call's trace.</summary>
    public void Note(string text, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => control.Note(text, file, line);

    /// <summary>
    /// Leaves the caller with the mailbox of <paramref name="number"/>. This system records no messages yet: the call ends as not answered, with a note in
    /// its trace. A call another site passed on never reaches a mailbox here, because the site it entered decides what happens when nobody answers.
    /// </summary>
    public Task Voicemail(string number, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        control.Note(control.Entry == CallEntry.Site
            ? $"voicemail of {number}: left to {control.From}, where the call entered"
            : $"voicemail of {number}: no messages are recorded yet, the call ends as not answered", file, line);
        return At(file, line).Reject(HangupCause.NoAnswer);
    }

    private ICallControl At(string file, int line)
    {
        control.At(file, line);
        return control;
    }

    /// <summary>The word a plan uses, as the cause the networks understand.</summary>
    internal static HangupCause CauseOf(DialStatus status) => status switch
    {
        DialStatus.Busy => HangupCause.UserBusy,
        DialStatus.NoAnswer => HangupCause.NoAnswer,
        DialStatus.Rejected => HangupCause.CallRejected,
        DialStatus.Unreachable => HangupCause.DestinationOutOfOrder,
        _ => HangupCause.NormalClearing,
    };
}
