using Mesh.Iax2.Ciphers;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Io;
using static Mesh.Iax2.Calls.IncomingCallActions;

namespace Mesh.Iax2.Calls;

/// <summary>A call placed to us: the shell of <see cref="IncomingCall"/>. The host sees it once the peer has proven itself.</summary>
public sealed class IncomingIaxCall : IaxCall
{
    private readonly Elements request;
    private readonly byte[] challenge;
    private IncomingCallState state = IncomingCallState.Challenged;
    private string? dialled;
    private int heard;

    internal IncomingIaxCall(IaxEndpoint endpoint, NetAddress from, ushort remoteNumber, uint newTimestamp, Peer? peer, Elements request, bool isProven, byte[] challenge)
        : base(endpoint, from, peer)
    {
        RemoteNumber = remoteNumber;
        NewTimestamp = newTimestamp;
        IsProven = isProven;
        this.request = request;
        this.challenge = challenge;
        Formats = peer is null ? VoiceFormat.None : CodecNegotiation.CapabilityOf(request) & peer.AllowedFormats;
        PreferredFormat = peer is null ? VoiceFormat.None : CodecNegotiation.Choose(peer.Options.Formats, peer.Options.CodecPriority, request);
    }

    /// <summary>As the NEW, or in the end DIAL, has it; "s" when neither says.</summary>
    public string CalledNumber => dialled ?? request.CalledNumber ?? "s";

    public string? CalledContext => request.CalledContext;

    public string? CallingNumber => request.CallingNumber;

    public string? CallingName => request.CallingName;

    public byte CallingPresentation => request.CallingPresentation ?? 0;

    /// <summary>Type and plan of the calling number, the octet of Q.931 section 4.5.10.</summary>
    public byte CallingTypeOfNumber => request.CallingTypeOfNumber ?? 0;

    public ushort CallingTransitNetwork => request.CallingTransitNetwork ?? 0;

    public string? CallingAni => request.CallingAni;

    /// <summary>What kind of line calls; null when not said.</summary>
    public uint? CallingAni2 => request.CallingAni2;

    /// <summary>The caller's clock as it says; often wrong.</summary>
    public DateTimeOffset? CallerTime => request.DateTime;

    /// <summary>The caller asks to be answered without a bell.</summary>
    public bool WantsAutoAnswer => request.AutoAnswer;

    public string? Dnid => request.Dnid;

    public string? Rdnis => request.Rdnis;

    public string? Language => request.Language;

    /// <summary>As the NEW had them; names are not checked, and only a peer that proved itself is worth believing.</summary>
    public IReadOnlyList<IaxVariable> Variables => request.Variables;

    /// <summary>Formats both can do.</summary>
    public VoiceFormat Formats { get; }

    /// <summary>The one taken when the host names none.</summary>
    public VoiceFormat PreferredFormat { get; }

    public IncomingCallState State => state;

    public override bool IsUp => state == IncomingCallState.Up;

    public override bool IsOver => state is IncomingCallState.Ending or IncomingCallState.Dead;

    /// <summary>The NEW's time stamp: the same again is the same NEW again.</summary>
    internal uint NewTimestamp { get; }

    /// <summary>The caller's address proved itself by a token.</summary>
    internal bool IsProven { get; }

    /// <summary>It answered its challenge, or needed none.</summary>
    internal bool IsAuthenticated { get; private set; }

    /// <summary>A frame without our number may be this call's: the caller may not have learned it yet.</summary>
    internal override bool TakesUnaddressed => state == IncomingCallState.Challenged || heard < 2;

    /// <summary>From now on the caller has <see cref="IaxEndpointOptions.AuthenticationMs"/> to prove itself.</summary>
    internal void AwaitProof() => ArmLife(Endpoint.Options.AuthenticationMs);

    /// <summary>Chooses the format and tells the caller; one that is not common takes <see cref="PreferredFormat"/>.</summary>
    public void Accept(VoiceFormat format)
    {
        if (Format == VoiceFormat.None && format.IsOneAudioFormat() && (format & Formats) != 0) Format = format;
        Step(IncomingCallInput.HostAccepts);
    }

    public void Proceeding() => Step(IncomingCallInput.HostProceeds);

    public void Ringing() => Step(IncomingCallInput.HostRings);

