using System.Text;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Calls;

/// <summary>How a call came to its end, in the terms both figures share.</summary>
internal enum CallEnd
{
    HungUp,
    Invalidated,
    Exhausted,
    Settled,
    HostEnds,
}

/// <summary>
/// One call, whoever placed it: what goes on while it lives. <see cref="OutgoingIaxCall"/> and <see cref="IncomingIaxCall"/> add how it comes about.
/// Everything on the endpoint's loop, but for <see cref="SendVoice"/>.
/// </summary>
public abstract class IaxCall : Dialog
{
    private readonly VoiceSender voiceOut;
    private readonly VoiceReceiver voiceIn;
    private readonly Deadline keepAlive, life;
    private volatile IIaxVoiceSink? voiceSink;
    private char pressed;
    private bool pingNext;

    private protected IaxCall(IaxEndpoint endpoint, NetAddress remoteAddress, Peer? peer) : base(endpoint, remoteAddress, peer?.RoundTripMs ?? -1,
        peer is { Options.IsSite: true } ? endpoint.Options.SiteRetransmission : endpoint.Options.Retransmission)
    {
        Peer = peer;
        voiceOut = new VoiceSender(this);
        voiceIn = new VoiceReceiver(this, Clock);
        keepAlive = new Deadline(this, 1);
        life = new Deadline(this, 2);
    }

    /// <summary>Who it is with; null for one whose name nobody knows, which the host never sees.</summary>
    public Peer? Peer { get; }

    public string PeerName => Peer?.Name ?? "";

    public IIaxCallHandler? Handler { get; set; }

    /// <summary>Where received voice goes; one volatile write changes it.</summary>
    public IIaxVoiceSink? VoiceSink { get => voiceSink; set => voiceSink = value; }

    /// <summary>The one format agreed on; none before ACCEPT.</summary>
    public VoiceFormat Format { get; private protected set; }

    /// <summary>Answered and not over.</summary>
    public abstract bool IsUp { get; }

    /// <summary>Nothing more will come.</summary>
    public abstract bool IsOver { get; }

    /// <summary>For the host.</summary>
    public object? Tag { get; set; }

    /// <summary>What was received, as we report it to the peer.</summary>
    public ReceiverReport Report => voiceIn.Report;

    /// <summary>Milliseconds of this call's own clock. Any thread.</summary>
    public uint ElapsedMs => Clock.Elapsed(NowMs);

    internal IaxCounters Counters => Endpoint.Counters;

    internal bool IsOnLoop => Endpoint.Loop.IsCurrent;

    internal int MaxVoiceWaiting => Endpoint.Options.MaxVoiceWaiting;

    /// <summary>
    /// Sends one voice frame: <paramref name="length"/> octets at <paramref name="offset"/> of <paramref name="buffer"/>, of which the four octets before the payload are
    /// overwritten. From one thread at a time, any. False when it was not sent (counted). <paramref name="timestampMs"/> is the source's: only differences matter.
    /// </summary>
    public bool SendVoice(VoiceFormat format, uint timestampMs, Span<byte> buffer, int offset, int length) => voiceOut.Send(format, timestampMs, buffer, offset, length);

    /// <summary>A key pressed, or released. A peer that knows only the release is told only that.</summary>
    public void SendDigit(char digit, bool isEnd)
    {
        if (!voiceOut.IsOpen || (!isEnd && Peer is { Options.DigitsEndOnly: true })) return;
        Send(isEnd ? FrameType.DtmfEnd : FrameType.DtmfBegin, (byte)digit, []);
    }

    public void SendText(string text)
    {
        if (voiceOut.IsOpen) Send(FrameType.Text, 0, Encoding.UTF8.GetBytes(text + '\0'));
    }

    public void SendHold(bool isHeld)
    {
        if (voiceOut.IsOpen) Send(isHeld ? ControlCommand.Hold : ControlCommand.Unhold);
    }

    /// <summary>Ends the call whatever its state. No <see cref="IIaxCallHandler.OnHangup"/> follows. Idempotent.</summary>
    public void Hangup(CauseCode cause, string? text = null) => End(CallEnd.HostEnds, cause, text);

