using Mesh.Dialplan.Calls;
using Mesh.Host.Config.Model;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Sealing;
using Mesh.Iax2.Trunking;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.Sites;

/// <summary>Everybody a site knows over IAX2: the other sites, other systems, and devices that register.</summary>
public sealed class SitePeers(SiteModel site, MeshKeys keys)
{
    public IEnumerable<(PeerOptions Options, LegKind Kind)> All()
    {
        foreach (var other in site.OtherSites)
            yield return (new PeerOptions
            {
                Name = other.Name,
                OurUsername = site.Site.Name,
                Secret = keys.PairSecret(site.Site.Name, other.Name),
                Address = other.Listen.Iax2.Bind,
                Qualify = QualifyOptions.Site,
                Trunk = Trunking(site.Mesh.SiteTrunk),
                Seal = site.Mesh.Sealed ? new SealOptions { Keys = [keys.SealKey(site.Site.Name, other.Name)], Ourselves = site.Site.Name, Them = other.Name } : null,
                IsSite = true,
                MaxCalls = 10_000,
            }, LegKind.Site);
        foreach (var peer in site.Mesh.Peers.Values)
            yield return (new PeerOptions
            {
                Name = peer.Name,
                TheirUsername = peer.User,
                OurUsername = peer.User,
                Secret = peer.Secret?.Reveal(),
                Methods = peer.Auth switch
                {
                    PeerAuth.Plaintext => AuthenticationMethods.Plaintext,
                    PeerAuth.Rsa => AuthenticationMethods.Rsa,
                    _ => AuthenticationMethods.Md5,
                },
                Rsa = peer.Rsa,
                Encryption = peer.Encryption,
                KeyRotationSeconds = (int)peer.KeyRotation.TotalSeconds,
                CallToken = peer.CallToken == CallTokenUse.Required ? CallTokenPolicy.Required : CallTokenPolicy.Optional,
                Address = peer.Iax2.TryAddress(4569, out var address) ? address : null,
                Qualify = new QualifyOptions(),
                Trunk = Trunking(peer.Trunk),
            }, LegKind.Peer);
        foreach (var phone in site.Mesh.Phones.Values)
            if (phone.Iax2)
                yield return (new PeerOptions
                {
                    Name = phone.Account,
                    Secret = phone.Secret.Reveal(),
                    Encryption = phone.Encryption,
                    // iaxmodem and other old endpoints know no tokens; their calls are taken from the address they registered from.
                    CallToken = CallTokenPolicy.Optional,
                    Formats = [VoiceFormat.Alaw, VoiceFormat.Ulaw, VoiceFormat.Slin],
                }, LegKind.Phone);
    }
    private static TrunkOptions? Trunking(VoiceTrunkConfig? trunk) => trunk is null ? null : new TrunkOptions { WithTimestamps = trunk.Timestamps, Mtu = trunk.Mtu };
}
