namespace Mesh.Iax2.Tests.Support;

/// <summary>Writes down what a call tells, in order.</summary>
internal sealed class CallLog : IIaxCallHandler
{
    public List<string> Events { get; } = [];

    public string Digits { get; private set; } = "";

    public CauseCode? Cause { get; private set; }

    public void OnAcknowledged(IaxCall call) => Events.Add("acknowledged");
    public void OnAccepted(IaxCall call) => Events.Add($"accepted {call.Format}");
    public void OnProceeding(IaxCall call) => Events.Add("proceeding");
    public void OnRinging(IaxCall call) => Events.Add("ringing");
    public void OnProgress(IaxCall call) => Events.Add("progress");
    public void OnAnswered(IaxCall call) => Events.Add("answered");
    public void OnText(IaxCall call, string text) => Events.Add($"text {text}");
    public void OnHold(IaxCall call, bool isHeld) => Events.Add((isHeld ? "held" : "unheld") + (call.MusicOnHold is { } music ? $" with music '{music}'" : ""));
    public void OnControl(IaxCall call, ControlCommand control) => Events.Add($"control {control}");
    public void OnTransfer(IaxCall call, string number, string? context) => Events.Add($"transfer to {number} {context}");
    public void OnNumberStatus(IaxCall call, string number, DialplanStatus status, int cacheSeconds) => Events.Add($"{number}: {status}, {cacheSeconds} s");

    public void OnHangup(IaxCall call, CauseCode cause, string text)
    {
        Assert.Null(Cause);
        Cause = cause;
        Events.Add($"hangup {cause}");
    }

    public void OnDigit(IaxCall call, char digit, bool isEnd)
    {
        if (isEnd) Digits += digit;
        Events.Add($"digit {digit} {(isEnd ? "end" : "begin")}");
    }
}
