using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using static Mesh.Iax2.Calls.OutgoingCallActions;

namespace Mesh.Iax2.Calls;

/// <summary>A call we placed: the shell of <see cref="OutgoingCall"/>.</summary>
public sealed class OutgoingIaxCall : IaxCall
{
    private const int MaxTokenRounds = 2;

    private readonly byte[] newElements;
    private readonly VoiceFormat offered;
    private OutgoingCallState state = OutgoingCallState.Waiting;
    private byte[] tokenSent = [], challenge = [];
    private int tokenRounds;
    private bool wasAcknowledged, isDialled;

    internal OutgoingIaxCall(IaxEndpoint endpoint, Peer peer, NewCallOptions options, byte[] newElements, VoiceFormat offered, Mesh.Io.NetAddress address)
        : base(endpoint, address, peer)
    {
        Options = options;
        this.newElements = newElements;
        this.offered = offered;
    }

    public NewCallOptions Options { get; }

    public OutgoingCallState State => state;

    public override bool IsUp => state == OutgoingCallState.Up;

    public override bool IsOver => state is OutgoingCallState.Ending or OutgoingCallState.Dead;

    /// <summary>Room is left for the token of the second NEW: the elements of one NEW must stay below what others can hold.</summary>
    internal const int MaxNewElements = 970;

    /// <summary>
    /// Asks the far end what it makes of the digits dialled so far (DPREQ); the answer comes as <see cref="IIaxCallHandler.OnNumberStatus"/>.
    /// False, and nothing sent, unless the call was placed <see cref="NewCallOptions.ToBeDialled"/>, is accepted, and <see cref="Dial"/> was not called yet.
    /// </summary>
    public bool QueryNumber(string digits) => IsCollecting && SendNumber(IaxCommand.DpReq, digits);

    /// <summary>Says the whole number (DIAL). False, and nothing sent, when the call is not one that waits for its number.</summary>
    public bool Dial(string number)
    {
        if (!IsCollecting) return false;
        isDialled = true;
        return SendNumber(IaxCommand.Dial, number);
    }

    private bool IsCollecting => state == OutgoingCallState.Linked && !isDialled && Options.CalledNumber == NewCallOptions.ToBeDialled;

    /// <summary>With the token of a call just before, a site of ours is spared a round; one that has become too old for it is answered by another.</summary>
    internal void Start()
    {
        if (Peer!.Options.IsSite) tokenSent = Peer.Token.Find(RemoteAddress, NowMs);
        SendNew(tokenSent, 0);
    }

    private protected override void OnLearned()
    {
        // Number 1 is every stateless reply's: it means no call.
        if (RemoteNumber != CallNumbers.Stateless) Endpoint.Table.TryBind(this);
    }

    private protected override void OnSignOfLife()
    {
        if (wasAcknowledged || IsOver) return;
        wasAcknowledged = true;
        Handler?.OnAcknowledged(this);
    }

    private protected override void OnCallToken(Elements elements)
    {
        // It keeps nothing of a call without a token: what we took back was never there.
        if (IsOver) { End(CallEnd.Settled, CauseCode.None, null); return; }
        if (RemoteNumber != 0 || elements.CallToken is not { Length: > 0 } token || tokenRounds >= MaxTokenRounds) { Drop(DropReason.TokenUnexpected); return; }
        // The answer to our first NEW sent twice: a third NEW would be another call to the peer, which would forget the one it has challenged.
        if (token.AsSpan().SequenceEqual(tokenSent)) { Drop(DropReason.TokenUnexpected); return; }
        OnSignOfLife();
        Step(OutgoingCallInput.TokenDemanded, Elements.None, CauseCode.None, null, token);
    }

    private protected override bool OnCommand(IaxCommand command, Elements elements)
    {
        switch (command)
        {
            case IaxCommand.AuthReq:
                bool answerable = Authentication.CanAnswer(Peer!.Options, elements) && TryEncrypt(elements);
                Step(answerable ? OutgoingCallInput.Challenged : OutgoingCallInput.ChallengedInVain, elements, CauseCode.FacilityNotSubscribed, "No authority found");
                return true;
            case IaxCommand.Accept when Peer!.Options.Encryption == EncryptionPolicy.Required && !IsEncrypted:
                Drop(DropReason.EncryptionMissing);
                Step(OutgoingCallInput.AcceptedUnusable, elements, CauseCode.FacilityNotSubscribed, "Encryption required");
                return true;
            case IaxCommand.Accept:
                var format = elements.Format ?? VoiceFormat.None;
                bool usable = format.IsOneAudioFormat() && (format & offered) != 0;
                if (usable && !IsOver && Format == VoiceFormat.None) Format = format;
                Step(usable ? OutgoingCallInput.Accepted : OutgoingCallInput.AcceptedUnusable, elements, CauseCode.BearerCapabilityNotAvailable, "Unable to negotiate codec");
                return true;
            case IaxCommand.DpRep:
                if (!IsOver) Handler?.OnNumberStatus(this, elements.CalledNumber ?? "", elements.DialplanStatus ?? DialplanStatus.None, elements.Refresh ?? 0);
                return true;
            default:
                return false;
        }
    }

    /// <summary>AUTHREQ again: it was sent before there was a key.</summary>
    private protected override bool IsTakenInClear(in FullFrame frame) => base.IsTakenInClear(frame)
        || (frame.Command == IaxCommand.AuthReq && Elements.TryRead(frame.Payload, out var elements) && elements.Challenge.AsSpan().SequenceEqual(challenge));