    /// <summary>The peer uses its number for another call: this one is over there.</summary>
    internal void Abandon() => OnInvalidated();

    internal bool TransmitMini(ReadOnlySpan<byte> mini) => Endpoint.TransmitMini(mini, RemoteAddress);

    internal bool TrySendFullVoice(byte subclass, ReadOnlySpan<byte> payload, uint timestamp) => TrySendNow(FrameType.Voice, subclass, payload, timestamp);

    internal void Post(Action<object?> work, object state) => Endpoint.Loop.Post(work, state);

    internal void OnMini(ushort timestamp, in Datagram datagram)
    {
        if (voiceOut.IsOpen) voiceIn.OnMini(timestamp, datagram, Datagram.Headroom + MiniFrame.HeaderLength, datagram.Length - MiniFrame.HeaderLength);
    }

    internal void OnTrunked(in TrunkEntry entry, uint trunkTimestamp, in Datagram datagram)
    {
        if (voiceOut.IsOpen) voiceIn.OnTrunked(entry, trunkTimestamp, datagram);
    }

    /// <summary>Voice whose format was never said: the full frame before it is missing, so ask for it.</summary>
    internal void VoiceBeforeFormat() => AskAgain();

    /// <summary>Takes the call to its end by the figure of its side.</summary>
    private protected abstract void End(CallEnd end, CauseCode cause, string? text);

    /// <summary>A command that belongs to how the call comes about; false when it is none.</summary>
    private protected abstract bool OnCommand(IaxCommand command, Elements elements);

    private protected abstract void OnControl(ControlCommand control);

    private protected abstract void OnLifetime();

    /// <summary>ACCEPT went one way or the other: media may flow.</summary>
    private protected void OpenMedia()
    {
        voiceOut.IsOpen = true;
        Endpoint.Loop.Deadlines.Arm(keepAlive, Endpoint.Options.LagIntervalMs);
    }

    /// <summary>The last frame: cause and text of HANGUP or REJECT. Then only its acknowledgement is waited for.</summary>
    private protected void SendEnd(IaxCommand command, CauseCode cause, string? text, bool forgetOutstanding)
    {
        CloseMedia();
        ForgetUnsent(forgetOutstanding);
        Span<byte> buffer = stackalloc byte[300];
        var elements = new ElementWriter(buffer);
        elements.AddOptionalText(ElementId.Cause, text);
        elements.AddUInt8(ElementId.CauseCode, (byte)cause);
        Send(command, elements.Written, isLast: true);
        Endpoint.Loop.Deadlines.Arm(life, Endpoint.Options.LingerMs);
    }

    private protected void ArmLife(int ms) => Endpoint.Loop.Deadlines.Arm(life, ms);

    private protected void DisarmLife() => Endpoint.Loop.Deadlines.Disarm(life);

    private protected override void Release()
    {
        if (IsReleased) return;
        CloseMedia();
        DisarmLife();
        if (RemoteNumber != 0) Endpoint.Table.Unbind(this);
        Endpoint.OnCallGone(this);
        base.Release();
    }

    private protected override void OnFrame(in FullFrame frame, Elements elements, in Datagram datagram)
    {
        switch (frame.Type)
        {
            case FrameType.Iax: OnIax(frame, elements); break;
            case FrameType.Control: OnControlFrame(frame.Control); break;
            case FrameType.Voice when voiceOut.IsOpen:
                if (!voiceIn.OnFull(frame, datagram)) Drop(DropReason.Unwanted);
                break;
            case FrameType.DtmfBegin: OnDigit((char)frame.SubclassOctet, false); break;
            case FrameType.DtmfEnd: OnDigit((char)frame.SubclassOctet, true); break;
            case FrameType.Text: OnText(frame.Payload); break;
            default: Drop(DropReason.Unwanted); break;
        }
    }

    private protected override void OnExhausted() => End(CallEnd.Exhausted, CauseCode.DestinationOutOfOrder, null);

    private protected override void OnInvalidated() => End(CallEnd.Invalidated, CauseCode.TemporaryFailure, null);

