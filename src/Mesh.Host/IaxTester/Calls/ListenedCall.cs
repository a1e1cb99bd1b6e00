using System.Globalization;
using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Media;

namespace Mesh.Host.IaxTester.Calls;

/// <summary>One call at a <see cref="Listener"/>.</summary>
internal sealed class ListenedCall : IIaxCallHandler, IDeadlineOwner
{
    /// <summary>How long a caller hears CONTROL BUSY.</summary>
    private const int BusyMs = 500;

    private readonly Listener listener;
    private readonly IncomingIaxCall call;
    private readonly long ordinal;
    private readonly CallMedia media;
    private readonly Recorder? recorder;
    private readonly Deadline next;
    private bool isOver;

    public ListenedCall(Listener listener, IncomingIaxCall call, long ordinal)
    {
        (this.listener, this.call, this.ordinal) = (listener, call, ordinal);
        media = new CallMedia(listener.Loop, call);
        if (listener.Options.RecordFolder is not null) media.Ear.Next.Add(recorder = new Recorder());
        next = new Deadline(this);
        call.Handler = this;
    }

    private ListenOptions Options => listener.Options;

    public void Begin()
    {
        if (Options.IsBusy)
        {
            call.Accept(call.PreferredFormat);
            call.Busy();
            Arm(BusyMs);
        }
        else if (Options.AnswerAfterMs == 0 && !Options.NeverAnswers) Answer();
        else
        {
            call.Ringing();
            listener.Tell("ringing", call, "");
            if (!Options.NeverAnswers) Arm(Options.AnswerAfterMs);
        }
    }

    public void OnDeadline(Deadline deadline)
    {
        if (Options.IsBusy) End(CauseCode.UserBusy);
        else if (!call.IsUp) Answer();
        else End(CauseCode.NormalClearing);
    }

    public void OnDigit(IaxCall from, char digit, bool isEnd)
    {
        media.Ear.OnDigit(new DigitEvent(digit, isEnd, 0));
        if (isEnd) listener.Tell("digit", call, digit.ToString());
    }

    public void OnText(IaxCall from, string text) => listener.Tell("text", call, text);

    public void OnHangup(IaxCall from, CauseCode cause, string text) => Over(cause, text);

    public void End(CauseCode cause)
    {
        if (isOver) return;
        call.Hangup(cause);
        Over(cause, "");
    }

    private void Answer()
    {
        call.Answer();
        listener.Tell("answered", call, call.Format.ToString());
        media.Say(Options.Say);
        if (Options.HangupAfterMs > 0) Arm(Options.HangupAfterMs);
    }

    private void Arm(int ms) => listener.Loop.Deadlines.Arm(next, ms);

    private void Over(CauseCode cause, string text)
    {
        if (isOver) return;
        isOver = true;
        listener.Loop.Deadlines.Disarm(next);
        media.Stop();
        string voice = string.Create(CultureInfo.InvariantCulture, $"cause {(int)cause}{(text.Length > 0 ? $" {text}" : "")}, {media.Ear.Packets} voice frames, {media.Ear.Lost} lost");
        listener.Tell("ended", call, voice + Save());
        listener.Ended(this);
    }

    private string Save()
    {
        if (recorder is not { Length: > 0 }) return "";
        string path = Path.Combine(Options.RecordFolder!, string.Create(CultureInfo.InvariantCulture, $"call-{ordinal}.wav"));
        try { File.WriteAllBytes(path, recorder.Write()); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return $", not recorded: {e.Message}"; }
        return $", recorded in {path}";
    }
}
