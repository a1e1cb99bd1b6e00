namespace Mesh.Io.Simulation;

/// <summary>The directed links between hosts: what each does to datagrams, whether it is cut, and when its last datagram arrives. Ports do not matter.</summary>
internal sealed class WireLinks(IChance chance, ImpairmentCounters counters)
{
    private readonly Dictionary<(NetAddress From, NetAddress To), Link> links = [];
    private readonly HashSet<(NetAddress From, NetAddress To)> cuts = [];

    public Impairment Default { get; set; } = Impairment.None;

    public Link Get(NetAddress from, NetAddress to)
    {
        var key = Key(from, to);
        if (!links.TryGetValue(key, out var link)) links[key] = link = new Link(this, new ImpairedPath(Impairment.None, chance, counters));
        return link;
    }

    public bool IsCut(NetAddress from, NetAddress to) => cuts.Count > 0 && cuts.Contains(Key(from, to));

    public void Cut(NetAddress from, NetAddress to) => cuts.Add(Key(from, to));

    public void Heal(NetAddress from, NetAddress to) => cuts.Remove(Key(from, to));

    public void HealAll() => cuts.Clear();

    private static (NetAddress, NetAddress) Key(NetAddress from, NetAddress to) => (from.WithPort(0), to.WithPort(0));

    internal sealed class Link(WireLinks links, ImpairedPath path)
    {
        public Impairment? Own { get; set; }

        public Impairment Impairment => Own ?? links.Default;

        /// <summary>What the link does to one datagram, by the impairment it has now.</summary>
        public Passage Send(long nowMicros, int length)
        {
            path.Impairment = Impairment;
            return path.Send(nowMicros, length);
        }
    }
}