    /// <summary>Something is to be heard before the answer.</summary>
    public void Progress() => Step(IncomingCallInput.HostProgresses);

    public void Answer() => Step(IncomingCallInput.HostAnswers);

    /// <summary>Lets the caller hear the busy tone; the call still wants an end.</summary>
    public void Busy() => Step(IncomingCallInput.HostBusy);

    public void Congestion() => Step(IncomingCallInput.HostCongestion);

    private protected override bool OnCommand(IaxCommand command, Elements elements)
    {
        switch (command)
        {
            case IaxCommand.New: Begin(); return true;
            case IaxCommand.AuthRep: Judge(elements); return true;
            case IaxCommand.DpReq: AnswerQuery(elements.CalledNumber ?? ""); return true;
            case IaxCommand.Dial: Dial(elements.CalledNumber); return true;
            default: return false;
        }
    }

    private protected override void OnControl(ControlCommand control)
    {
        if (control == ControlCommand.Hangup) Step(IncomingCallInput.PutDown, CauseCode.NormalClearing);
    }

    // A NEW alone says nothing of what the caller knows.
    private protected override void OnSignOfLife() => heard++;

    private protected override void OnLifetime()
    {
        if (state == IncomingCallState.Challenged) { Drop(DropReason.AuthenticationLate); Step(IncomingCallInput.Late); }
        else if (state == IncomingCallState.Collecting) { Drop(DropReason.DigitsLate); Step(IncomingCallInput.Late, CauseCode.NoUserResponding); }
        else Step(IncomingCallInput.Settled);
    }

    private protected override void End(CallEnd end, CauseCode cause, string? text) => Step(end switch
    {
        CallEnd.HungUp => IncomingCallInput.HungUp,
        CallEnd.Invalidated => IncomingCallInput.Invalidated,
        CallEnd.Exhausted => IncomingCallInput.Exhausted,
        CallEnd.Settled => IncomingCallInput.Settled,
        CallEnd.Departed => IncomingCallInput.Departed,
        _ => IncomingCallInput.HostEnds,
    }, cause, text);

    private void Begin()
    {
        if (Peer is { Options.IsOpen: true }) { Admit(); return; }
        var look = Peer?.Options ?? Endpoint.LookOf(request.Username ?? "");
        var encrypted = Peers.Encryption.Agreed(look, request);
        Span<byte> buffer = stackalloc byte[600];
        var elements = new ElementWriter(buffer);
        elements.AddUInt16(ElementId.AuthMethods, (ushort)look.Methods);
        // Somebody who may only say the password is asked for that and nothing else, but a key is made of the challenge too.
        if (look.Methods != AuthenticationMethods.Plaintext || encrypted != EncryptionMethods.None) elements.Add(ElementId.Challenge, challenge);
        if (encrypted != EncryptionMethods.None) elements.AddUInt16(ElementId.Encryption, (ushort)encrypted);
        // Always there: some endpoints do not survive its absence.
        elements.AddText(ElementId.Username, request.Username ?? "");
        Send(IaxCommand.AuthReq, elements.Written);
        if (encrypted != EncryptionMethods.None) Encrypt(Peer?.Options, encrypted, challenge, Peer?.Options.Secret ?? NobodysSecret());
    }

    /// <summary>Whatever a caller nobody knows answers, it is wrong.</summary>
    private string NobodysSecret()
    {
        Span<byte> bits = stackalloc byte[EncryptedFrame.KeyLength];
        Endpoint.Loop.Chance.Fill(bits);
        return Convert.ToHexString(bits);
    }

    /// <summary>A caller who gives up before he has seen AUTHREQ has no key.</summary>
    private protected override bool IsTakenInClear(in FullFrame frame)
    {
        if (state != IncomingCallState.Challenged || frame.Command != IaxCommand.Hangup || !IsPlausible(frame)) return base.IsTakenInClear(frame);
        StopEncrypting();
        return true;
    }

    /// <summary>An answer to the challenge under another key is the answer of another secret. Neither side could read the other's REJECT.</summary>
    private protected override void OnUndecryptable(in FullFrame frame, bool isClear)
    {
        if (isClear || state != IncomingCallState.Challenged) { base.OnUndecryptable(frame, isClear); return; }
        Drop(Peer is null ? DropReason.UnknownUser : DropReason.AuthenticationFailed);
        Step(IncomingCallInput.Late);
        Endpoint.SendInval(frame, RemoteAddress);
    }

