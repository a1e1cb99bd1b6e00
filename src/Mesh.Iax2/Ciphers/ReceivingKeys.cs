using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Ciphers;

/// <summary>True for a full frame that fits into the conversation as it stands.</summary>
internal delegate bool Plausible(in FullFrame frame);

/// <summary>
/// The keys of one direction of a call as its receiver has them: the one in force, and the one before, for what was sent under it may arrive later. There is no check of integrity,
/// so the key is chosen by whose outcome makes sense. Frames are decrypted in place; nothing is allocated but by a new key. One loop's.
/// </summary>
internal sealed class ReceivingKeys(ReadOnlySpan<byte> key, bool mayRotate, Plausible isPlausible)
{
    /// <summary>How long voice is still tried with the former key, from the first frame under the new one. Full frames, which are repeated and easily told, are for good.</summary>
    public const int FormerVoiceMs = 2_000;

    private FrameDecryptor current = new(key);
    private FrameDecryptor? former;
    private long formerVoiceUntilMs;
    private bool mayRotate = mayRotate;
    private VoiceTrail trail;

    /// <summary>RTKEY came.</summary>
    public void Rotate(ReadOnlySpan<byte> key)
    {
        former = current;
        current = new FrameDecryptor(key);
        formerVoiceUntilMs = long.MaxValue;
        mayRotate = true;
    }

    /// <summary>Decrypts a full frame where it lies. Returns its length; 0 when no key makes sense of it.</summary>
    public int OpenFull(in Datagram datagram)
    {
        int length = 0;
        bool isCurrent = current.TryDecrypt(datagram.Payload, EncryptedFrame.ClearOfFull, EncryptedFrame.LeastRestOfFull, out _, out var rest);
        ReadOnlySpan<byte> formerRest = default;
        bool isFormer = former?.TryDecrypt(datagram.Payload, EncryptedFrame.ClearOfFull, EncryptedFrame.LeastRestOfFull, out _, out formerRest) == true;
        if (isCurrent && TryPut(rest, datagram)) { length = EncryptedFrame.ClearOfFull + rest.Length; StartForgetting(datagram); }
        else if (isFormer && TryPut(formerRest, datagram)) length = EncryptedFrame.ClearOfFull + formerRest.Length;
        return length;
    }

    /// <summary>Decrypts a mini frame where it lies. Returns its length; 0 when no key makes sense of it.</summary>
    public int OpenMini(in Datagram datagram, VoiceFormat format)
    {
        long nowMs = datagram.ReceivedAtMicros / 1000;
        bool isCurrent = current.TryDecrypt(datagram.Payload, EncryptedFrame.ClearOfMini, EncryptedFrame.LeastRestOfMini, out _, out var rest);
        if (mayRotate)
        {
            int deviation = isCurrent ? Deviation(rest, format, nowMs) : int.MaxValue;
            if (former is not null && nowMs < formerVoiceUntilMs
                && former.TryDecrypt(datagram.Payload, EncryptedFrame.ClearOfMini, EncryptedFrame.LeastRestOfMini, out _, out var other)
                && Deviation(other, format, nowMs) is var otherDeviation && otherDeviation < deviation)
            {
                (isCurrent, deviation) = (false, otherDeviation);
                rest = other;
            }
            if (!trail.Accept(deviation, Stamp(rest), nowMs)) return 0;
            if (isCurrent) StartForgetting(datagram);
        }
        else if (!isCurrent) return 0;
        rest.CopyTo(datagram.Payload[EncryptedFrame.ClearOfMini..]);
        return EncryptedFrame.ClearOfMini + rest.Length;
    }

    /// <summary>A full VOICE frame: what follows is judged by it.</summary>
    public void Follow(uint timestamp, in Datagram datagram) => trail.Follow((ushort)timestamp, datagram.ReceivedAtMicros / 1000);

    private bool TryPut(ReadOnlySpan<byte> rest, in Datagram datagram)
    {
        var frame = datagram.Payload[..(EncryptedFrame.ClearOfFull + rest.Length)];
        rest.CopyTo(frame[EncryptedFrame.ClearOfFull..]);
        return FullFrame.TryRead(frame, out var full) && isPlausible(full);
    }

    private void StartForgetting(in Datagram datagram)
    {
        if (former is not null && formerVoiceUntilMs == long.MaxValue) formerVoiceUntilMs = datagram.ReceivedAtMicros / 1000 + FormerVoiceMs;
    }

    private int Deviation(ReadOnlySpan<byte> rest, VoiceFormat format, long nowMs) =>
        trail.Deviation(format, Stamp(rest), rest.Length - EncryptedFrame.LeastRestOfMini, nowMs);

    private static ushort Stamp(ReadOnlySpan<byte> rest) =>
        rest.Length < 2 ? (ushort)0 : System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(rest);
}
