using Mesh.Iax2.Ciphers;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Calls;

/// <summary>
/// The encryption of one call (RFC 5456 section 10): every full and mini frame of both directions from AUTHREP on, under keys that begin as one and, where both sides know RTKEY,
/// are changed by each sender for itself. One loop's, but for <see cref="EncryptMini"/>.
/// </summary>
internal sealed class CallEncryption : IDeadlineOwner
{
    /// <summary>Before a key is sent that found no room, or whose predecessor nobody has acknowledged.</summary>
    private const int RetryMs = 1_000;

    private readonly EncryptedDialog call;
    private readonly Loop loop;
    private readonly int rotationSeconds;
    private readonly bool isSite;
    private readonly SendingKeys sending;
    private readonly ReceivingKeys receiving;
    private readonly Deadline rotation;

    /// <param name="rotationSeconds">Between two keys of ours; 0 when the other side does not know RTKEY.</param>
    /// <param name="isSite">One of ours keeps two keys at hand, so no frame need be lost for a lost RTKEY; others expect the new one at once.</param>
    public CallEncryption(EncryptedDialog call, Loop loop, ReadOnlySpan<byte> key, int rotationSeconds, bool isSite)
    {
        this.call = call;
        this.loop = loop;
        this.rotationSeconds = rotationSeconds;
        this.isSite = isSite;
        sending = new SendingKeys(key, loop.Chance);
        receiving = new ReceivingKeys(key, rotationSeconds > 0, call.IsPlausible);
        rotation = new Deadline(this);
    }

    /// <summary>The datagram of a full frame, good until the next.</summary>
    public ReadOnlySpan<byte> EncryptFull(ReadOnlySpan<byte> frame) =>
        FullFrame.TryRead(frame, out var full) ? sending.Full(frame, full.OutSequence, full.IsSequenced) : [];

    /// <summary>The datagram of a mini frame, good until the next. One thread at a time, any.</summary>
    public ReadOnlySpan<byte> EncryptMini(ReadOnlySpan<byte> mini) => sending.Mini(mini);

    /// <inheritdoc cref="ReceivingKeys.OpenFull"/>
    public int DecryptFull(in Datagram datagram) => receiving.OpenFull(datagram);

    /// <inheritdoc cref="ReceivingKeys.OpenMini"/>
    public int DecryptMini(in Datagram datagram, VoiceFormat format) => receiving.OpenMini(datagram, format);

    /// <inheritdoc cref="ReceivingKeys.Follow"/>
    public void Follow(uint timestamp, in Datagram datagram) => receiving.Follow(timestamp, datagram);

    /// <summary>RTKEY: the other side's next key.</summary>
    public void TakeKey(ReadOnlySpan<byte> key)
    {
        receiving.Rotate(key);
        call.Counters.KeysReceived++;
    }

    /// <summary>Media flows: keys are changed from now on.</summary>
    public void Start()
    {
        if (rotationSeconds > 0) Arm();
    }

    public void Stop() => loop.Deadlines.Disarm(rotation);

    /// <summary>Some of what was sent has been acknowledged.</summary>
    public void OnDelivered()
    {
        if (sending.IsRotating && !call.IsOutstanding(sending.RotatedBy)) sending.Acknowledged();
    }

    void IDeadlineOwner.OnDeadline(Deadline deadline)
    {
        var key = new byte[EncryptedFrame.KeyLength];
        loop.Chance.Fill(key);
        if (sending.IsRotating || !call.TrySendKey(key, out byte outSequence)) { loop.Deadlines.Arm(rotation, RetryMs); return; }
        sending.Rotate(key, outSequence, atOnce: !isSite);
        call.Counters.KeysSent++;
        Arm();
    }

    /// <summary>Up to half as long again, so that nobody can wait for it.</summary>
    private void Arm() => loop.Deadlines.Arm(rotation, rotationSeconds * 1000L + loop.Chance.NextInt32(rotationSeconds * 500));
}
