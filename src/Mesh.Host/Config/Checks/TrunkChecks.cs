using Mesh.Host.Config.Model;
using Mesh.Host.Config.Scalars;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Config.Checks;

/// <summary>Carriers are told apart by where they call from, numbers belong to one of them, and go to sites that exist; a peer that authenticates has a secret.</summary>
public static class TrunkChecks
{
    public static void Check(ConfigMap tree, ConfigProblems problems)
    {
        string[] sites = [.. (tree.Find("sites")?.Value as ConfigMap)?.Entries.Select(e => e.Key) ?? []];
        var numbers = new Dictionary<string, ConfigSource>(StringComparer.Ordinal);
        var networks = new List<(Cidr Network, string Trunk)>();
        foreach (var trunk in Entries(tree, "trunks"))
        {
            CheckNetworks(trunk, networks, problems);
            foreach (var number in (trunk.Value as ConfigMap)?.Find("numbers")?.Value is ConfigMap map ? map.Entries : [])
            {
                string normal = Telephony.ToE164(number.Key);
                if (!numbers.TryAdd(normal, number.KeySource))
                    problems.Error(number.KeySource, $"the number {normal} is here twice", $"first at line {numbers[normal].Line}");
                foreach (var site in SectionView.Items(number.Value))
                    if (!sites.Contains(site.Text, StringComparer.Ordinal))
                        problems.Error(site.Source, $"trunks.{trunk.Key}: no site is called '{site.Text}'", NearestWord.Hint(site.Text, sites));
            }
        }
        foreach (var peer in Entries(tree, "peers"))
            if (peer.Value is ConfigMap map) CheckPeer(peer, map, problems);
    }

    private static void CheckPeer(ConfigEntry peer, ConfigMap map, ConfigProblems problems)
    {
        string auth = Text("auth") ?? "md5", encryption = Text("encryption") ?? "off";
        bool hasSecret = map.Find("secret") is not null, hasKeys = map.Find("private_key") is not null || map.Find("public_key") is not null;
        if (!hasSecret && auth is not ("none" or "rsa")) problems.Error(peer.KeySource, $"peers.{peer.Key} has no 'secret'", "give it one, or auth: none");
        if (auth == "rsa" && !hasKeys)
            problems.Error(peer.KeySource, $"peers.{peer.Key} has auth: rsa and no key", "private_key lets us call it, public_key lets it call us");
        if (auth != "rsa" && hasKeys) problems.Error(peer.KeySource, $"peers.{peer.Key} has keys that nothing uses", "auth: rsa uses them");
        if (!hasSecret && encryption != "off") problems.Error(peer.KeySource, $"peers.{peer.Key} is to be encrypted and has no 'secret'", "the key of a call is made of it");
        if (encryption == "off" && map.Find("key_rotation") is { } rotation) problems.Warn(rotation.KeySource, $"peers.{peer.Key}: key_rotation does nothing", "it is for encryption: offer or required");

        string? Text(string key) => (map.Find(key)?.Value as ConfigScalar)?.Text;
    }

    private static void CheckNetworks(ConfigEntry trunk, List<(Cidr Network, string Trunk)> networks, ConfigProblems problems)
    {
        foreach (var from in SectionView.Items((trunk.Value as ConfigMap)?.At("sip", "from")))
        {
            if (!Addresses.Network.TryRead(from.Text, out var network)) continue;
            if (network.IsEverybody) problems.Warn(from.Source, $"trunks.{trunk.Key}: everybody is taken for this carrier", "name the networks it calls from");
            foreach (var (other, owner) in networks)
                if (owner != trunk.Key && other.Overlaps(network))
                    problems.Error(from.Source, $"trunks.{trunk.Key}: {network} overlaps {other} of {owner}", "a call's carrier is known by its address");
            networks.Add((network, trunk.Key));
        }
    }

    private static IReadOnlyList<ConfigEntry> Entries(ConfigMap tree, string key) => tree.Find(key)?.Value is ConfigMap map ? map.Entries : [];
}
