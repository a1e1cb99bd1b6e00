using System.Text;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Transfers;
using Mesh.Iax2.Trunking;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Calls;

/// <summary>
/// One call, whoever placed it: what goes on while it lives. <see cref="OutgoingIaxCall"/> and <see cref="IncomingIaxCall"/> add how it comes about.
/// Everything on the endpoint's loop, but for <see cref="SendVoice"/>.
/// </summary>
public abstract class IaxCall : EncryptedDialog
{
    private volatile VoiceSender voiceOut;
    private VoiceReceiver voiceIn;
    private readonly Deadline keepAlive, life;
    private volatile IIaxVoiceSink? voiceSink;
    private readonly CallSignals signals;
    private bool pingNext;
    private CauseCode endedWith = CauseCode.NormalClearing;

    private protected IaxCall(IaxEndpoint endpoint, NetAddress remoteAddress, Peer? peer) : base(endpoint, remoteAddress, peer?.RoundTripMs ?? -1,
        peer is { Options.IsSite: true } ? endpoint.Options.SiteRetransmission : endpoint.Options.Retransmission)
    {
        Peer = peer;
        voiceOut = new VoiceSender(this);
        voiceIn = new VoiceReceiver(this, Clock);
        signals = new CallSignals(this);
        keepAlive = new Deadline(this, 1);
        life = new Deadline(this, 2);
    }

    /// <summary>Who it is with; null for one whose name nobody knows, which the host never sees.</summary>
    public Peer? Peer { get; private set; }

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

    /// <summary>While the far end holds us by QUELCH: the class of music it asked for, empty for any; null when it asked for none.</summary>
    public string? MusicOnHold => signals.MusicOnHold;

    /// <summary>For the host.</summary>
    public object? Tag { get; set; }

    /// <summary>What was received, as we report it to the peer.</summary>
    public ReceiverReport Report => voiceIn.Report;

    /// <summary>What received voice goes through before it is heard; null when it goes on as it comes.</summary>
    public IVoiceBuffer? VoiceBuffer { get; set; }

    /// <summary>Milliseconds of this call's own clock. Any thread.</summary>
    public uint ElapsedMs => Clock.Elapsed(NowMs);

    /// <summary>A frame that does not name our number may be meant for this call.</summary>
    internal virtual bool TakesUnaddressed => false;

    /// <summary>The middle left it once: it is with another peer than the one it began with.</summary>
    internal bool HasMoved { get; private set; }

    /// <summary>The middle's wish to leave, as this end follows it; null until it was asked.</summary>
    internal TransferLeg? Transfer { get; set; }

    /// <summary>Our own wish to leave the middle between this call and another.</summary>
    internal TransferBridge? Leaving { get; set; }

    internal bool IsOnLoop => Endpoint.Loop.IsCurrent;

    internal IaxEndpointOptions Limits => Endpoint.Options;

    /// <summary>
    /// Sends one voice frame: <paramref name="length"/> octets at <paramref name="offset"/> of <paramref name="buffer"/>, of which the four octets before the payload are
    /// overwritten. From one thread at a time, any. False when it was not sent (counted). <paramref name="timestampMs"/> is the source's: only differences matter.
    /// </summary>
    public bool SendVoice(VoiceFormat format, uint timestampMs, Span<byte> buffer, int offset, int length) => voiceOut.Send(format, timestampMs, buffer, offset, length);

    /// <summary>A key pressed, or released. A peer that knows only the release is told only that.</summary>
    public void SendDigit(char digit, bool isEnd)
    {
        if (!voiceOut.IsOpen || (!isEnd && Peer is { Options.DigitsEndOnly: true })) return;
        SendOrHold(isEnd ? FrameType.DtmfEnd : FrameType.DtmfBegin, (byte)digit, []);
    }

    public void SendText(string text)
    {
        if (!voiceOut.IsOpen) return;
        byte[] octets = Encoding.UTF8.GetBytes(text + '\0');
        // A frame that cannot arrive would be repeated until the call is given up.
        if (octets.Length > Limits.MaxTextOctets) Drop(DropReason.TextTooLong);
        else SendOrHold(FrameType.Text, 0, octets);
    }

