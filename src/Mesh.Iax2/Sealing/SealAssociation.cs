using Mesh.Iax2.Peers;
using Mesh.Io;

namespace Mesh.Iax2.Sealing;

/// <summary>
/// The sealed path to one peer: asks until both know each other's boot epoch, then seals and opens. On the endpoint's loop, but for <see cref="Seal"/>.
/// </summary>
internal sealed class SealAssociation : IDeadlineOwner
{
    private const int Second = 1_000;

    private readonly IaxEndpoint endpoint;
    private readonly IDatagramSocket wire;
    private readonly Peer peer;
    private readonly NetAddress address;
    private readonly SealOptions options;
    private readonly SealKeys keys;
    private readonly Deadline ask, rotation;
    private SealHandshake handshake;
    private SealSender? sender;
    private SealReceiver? receiver;
    private long answersSecond;
    private int answers;
    private bool heardSinceRotation;

    public SealAssociation(IaxEndpoint endpoint, IDatagramSocket wire, Peer peer, NetAddress address, SealOptions options)
    {
        this.endpoint = endpoint;
        this.wire = wire;
        this.peer = peer;
        this.address = address;
        this.options = options;
        keys = new SealKeys(options.Keys, options.Ourselves, options.Them);
        handshake = new SealHandshake(SealEpoch.Draw(Chance), SealEpoch.Draw(Chance));
        ask = new Deadline(this);
        rotation = new Deadline(this);
        endpoint.SetSeal(peer, SealState.Asking);
        Deadlines.Arm(ask, 1);
    }

    private IChance Chance => endpoint.Loop.Chance;

    private DeadlineWheel Deadlines => endpoint.Loop.Deadlines;

    /// <summary>Seals a datagram into <paramref name="destination"/>; 0 when the peer's epoch is not known yet. Any thread.</summary>
    public int Seal(ReadOnlySpan<byte> clear, Span<byte> destination) => Volatile.Read(ref sender)?.Seal(clear, destination) ?? 0;

    /// <summary>Opens a sealed datagram in its place; why not, or null.</summary>
    public DropReason? Open(Span<byte> datagram)
    {
        if (receiver is not { } known) return DropReason.SealNotAssociated;
        var refusal = known.Open(datagram);
        if (refusal is null) heardSinceRotation = true;
        return refusal;
    }

    /// <summary>A hello, or what looks like one.</summary>
    public void OnHello(ReadOnlySpan<byte> datagram)
    {
        int signer = -1;
        if (!SealHello.TryRead(datagram, out var hello) || (signer = keys.SignerOf(datagram)) < 0)
        {
            endpoint.Counters.Drop(DropReason.SealHelloForged);
            Suspect(SealState.WrongKey);
            return;
        }
        var heard = handshake.Hear(hello, SealEpoch.Draw(Chance));
        if (heard.HasFlag(SealHeard.Accepted)) Associate(signer);
        if (heard.HasFlag(SealHeard.Confirmed)) Deadlines.Disarm(ask);
        else if (!handshake.IsConfirmed && !ask.IsArmed) Deadlines.Arm(ask, options.HelloMs);
        if (heard.HasFlag(SealHeard.Answer) && MayAnswer()) SendHello();
    }

    /// <summary>Something that is not sealed came from there.</summary>
    public void OnClear() => Suspect(SealState.Unsealed);

    public void Stop()
    {
        Deadlines.Disarm(ask);
        Deadlines.Disarm(rotation);
    }

    public void OnDeadline(Deadline deadline)
    {
        if (deadline == rotation) { OnRotationDue(); return; }
        SendHello();
        Deadlines.Arm(ask, options.HelloMs);
    }

    private void Associate(int signer)
    {
        var (own, theirs) = (handshake.Own, handshake.Peer);
        receiver = new SealReceiver(keys.ReceivingSecret(own, theirs, signer));
        // Whoever took the number that calls for rotation is not the loop.
        SealSender? made = null;
        made = new SealSender(keys.SendingSecret(own, theirs), options, () => endpoint.Loop.Post(state => ((SealSender)state!).Rotate(), made));
        Volatile.Write(ref sender, made);
        endpoint.Counters.SealAssociations++;
        Deadlines.Arm(rotation, options.RotateAfterMs);
        endpoint.SetSeal(peer, SealState.Associated);
    }

    private void OnRotationDue()
    {
        // To a peer that is not heard keys would run away.
        if (heardSinceRotation) sender?.Rotate();
        heardSinceRotation = false;
        Deadlines.Arm(rotation, options.RotateAfterMs);
    }

    /// <summary>Told once: an attacker may repeat it at will.</summary>
    private void Suspect(SealState state)
    {
        if (peer.Seal == SealState.Asking) endpoint.SetSeal(peer, state);
    }

    private bool MayAnswer()
    {
        long second = endpoint.Loop.Clock.NowMs / Second;
        if (second != answersSecond) (answersSecond, answers) = (second, 0);
        if (answers++ < options.MostAnswersPerSecond) return true;
        endpoint.Counters.Drop(DropReason.SealHelloLimited);
        return false;
    }

    private void SendHello()
    {
        Span<byte> datagram = stackalloc byte[SealHello.Length];
        handshake.Hello.Write(datagram);
        keys.Sign(datagram);
        wire.TrySend(datagram, address);
    }
}
