namespace Mesh.Host.Config.Model;

/// <summary>How the audio of several calls shares datagrams (RFC 5456 section 8.1.3).</summary>
/// <param name="Timestamps">Each call's audio has a time stamp of its own.</param>
/// <param name="Mtu">Octets of one datagram at most, without the headers of IP and UDP and a seal.</param>
public sealed record VoiceTrunkConfig(bool Timestamps, int Mtu);