    public void SendHold(bool isHeld)
    {
        if (voiceOut.IsOpen) SendOrHold(FrameType.Control, (byte)(isHeld ? ControlCommand.Hold : ControlCommand.Unhold), []);
    }

    /// <summary>Asks the far end to send no voice, or to go on (QUELCH, UNQUELCH). <paramref name="musicOnHold"/>: who is there hears music, of that class when it is not empty.</summary>
    public void SendQuelch(bool isQuelched, string? musicOnHold = null)
    {
        if (!voiceOut.IsOpen) return;
        Span<byte> buffer = stackalloc byte[260];
        var elements = new ElementWriter(buffer);
        if (isQuelched) elements.AddOptionalText(ElementId.MusicOnHold, musicOnHold);
        SendOrHold(FrameType.Iax, (byte)(isQuelched ? IaxCommand.Quelch : IaxCommand.Unquelch), elements.Written);
    }

    /// <summary>Sends a CONTROL that is no matter of the call's own state: flash, wink, a radio's key.</summary>
    public void SendControl(ControlCommand control)
    {
        if (voiceOut.IsOpen) SendOrHold(FrameType.Control, (byte)control, []);
    }

    /// <summary>Asks the far end to send whoever it is bridged with to another number (TRANSFER).</summary>
    public void SendTransfer(string number, string? context = null)
    {
        if (!voiceOut.IsOpen) return;
        Span<byte> buffer = stackalloc byte[520];
        var elements = new ElementWriter(buffer);
        elements.AddText(ElementId.CalledNumber, number);
        elements.AddOptionalText(ElementId.CalledContext, context);
        Send(IaxCommand.Transfer, elements.Written);
    }

    /// <summary>Ends the call whatever its state. No <see cref="IIaxCallHandler.OnHangup"/> follows. Idempotent.</summary>
    public void Hangup(CauseCode cause, string? text = null) => End(CallEnd.HostEnds, cause, text);

    /// <summary>The peer uses its number for another call: this one is over there.</summary>
    internal void Abandon() => OnInvalidated();

    /// <summary>Where this call's voice may share datagrams.</summary>
    internal TrunkAssembler? Trunk => !IsEncrypted && Peer?.Trunk is { } trunk && trunk.To == RemoteAddress ? trunk : null;

    internal bool TransmitMini(ReadOnlySpan<byte> mini) => Endpoint.TransmitMini(Encryption is { } hidden ? hidden.EncryptMini(mini) : mini, RemoteAddress);

    internal bool TrySendFullVoice(byte subclass, ReadOnlySpan<byte> payload, uint timestamp) => TrySendNow(FrameType.Voice, subclass, payload, timestamp);

    internal void Post(Action<object?> work, object state) => Endpoint.Loop.Post(work, state);

    internal void OnMini(in Datagram datagram)
    {
        if (!voiceOut.IsOpen) return;
        if (!TryOpenMini(datagram, voiceIn.Format, out var mini)) Drop(DropReason.Undecryptable);
        else Hearing(datagram)?.OnMini(mini.Timestamp, datagram, Datagram.Headroom + MiniFrame.HeaderLength, mini.Payload.Length);
    }

    internal void OnTrunked(in TrunkEntry entry, uint trunkTimestamp, in Datagram datagram)
    {
        if (IsEncrypted) Drop(DropReason.ClearRefused);
        else if (voiceOut.IsOpen) Hearing(datagram)?.OnTrunked(entry, trunkTimestamp, datagram);
    }

    /// <summary>Voice whose format was never said: the full frame before it is missing, so ask for it.</summary>
    internal void VoiceBeforeFormat() => AskAgain();

    /// <summary>A frame of a transfer, in the call's own order.</summary>
    internal void SendForTransfer(IaxCommand command, ReadOnlySpan<byte> elements = default) => Send(command, elements);

    /// <summary>Sends what the host gave, now.</summary>
    internal void SendHeld(FrameType type, byte subclass, ReadOnlySpan<byte> payload) => Send(type, subclass, payload);

