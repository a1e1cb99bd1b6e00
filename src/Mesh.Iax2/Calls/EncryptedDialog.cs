using System.Security.Cryptography;
using Mesh.Iax2.Ciphers;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Calls;

/// <summary>A dialog whose frames are encrypted once both sides have agreed on it (RFC 5456 section 10).</summary>
public abstract class EncryptedDialog : Dialog
{
    private volatile CallEncryption? encryption;

    private protected EncryptedDialog(IaxEndpoint endpoint, NetAddress remoteAddress, int roundTripMs, RetransmissionSchedule schedule)
        : base(endpoint, remoteAddress, roundTripMs, schedule)
    {
    }

    /// <summary>Full and mini frames are encrypted; such a call's voice has no place in trunk frames. Any thread.</summary>
    public override bool IsEncrypted => encryption is not null;

    internal IaxCounters Counters => Endpoint.Counters;

    private protected CallEncryption? Encryption => encryption;

    /// <summary>A frame that names the call by its sender's number only: nothing of an encrypted call does.</summary>
    internal void ReceiveUnaddressed(in FullFrame frame, in Datagram datagram)
    {
        if (!IsEncrypted || IsTakenInClear(frame)) Receive(frame, datagram);
        else Drop(DropReason.ClearRefused);
    }

    /// <summary>Sends RTKEY now or not at all.</summary>
    internal bool TrySendKey(ReadOnlySpan<byte> key, out byte outSequence)
    {
        outSequence = NextOutSequence;
        Span<byte> buffer = stackalloc byte[2 + EncryptedFrame.KeyLength];
        var elements = new ElementWriter(buffer);
        elements.Add(ElementId.Challenge, key);
        return TrySendNow(FrameType.Iax, (byte)IaxCommand.RtKey, elements.Written, Clock.Stamp(NowMs));
    }

    /// <summary>From now on everything is encrypted, both ways, but for AUTHREQ and what <see cref="IsTakenInClear"/>.</summary>
    private protected void Encrypt(PeerOptions? peer, EncryptionMethods agreed, ReadOnlySpan<byte> challenge, string secret)
    {
        Span<byte> key = stackalloc byte[EncryptedFrame.KeyLength];
        Authentication.Digest(challenge, secret, key);
        encryption = new CallEncryption(this, Endpoint.Loop, key, agreed.HasFlag(EncryptionMethods.KeyRotation) ? peer?.KeyRotationSeconds ?? 0 : 0, peer is { IsSite: true });
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Goes on in clear, as before: the other side never got as far as a key.</summary>
    private protected void StopEncrypting() => encryption = null;

    /// <summary>Decrypts a mini frame where it lies, or leaves one in clear. False when no key makes sense of it.</summary>
    private protected bool TryOpenMini(in Datagram datagram, VoiceFormat format, out MiniFrame mini)
    {
        int length = encryption is { } hidden ? hidden.DecryptMini(datagram, format) : datagram.Length;
        return MiniFrame.TryRead(datagram.Payload[..length], out mini);
    }

    /// <summary>A frame of an encrypted call that is nevertheless sent in clear: by one that has lost the call and its key.</summary>
    private protected virtual bool IsTakenInClear(in FullFrame frame) => frame.Command == IaxCommand.Inval && frame.Payload.IsEmpty;

    private protected virtual void OnUndecryptable(in FullFrame frame, bool isClear) => Drop(isClear ? DropReason.ClearRefused : DropReason.Undecryptable);

    private protected override void OnAddressed(in FullFrame frame, in Datagram datagram)
    {
        // Whose number is wrong is not looked into further.
        if (encryption is not { } hidden) { Receive(frame, datagram); return; }
        if (frame.SourceCall != RemoteNumber || IsTakenInClear(frame))
        {
            Endpoint.Show(datagram);
            Receive(frame, datagram);
            return;
        }
        bool isClear = IsPlausible(frame) || !EncryptedFrame.IsPossibleFull(datagram.Length);
        int length = hidden.DecryptFull(datagram);
        if (length == 0 || !FullFrame.TryRead(datagram.Payload[..length], out var opened)) { OnUndecryptable(frame, isClear); return; }
        if (opened.Type == FrameType.Voice) hidden.Follow(opened.Timestamp, datagram);
        var clear = new Datagram(datagram.Buffer, length, datagram.From, datagram.ReceivedAtMicros);
        Endpoint.Show(clear);
        Receive(opened, clear);
    }

    private protected override void TransmitFull(ReadOnlySpan<byte> frame)
    {
        // What comes before the key, repeated.
        bool isClear = frame[10] == (byte)FrameType.Iax && (IaxCommand)frame[11] is IaxCommand.New or IaxCommand.AuthReq;
        if (encryption is { } hidden && !isClear) Endpoint.Transmit(hidden.EncryptFull(frame), RemoteAddress, frame);
        else base.TransmitFull(frame);
    }

    private protected override void OnDelivered() => encryption?.OnDelivered();
}
