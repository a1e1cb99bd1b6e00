using System.Diagnostics.CodeAnalysis;

namespace Mesh.Iax2.Peers;

/// <summary>The peers of one endpoint, by our name for them and by the name they give.</summary>
public sealed class PeerDirectory
{
    private readonly Dictionary<string, Peer> byName = [], byUsername = [];
    private Peer? guest;

    public IReadOnlyCollection<Peer> All => byName.Values;

    /// <summary>True when some peer that registers knows no tokens: then a registration without one must look the same for every name.</summary>
    internal bool AnyRegistersWithoutToken { get; private set; }

    /// <summary>True when some peer may call without a token.</summary>
    internal bool AnyWithoutToken { get; private set; }

    public bool TryGet(string name, [NotNullWhen(true)] out Peer? peer) => byName.TryGetValue(name, out peer);

    /// <summary>The site of ours that is at exactly this address.</summary>
    internal Peer? SiteAt(Mesh.Io.NetAddress address)
    {
        foreach (var peer in byName.Values)
            if (peer.Options.IsSite && peer.Address == address) return peer;
        return null;
    }

    internal bool TryGetByUsername(string? username, [NotNullWhen(true)] out Peer? peer)
    {
        peer = null;
        return username is not null && byUsername.TryGetValue(username, out peer);
    }

    /// <summary>Who calls with this name: a peer that has it, else the guest.</summary>
    internal bool TryGetCaller(string? username, [NotNullWhen(true)] out Peer? peer) => TryGetByUsername(username, out peer) || (peer = guest) is not null;

    /// <summary>How a peer that nobody knows is challenged: like one of those there are, the same one whenever it is asked for, so that the challenge tells nothing.</summary>
    internal PeerOptions LookOf(string username, CallTokens tokens)
    {
        PeerOptions[] guarded = [.. byName.Values.Select(peer => peer.Options).Where(options => !options.IsOpen)];
        return guarded.Length == 0 ? new PeerOptions { Name = username } : guarded[tokens.Pick(username, guarded.Length)];
    }

    /// <exception cref="ArgumentException">The name, or the name it gives, is taken.</exception>
    internal Peer Add(PeerOptions options)
    {
        var peer = new Peer(options);
        if (byName.ContainsKey(peer.Name) || byUsername.ContainsKey(peer.TheirUsername))
            throw new ArgumentException($"two peers are called '{peer.Name}' or give the name '{peer.TheirUsername}'", nameof(options));
        byName.Add(peer.Name, peer);
        if (peer.Options.IsGuest) guest = peer;
        else byUsername.Add(peer.TheirUsername, peer);
        Review();
        return peer;
    }

    internal bool Remove(string name, [NotNullWhen(true)] out Peer? peer)
    {
        if (!byName.Remove(name, out peer)) return false;
        if (guest == peer) guest = null;
        else byUsername.Remove(peer.TheirUsername);
        Review();
        return true;
    }

    private void Review()
    {
        AnyWithoutToken = byName.Values.Any(peer => peer.Options.CallToken == CallTokenPolicy.Optional);
        AnyRegistersWithoutToken = byName.Values.Any(peer => peer.Options is { Address: null, CallToken: CallTokenPolicy.Optional });
    }
}
