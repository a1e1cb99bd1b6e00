using Mesh.Iax2.Sealing;
using Mesh.Iax2.Trunking;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Peers;

/// <summary>Whether a peer's first frame must prove its address.</summary>
public enum CallTokenPolicy
{
    Required,
    /// <summary>For endpoints that know no tokens: their calls are taken only from the address they registered from, or are configured with.</summary>
    Optional,
}

/// <summary>Another IAX2 system or device as it was configured.</summary>
public sealed record PeerOptions
{
    /// <summary>Our name for it.</summary>
    public required string Name { get; init; }

    /// <summary>The USERNAME it gives when it calls or registers; <see cref="Name"/> when null. Unique among peers.</summary>
    public string? TheirUsername { get; init; }

    /// <summary>The USERNAME we give when we call it; <see cref="Name"/> when null, none at all when empty.</summary>
    public string? OurUsername { get; init; }

    /// <summary>Shared secret, both directions. Null lets anybody in who gives the name and proves an address: needs <see cref="CallTokenPolicy.Required"/>.</summary>
    public string? Secret { get; init; }

    /// <summary>Methods it may use, and we use with it. Plaintext only where somebody wrote it down.</summary>
    public AuthenticationMethods Methods { get; init; } = AuthenticationMethods.Md5;

    public CallTokenPolicy CallToken { get; init; } = CallTokenPolicy.Required;

    /// <summary>For <see cref="AuthenticationMethods.Rsa"/>.</summary>
    public RsaKeys? Rsa { get; init; }

    /// <summary>Nothing it could prove itself with: its name is enough.</summary>
    internal bool IsOpen => Secret is null && !Methods.HasFlag(AuthenticationMethods.Rsa);

    /// <summary>Whether calls with it are encrypted; the key is made of <see cref="Secret"/>.</summary>
    public EncryptionPolicy Encryption { get; init; }

    /// <summary>Seconds, and up to half as many again, after which an encrypted call takes a new key, if the peer knows RTKEY; 0 never.</summary>
    public int KeyRotationSeconds { get; init; }

    /// <summary>Formats allowed, best first.</summary>
    public IReadOnlyList<VoiceFormat> Formats { get; init; } = [VoiceFormat.Alaw, VoiceFormat.Ulaw];

    public CodecPriority CodecPriority { get; init; } = CodecPriority.Host;

    /// <summary>Where it is; null for one that registers.</summary>
    public NetAddress? Address { get; init; }

    /// <summary>Null: never probed.</summary>
    public QualifyOptions? Qualify { get; init; }

    /// <summary>The path to it is sealed; null: RFC 5456 as it is. Needs an <see cref="Address"/>.</summary>
    public SealOptions? Seal { get; init; }

    /// <summary>Its calls' voice shares datagrams; null: each frame is a datagram.</summary>
    public TrunkOptions? Trunk { get; init; }

    /// <summary>One of our own sites: a repeated NEW never makes a second call there, so a lost one is repeated after the measured round trip.</summary>
    public bool IsSite { get; init; }

    /// <summary>Callers whose name nobody has, or who give none, are this peer. One of an endpoint at most; never for registrations.</summary>
    public bool IsGuest { get; init; }

    /// <summary>It knows key presses only as the END frame of RFC 5456.</summary>
    public bool DigitsEndOnly { get; init; }

    /// <summary>Calls with it at once, ours to it counted, beyond which it may not call.</summary>
    public int MaxCalls { get; init; } = 2_000;

    /// <summary>Calls of it that may wait for authentication without having proven their address.</summary>
    public int MaxUnproven { get; init; } = 3;
}