    private protected override void OnInvalidated()
    {
        // What we encrypted with our secret it could not read with its own.
        if (IsEncrypted && state == OutgoingCallState.Authenticating) End(CallEnd.Invalidated, CauseCode.FacilityNotSubscribed, "No authority found");
        else base.OnInvalidated();
    }

    /// <summary>Everything after AUTHREQ is encrypted, when both sides want it. False when we must have it and shall not: an answer in clear would tell the key of other calls.</summary>
    private bool TryEncrypt(Elements request)
    {
        var agreed = Peers.Encryption.Agreed(Peer!.Options, request);
        if (agreed == EncryptionMethods.None || request.Challenge is not { Length: > 0 } given)
        {
            if (Peer.Options.Encryption != EncryptionPolicy.Required) return true;
            Drop(DropReason.EncryptionMissing);
            return false;
        }
        if (state != OutgoingCallState.Waiting) return true;
        challenge = given;
        Encrypt(Peer.Options, agreed, given, Peer.Options.Secret!);
        return true;
    }

    private protected override void OnControl(ControlCommand control)
    {
        OutgoingCallInput? input = control switch
        {
            ControlCommand.Proceeding => OutgoingCallInput.Proceeding,
            ControlCommand.Ringing => OutgoingCallInput.Ringing,
            ControlCommand.Progress => OutgoingCallInput.Progress,
            ControlCommand.Answer => OutgoingCallInput.Answered,
            ControlCommand.Busy or ControlCommand.Congestion => OutgoingCallInput.Busy,
            ControlCommand.Hangup => OutgoingCallInput.PutDown,
            _ => null,
        };
        var cause = control switch
        {
            ControlCommand.Busy => CauseCode.UserBusy,
            ControlCommand.Hangup => CauseCode.NormalClearing,
            _ => CauseCode.CircuitCongestion,
        };
        if (input is { } known) Step(known, Elements.None, cause, null);
    }

    private protected override void OnLifetime() => End(CallEnd.Settled, CauseCode.None, null);

    private protected override void End(CallEnd end, CauseCode cause, string? text) => Step(end switch
    {
        CallEnd.HungUp => OutgoingCallInput.HungUp,
        CallEnd.Invalidated => OutgoingCallInput.Invalidated,
        CallEnd.Exhausted => OutgoingCallInput.Exhausted,
        CallEnd.Settled => OutgoingCallInput.Settled,
        CallEnd.Departed => OutgoingCallInput.Departed,
        _ => OutgoingCallInput.HostEnds,
    }, Elements.None, cause, text);

    private void Step(OutgoingCallInput input, Elements elements, CauseCode cause, string? text, byte[]? token = null)
    {
        var before = state;
        (state, var actions) = OutgoingCall.Step(state, input);
        if (actions.HasFlag(ResendWithToken)) ResendNew(token!);
        if (actions.HasFlag(SendAuthRep)) Send(IaxCommand.AuthRep, Authentication.Answer(Peer!.Options, elements));
        if (actions.HasFlag(TellAccepted)) { OpenMedia(); Handler?.OnAccepted(this); }
        if (actions.HasFlag(TellProceeding)) Handler?.OnProceeding(this);
        if (actions.HasFlag(TellRinging)) Handler?.OnRinging(this);
        if (actions.HasFlag(TellProgress)) Handler?.OnProgress(this);
        if (actions.HasFlag(TellAnswered)) Handler?.OnAnswered(this);
        // What the far end never acknowledged is not repeated behind a HANGUP: a late NEW would make a phone ring for nobody.
        if (actions.HasFlag(SendHangup)) SendEnd(IaxCommand.Hangup, cause, text, forgetOutstanding: before == OutgoingCallState.Waiting);
        if (actions.HasFlag(SendReject)) SendEnd(IaxCommand.Reject, cause, text, forgetOutstanding: false);
        if (actions.HasFlag(Destroy)) Release();
        if (actions.HasFlag(TellEnded)) Handler?.OnHangup(this, cause, text ?? "");
    }

    private bool SendNumber(IaxCommand command, string number)
    {
        Span<byte> buffer = stackalloc byte[260];
        var elements = new ElementWriter(buffer);
        elements.AddText(ElementId.CalledNumber, number);
        return Send(command, elements.Written);
    }

    private void ResendNew(byte[] token)
    {
        tokenRounds++;
        tokenSent = token;
        Peer!.Token.Keep(token, RemoteAddress, NowMs);
        Restart();
        // A peer that does not know a repeated NEW by its number would ring twice.
        SendNew(token, Peer.Options.IsSite ? 0 : Endpoint.Options.TokenNewFirstWaitMs);
    }

    private void SendNew(ReadOnlySpan<byte> token, int firstWaitMs)
    {
        Span<byte> buffer = stackalloc byte[ElementWriter.MaxElements + ElementWriter.MaxData];
        newElements.CopyTo(buffer);
        var rest = new ElementWriter(buffer[newElements.Length..]);
        if (Peer!.Options.CallToken == CallTokenPolicy.Required) rest.Add(ElementId.CallToken, token);
        Send(IaxCommand.New, buffer[..(newElements.Length + rest.Length)], firstWaitMs: firstWaitMs);
    }
}