    /// <summary>
    /// Goes on with another peer as if this were the first frame of the call (RFC 5456 section 6.5): numbers, clocks and voice begin again, so the next voice is a full frame.
    /// Returns the way voice came in so far.
    /// </summary>
    internal VoiceReceiver Move(Peer to, NetAddress address, ushort number, int roundTripMs)
    {
        var (before, heardBefore) = (voiceOut, voiceIn);
        // What it put into the trunk to the middle goes out before.
        before.Close();
        Admission.OnMoved(Peer!, to);
        (Peer, HasMoved) = (to, true);
        base.Move(address, number, roundTripMs);
        voiceIn = new VoiceReceiver(this, Clock, heardBefore);
        var next = new VoiceSender(this) { IsQuelched = before.IsQuelched };
        next.Open();
        voiceOut = next;
        Endpoint.Table.TryBind(this);
        // Measures the new path, and tells an end whose TXREL is late that we have gone over.
        Send(IaxCommand.Ping);
        Endpoint.Loop.Deadlines.Arm(keepAlive, Endpoint.Options.LagIntervalMs);
        return heardBefore;
    }

    /// <summary>What is sent from here on nobody may be left to acknowledge.</summary>
    internal void StopKeepAlive() => Endpoint.Loop.Deadlines.Disarm(keepAlive);

    /// <summary>Is gone without a word: its two sides talk directly.</summary>
    internal void Depart() => End(CallEnd.Departed, CauseCode.None, null);

    /// <summary>A full VOICE frame the former middle still passed on.</summary>
    internal void OnFormerVoice(in FullFrame frame, in Datagram datagram)
    {
        if (voiceOut.IsOpen) Hearing(datagram)?.OnFull(frame, datagram);
    }

    /// <summary>The former middle ends the call: its other side hung up while it left.</summary>
    internal void EndedByFormer(Elements elements) => OnHungUp(IaxCommand.Hangup, elements);

    /// <summary>Takes the call to its end by the figure of its side.</summary>
    private protected abstract void End(CallEnd end, CauseCode cause, string? text);

    /// <summary>A command that belongs to how the call comes about; false when it is none.</summary>
    private protected abstract bool OnCommand(IaxCommand command, Elements elements);

    private protected abstract void OnControl(ControlCommand control);

    private protected abstract void OnLifetime();

    /// <summary>ACCEPT went one way or the other: media may flow.</summary>
    private protected void OpenMedia()
    {
        voiceOut.Open();
        Encryption?.Start();
        Endpoint.Loop.Deadlines.Arm(keepAlive, Endpoint.Options.LagIntervalMs);
    }

    /// <summary>The last frame: cause and text of HANGUP or REJECT. Then only its acknowledgement is waited for.</summary>
    private protected void SendEnd(IaxCommand command, CauseCode cause, string? text, bool forgetOutstanding)
    {
        CloseMedia();
        endedWith = cause;
        TransferFrames.OnEnded(this, endedWith, isGone: false);
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
        TransferFrames.OnEnded(this, endedWith, isGone: true);
        if (RemoteNumber != 0) Endpoint.Table.Unbind(this);
        Endpoint.OnCallGone(this);
        base.Release();
    }

    private protected override void OnFrame(in FullFrame frame, Elements elements, in Datagram datagram)
    {
        switch (frame.Type)
        {
            case FrameType.Iax: OnIax(frame, elements); break;
            // Before ACCEPT, and after the end, only commands mean anything.
            case not FrameType.Iax when !voiceOut.IsOpen: Drop(DropReason.OutOfPlace); break;
            case FrameType.Control when !signals.OnControl(frame.Control): OnControl(frame.Control); break;
            case FrameType.Control: break;
            case FrameType.Voice:
                if (!voiceIn.OnFull(frame, datagram)) Drop(DropReason.Unwanted);
                break;
            case FrameType.DtmfBegin: signals.OnDigit((char)frame.SubclassOctet, false); break;
            case FrameType.DtmfEnd: signals.OnDigit((char)frame.SubclassOctet, true); break;
            case FrameType.Text: signals.OnText(frame.Payload); break;
            default: Drop(DropReason.Unwanted); break;
        }
    }