    private protected override void OnSettled() => End(CallEnd.Settled, CauseCode.None, null);

    private protected override void OnTimer(Deadline deadline)
    {
        if (deadline == life) { OnLifetime(); return; }
        Send(pingNext ? IaxCommand.Ping : IaxCommand.LagRq);
        pingNext = !pingNext;
        Endpoint.Loop.Deadlines.Arm(keepAlive, Endpoint.Options.LagIntervalMs);
    }

    private void CloseMedia()
    {
        voiceOut.IsOpen = false;
        Endpoint.Loop.Deadlines.Disarm(keepAlive);
    }

    private void OnIax(in FullFrame frame, Elements elements)
    {
        switch (frame.Command)
        {
            case IaxCommand.Hangup or IaxCommand.Reject:
                End(CallEnd.HungUp, (CauseCode)(elements.CauseCode ?? (byte)CauseOf(frame.Command, elements)), elements.Cause);
                break;
            case IaxCommand.Ping: SendPong(frame.Timestamp); break;
            case IaxCommand.LagRq: Send(IaxCommand.LagRp, timestamp: frame.Timestamp); break;
            case IaxCommand.Pong: Measure(frame.Timestamp); break;
            case IaxCommand.Quelch: voiceOut.IsQuelched = true; Handler?.OnHold(this, true); break;
            case IaxCommand.Unquelch: voiceOut.IsQuelched = false; Handler?.OnHold(this, false); break;
            // A transfer would let the peer send our media anywhere.
            case IaxCommand.TxReq: Send(IaxCommand.TxRej); break;
            case IaxCommand.LagRp or IaxCommand.Unsupport or IaxCommand.TxRej or IaxCommand.TxReady or IaxCommand.TxRel or IaxCommand.TxMedia: break;
            default:
                if (!OnCommand(frame.Command, elements)) SendUnsupport(frame.SubclassOctet);
                break;
        }
    }

    private void OnControlFrame(ControlCommand control)
    {
        switch (control)
        {
            case ControlCommand.Hold: Handler?.OnHold(this, true); break;
            case ControlCommand.Unhold: Handler?.OnHold(this, false); break;
            default: OnControl(control); break;
        }
    }

    private void OnDigit(char digit, bool isEnd)
    {
        if (digit is not (>= '0' and <= '9' or >= 'A' and <= 'D' or '*' or '#')) { Drop(DropReason.Unwanted); return; }
        if (isEnd && pressed != digit) Handler?.OnDigit(this, digit, false);
        pressed = isEnd ? '\0' : digit;
        Handler?.OnDigit(this, digit, isEnd);
    }

    private void OnText(ReadOnlySpan<byte> payload)
    {
        int nul = payload.IndexOf((byte)0);
        Handler?.OnText(this, Encoding.UTF8.GetString(nul < 0 ? payload : payload[..nul]));
    }

    private void SendPong(uint timestamp)
    {
        Span<byte> buffer = stackalloc byte[64];
        var elements = new ElementWriter(buffer);
        voiceIn.Report.Write(ref elements);
        Send(IaxCommand.Pong, elements.Written, timestamp);
    }

    private void Measure(uint echoed)
    {
        int roundTrip = (int)(ElapsedMs - echoed);
        if (roundTrip is >= 0 and < 60_000) RoundTripMs = roundTrip;
    }

    private void SendUnsupport(byte subclass)
    {
        Span<byte> buffer = stackalloc byte[3];
        var elements = new ElementWriter(buffer);
        elements.AddUInt8(ElementId.IaxUnknown, subclass);
        Send(IaxCommand.Unsupport, elements.Written);
    }

    private static CauseCode CauseOf(IaxCommand command, Elements elements) => (command, elements.Cause) switch
    {
        // Some endpoints give words only.
        (_, { } text) when text.Contains("busy", StringComparison.OrdinalIgnoreCase) => CauseCode.UserBusy,
        (IaxCommand.Reject, _) => CauseCode.CallRejected,
        _ => CauseCode.NormalClearing,
    };
}
