using Mesh.Iax2.Sealing;
using Mesh.Iax2.Trunking;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Peers;

/// <summary>A peer as it is now: where it can be reached, whether it answers, how many calls it has. One loop's; <see cref="State"/>, <see cref="RoundTripMs"/> and <see cref="LossPercent"/> may be read anywhere.</summary>
public sealed class Peer
{
    internal Peer(PeerOptions options)
    {
        if (options.IsOpen && options.CallToken != CallTokenPolicy.Required)
            throw new ArgumentException($"peer '{options.Name}' has neither a secret nor call tokens: anybody could call in its name", nameof(options));
        if (options.Methods.HasFlag(AuthenticationMethods.Rsa) && options.Rsa is null)
            throw new ArgumentException($"peer '{options.Name}' may use RSA but has no keys", nameof(options));
        if (options.Encryption == EncryptionPolicy.Required && options.Secret is null)
            throw new ArgumentException($"peer '{options.Name}' must be encrypted but has no secret to make a key of", nameof(options));
        if (options.Formats.Count == 0 || !options.Formats.All(VoiceFormats.IsOneAudioFormat))
            throw new ArgumentException($"peer '{options.Name}' needs formats, each one codec", nameof(options));
        if (options is { Seal: not null, Address: null })
            throw new ArgumentException($"the path to peer '{options.Name}' cannot be sealed: it has no address of its own", nameof(options));
        Options = options;
        AllowedFormats = options.Formats.Aggregate(VoiceFormat.None, (all, one) => all | one);
    }

    public PeerOptions Options { get; }

    public string Name => Options.Name;

    public VoiceFormat AllowedFormats { get; }

    /// <summary>The registration in force, of a peer that registers.</summary>
    public RegistrationBinding? Binding { get; internal set; }

    /// <summary>Configured or registered; null while nobody knows.</summary>
    public NetAddress? Address => Options.Address ?? Binding?.Address;

    public PeerState State { get; internal set; }

    /// <summary>How the sealing of the path to it stands.</summary>
    public SealState Seal { get; internal set; }

    /// <summary>Smoothed, in milliseconds; negative while unmeasured.</summary>
    public int RoundTripMs { get; internal set; } = -1;

    /// <summary>Of the last probes, about a hundred, those that were never answered or were overtaken by the answer to a later one; negative while unmeasured.</summary>
    public double LossPercent { get; internal set; } = -1;

    /// <summary>Calls whose voice shares datagrams.</summary>
    public int TrunkedCalls => Trunk?.Calls ?? 0;

    /// <summary>Messages waiting, told when it registers: old ones in the high octet, new ones in the low. Null tells nothing.</summary>
    public ushort? MessageCount { get; set; }

    /// <summary>Its authenticated calls to us and ours to it.</summary>
    public int OpenCalls { get; internal set; }

    /// <summary>For the host.</summary>
    public object? Tag { get; set; }

    /// <summary>Where its calls' voice shares datagrams; null when it does not.</summary>
    internal TrunkAssembler? Trunk { get; private set; }

    internal int UnprovenCalls { get; set; }

    /// <summary>The call token it demanded last.</summary>
    internal KeptToken Token { get; } = new();

    internal string TheirUsername => Options.TheirUsername ?? Name;

    /// <summary>It is there now, or, null, gone: a trunk to elsewhere ends.</summary>
    internal void Lay(IaxEndpoint endpoint, NetAddress? to)
    {
        if (Trunk?.To == to) return;
        Trunk?.Stop();
        Trunk = Options.Trunk is { } options && to is { } address ? new TrunkAssembler(endpoint, address, options) : null;
    }

    /// <summary>True when a frame from there may be the peer's although nothing proves it.</summary>
    internal bool IsAt(NetAddress from) => Address is { } known && known.SameHost(from);
}