    private protected override void OnExhausted() => End(CallEnd.Exhausted, CauseCode.DestinationOutOfOrder, null);

    private protected override void OnInvalidated() => End(CallEnd.Invalidated, CauseCode.TemporaryFailure, null);

    private protected override void OnSettled()
    {
        Leaving?.OnSettled(this);
        End(CallEnd.Settled, CauseCode.None, null);
    }

    private protected override void OnTimer(Deadline deadline)
    {
        if (deadline == life) { OnLifetime(); return; }
        Send(pingNext ? IaxCommand.Ping : IaxCommand.LagRq);
        pingNext = !pingNext;
        Endpoint.Loop.Deadlines.Arm(keepAlive, Endpoint.Options.LagIntervalMs);
    }

    private void CloseMedia()
    {
        voiceOut.Close();
        Encryption?.Stop();
        Endpoint.Loop.Deadlines.Disarm(keepAlive);
    }

    private void OnIax(in FullFrame frame, Elements elements)
    {
        switch (frame.Command)
        {
            case IaxCommand.Hangup or IaxCommand.Reject:
                OnHungUp(frame.Command, elements);
                break;
            case IaxCommand.Ping: SendPong(frame.Timestamp); break;
            case IaxCommand.LagRq: Send(IaxCommand.LagRp, timestamp: frame.Timestamp); break;
            case IaxCommand.Pong: Measure(frame.Timestamp); break;
            case IaxCommand.RtKey when Encryption is { } hidden && elements.Challenge is { Length: Ciphers.EncryptedFrame.KeyLength } key: hidden.TakeKey(key); break;
            case IaxCommand.Quelch or IaxCommand.Unquelch or IaxCommand.Transfer when !voiceOut.IsOpen: Drop(DropReason.OutOfPlace); break;
            case IaxCommand.Quelch: Quelch(true, elements.MusicOnHold); break;
            case IaxCommand.Unquelch: Quelch(false, null); break;
            case IaxCommand.Transfer when elements.CalledNumber is { } number: Handler?.OnTransfer(this, number, elements.CalledContext); break;
            case IaxCommand.Page: Drop(DropReason.Unwanted); break;
            case >= IaxCommand.TxReq and <= IaxCommand.TxRej or IaxCommand.TxMedia: TransferFrames.Take(this, Endpoint, frame, elements); break;
            case IaxCommand.LagRp or IaxCommand.Unsupport: break;
            default:
                if (!OnCommand(frame.Command, elements)) SendUnsupport(frame.SubclassOctet);
                break;
        }
    }

    private void OnHungUp(IaxCommand command, Elements elements)
    {
        endedWith = (CauseCode)(elements.CauseCode ?? (byte)CallSignals.CauseOf(command, elements));
        End(CallEnd.HungUp, endedWith, elements.Cause);
    }

    /// <summary>A way in for voice: after the middle has left, what it still carried counts until the first frame that came directly.</summary>
    private VoiceReceiver? Hearing(in Datagram datagram)
    {
        if (Transfer?.FormerVoice(datagram.From) is not { } former) return voiceIn;
        if (voiceIn.Format == VoiceFormat.None) return former;
        Drop(DropReason.VoiceOvertaken);
        return null;
    }

    private void SendOrHold(FrameType type, byte subclass, ReadOnlySpan<byte> payload)
    {
        if (Transfer is { IsHolding: true } transfer) transfer.Hold(type, subclass, payload);
        else Send(type, subclass, payload);
    }

    private void Quelch(bool isQuelched, string? music)
    {
        voiceOut.IsQuelched = isQuelched;
        signals.OnQuelch(isQuelched, music);
    }

    private void SendPong(uint timestamp)
    {
        Span<byte> buffer = stackalloc byte[64];
        var elements = new ElementWriter(buffer);
        voiceIn.Report.Write(ref elements, VoiceBuffer);
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
}