    private void Judge(Elements answer)
    {
        if (state != IncomingCallState.Challenged) return;
        if (Peer is null || !Authentication.Verify(Peer.Options, challenge, answer))
        {
            Drop(Peer is null ? DropReason.UnknownUser : DropReason.AuthenticationFailed);
            Step(IncomingCallInput.Refused, CauseCode.FacilityNotSubscribed, "No authority found");
        }
        else Admit();
    }

    private void Admit()
    {
        DisarmLife();
        if (PreferredFormat == VoiceFormat.None)
        {
            Drop(DropReason.NoCommonFormat);
            Step(IncomingCallInput.Refused, CauseCode.BearerCapabilityNotAvailable, "Unable to negotiate codec");
        }
        else if (Peer is { Options.Encryption: EncryptionPolicy.Required } && !IsEncrypted)
        {
            Drop(DropReason.EncryptionMissing);
            Step(IncomingCallInput.Refused, CauseCode.FacilityNotSubscribed, "Encryption required");
        }
        else if (!Endpoint.TryAdmit(this)) Step(IncomingCallInput.Refused, CauseCode.SwitchCongestion, "Call limit reached");
        else
        {
            IsAuthenticated = true;
            bool isToBeDialled = request.CalledNumber == NewCallOptions.ToBeDialled;
            Step(isToBeDialled ? IncomingCallInput.AuthenticatedToDial : IncomingCallInput.Authenticated);
            if (isToBeDialled) ArmLife(Endpoint.Options.CollectingMs);
        }
    }

    /// <summary>DPREQ (RFC 5456 section 6.8.1): what the plan says of the digits so far.</summary>
    private void AnswerQuery(string number)
    {
        if (state != IncomingCallState.Collecting) { Drop(DropReason.OutOfPlace); return; }
        ArmLife(Endpoint.Options.CollectingMs);
        Span<byte> buffer = stackalloc byte[270];
        var elements = new ElementWriter(buffer);
        elements.AddText(ElementId.CalledNumber, number);
        elements.AddUInt16(ElementId.DpStatus, (ushort)Endpoint.Core.OnDialplanQuery(this, number));
        elements.AddUInt16(ElementId.Refresh, (ushort)Endpoint.Options.DialplanCacheSeconds);
        Send(IaxCommand.DpRep, elements.Written);
    }

    private void Dial(string? number)
    {
        if (state != IncomingCallState.Collecting) { Drop(DropReason.OutOfPlace); return; }
        DisarmLife();
        dialled = number ?? "s";
        Step(IncomingCallInput.Dials);
    }

    private void Step(IncomingCallInput input, CauseCode cause = CauseCode.None, string? text = null)
    {
        (state, var actions) = IncomingCall.Step(state, input);
        if (actions.HasFlag(Offer)) Endpoint.Offer(this);
        if (actions.HasFlag(SendAccept)) SendAcceptNow();
        if (actions.HasFlag(SendProceeding)) Send(ControlCommand.Proceeding);
        if (actions.HasFlag(SendRinging)) Send(ControlCommand.Ringing);
        if (actions.HasFlag(SendProgress)) Send(ControlCommand.Progress);
        if (actions.HasFlag(SendAnswer)) Send(ControlCommand.Answer);
        if (actions.HasFlag(SendBusy)) Send(ControlCommand.Busy);
        if (actions.HasFlag(SendCongestion)) Send(ControlCommand.Congestion);
        if (actions.HasFlag(SendReject)) SendEnd(IaxCommand.Reject, cause, text, forgetOutstanding: false);
        if (actions.HasFlag(SendHangup)) SendEnd(IaxCommand.Hangup, cause, text, forgetOutstanding: false);
        if (actions.HasFlag(Destroy)) Release();
        if (actions.HasFlag(TellEnded)) Handler?.OnHangup(this, cause, text ?? "");
    }

    private void SendAcceptNow()
    {
        if (Format == VoiceFormat.None) Format = PreferredFormat;
        Span<byte> buffer = stackalloc byte[32];
        var elements = new ElementWriter(buffer);
        elements.AddFormats(ElementId.Format, ElementId.Format2, Format);
        Send(IaxCommand.Accept, elements.Written);
        OpenMedia();
    }
}
