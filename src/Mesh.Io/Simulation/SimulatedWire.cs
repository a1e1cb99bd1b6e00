using System.Net.Sockets;

namespace Mesh.Io.Simulation;

/// <summary>
/// The network of a <see cref="SimulatedWorld"/>: carries datagrams between addresses in virtual time and does to them what each link's <see cref="Impairment"/> says.
/// A host is an IP address. Owned by the world's thread.
/// </summary>
public sealed class SimulatedWire
{
    private const int FirstDynamicPort = 49_152, DynamicPorts = 65_536 - FirstDynamicPort;
    private readonly Agenda agenda;
    private readonly WireLinks links;
    private readonly Dictionary<NetAddress, SimulatedSocket> bound = [];
    private readonly HashSet<NetAddress> down = [];
    private readonly Action<object?> arrive;
    private WireFingerprint fingerprint = new();
    private int nextPort;

    internal SimulatedWire(Agenda agenda, IChance chance)
    {
        this.agenda = agenda;
        links = new WireLinks(chance, Counters);
        arrive = flight => Arrive((Flight)flight!);
    }

    /// <summary>What links do that have no impairment of their own.</summary>
    public Impairment Default { get => links.Default; set => links.Default = value; }

    public WireCounters Counters { get; } = new();

    /// <summary>Sees every datagram sent, before it arrives or is dropped. Add with <c>+=</c>.</summary>
    public Action<WireDatagram>? OnDatagram { get; set; }

    /// <summary>A hash over all datagrams sent so far (time, addresses, payload, fate): equal for equal runs.</summary>
    public ulong Fingerprint => fingerprint.Value;

    /// <summary>Gives the link from one host to another an impairment of its own; <paramref name="bothWays"/> the way back too.</summary>
    public void SetLink(NetAddress from, NetAddress to, Impairment impairment, bool bothWays = true)
    {
        links.Get(from, to).Own = impairment;
        if (bothWays) links.Get(to, from).Own = impairment;
    }

    /// <summary>Cuts every link between the two groups of hosts, both ways. What is on its way is dropped too.</summary>
    public void Partition(IEnumerable<NetAddress> a, IEnumerable<NetAddress> b)
    {
        foreach (var (x, y) in Pairs(a, b)) { links.Cut(x, y); links.Cut(y, x); }
    }

    public void Partition(NetAddress a, NetAddress b) => Partition([a], [b]);

    /// <summary>Cuts one direction only.</summary>
    public void Cut(NetAddress from, NetAddress to) => links.Cut(from, to);

    /// <summary>Joins the two groups again.</summary>
    public void Heal(IEnumerable<NetAddress> a, IEnumerable<NetAddress> b)
    {
        foreach (var (x, y) in Pairs(a, b)) { links.Heal(x, y); links.Heal(y, x); }
    }

    public void Heal(NetAddress a, NetAddress b) => Heal([a], [b]);

    /// <summary>Joins everything.</summary>
    public void Heal() => links.HealAll();

    /// <summary>The addresses bound now, in order of binding: after a run that cleaned up, only those it began with.</summary>
    public IReadOnlyCollection<NetAddress> Bound => bound.Keys;

    internal void Bind(SimulatedSocket socket)
    {
        bound.Add(socket.Local, socket);
        down.Remove(socket.Local.WithPort(0));
    }

    internal bool IsBound(NetAddress address) => bound.ContainsKey(address);

    /// <summary>The next port from 49152 on (RFC 6335 section 6) that is free at the host; one just freed comes last.</summary>
    internal NetAddress FreePort(NetAddress host)
    {
        for (int tried = 0; tried < DynamicPorts; tried++)
        {
            var candidate = host.WithPort((ushort)(FirstDynamicPort + nextPort++ % DynamicPorts));
            if (!bound.ContainsKey(candidate)) return candidate;
        }
        throw new SocketException((int)SocketError.AddressAlreadyInUse, $"cannot bind {host}: no free port is left");
    }

    internal void Unbind(SimulatedSocket socket)
    {
        if (bound.TryGetValue(socket.Local, out var holder) && ReferenceEquals(holder, socket)) bound.Remove(socket.Local);
    }

    /// <summary>Closes every socket of the host; no ICMP error comes from it until something binds there again.</summary>
    internal void Kill(NetAddress host)
    {
        foreach (var socket in bound.Values.Where(s => s.Local.SameHost(host)).ToArray()) socket.Dispose();
        down.Add(host.WithPort(0));
    }

    internal void Send(SimulatedSocket sender, ReadOnlySpan<byte> payload, NetAddress to)
    {
        var flight = new Flight(sender, to, payload.ToArray());
        var passage = links.IsCut(sender.Local, to) ? CountCut() : links.Get(sender.Local, to).Send(agenda.NowMicros, payload.Length);
        var seen = new WireDatagram(agenda.NowMicros, sender.Local, to, flight.Payload, passage.Fate);
        fingerprint.Add(seen);
        OnDatagram?.Invoke(seen);
        for (int i = 0; i < passage.Count; i++) agenda.Add(passage[i].AtMicros, arrive, passage[i].IsIntact ? flight : flight with { Payload = Altered(passage[i], flight.Payload) });
    }

    private Passage CountCut()
    {
        Counters.Sent++;
        Counters.Cut++;
        return new Passage(PathFate.Cut);
    }

    private static byte[] Altered(in PassingCopy copy, byte[] payload)
    {
        var altered = new byte[payload.Length];
        int length = copy.Write(payload, altered);
        return length == altered.Length ? altered : altered[..length];
    }

    private void Arrive(Flight flight)
    {
        if (links.IsCut(flight.Sender.Local, flight.To)) { Counters.Cut++; return; }
        if (bound.TryGetValue(flight.To, out var socket))
        {
            Counters.Delivered++;
            socket.Loop.Arrive(socket, flight.Payload, flight.Sender.Local);
            return;
        }
        Counters.Unbound++;
        // A host that is up says so with an ICMP port unreachable, which finds the way back or not.
        if (down.Contains(flight.To.WithPort(0)) || links.IsCut(flight.To, flight.Sender.Local)) return;
        long back = agenda.NowMicros + Micros(links.Get(flight.To, flight.Sender.Local).Impairment.Latency);
        agenda.Add(back, static f => ((Flight)f!).Sender.Loop.ArriveUnreachable(((Flight)f).Sender, ((Flight)f).To), flight);
    }

    private static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private static IEnumerable<(NetAddress, NetAddress)> Pairs(IEnumerable<NetAddress> a, IEnumerable<NetAddress> b) =>
        from x in a from y in b where !x.SameHost(y) select (x, y);

    private sealed record Flight(SimulatedSocket Sender, NetAddress To, byte[] Payload);
}
