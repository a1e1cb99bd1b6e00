using Mesh.Iax2.Sealing;

namespace Mesh.Iax2.Tests.Support;

/// <summary>Two of our sites whose path is sealed, each of which can be killed and started anew.</summary>
internal sealed class SealedPair : IDisposable
{
    public static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    public static readonly byte[] OtherKey = [.. Enumerable.Range(101, 32).Select(i => (byte)i)];

    private readonly Func<string, SealOptions, SealOptions> change;

    public SealedPair(ulong seed = 1, Impairment? impairment = null, Func<string, SealOptions, SealOptions>? change = null)
    {
        this.change = change ?? ((_, same) => same);
        World = new SimulatedWorld(seed);
        if (impairment is not null) World.Wire.Default = impairment;
        World.Wire.OnDatagram += Datagrams.Add;
        London = Start("london");
        Manchester = Start("manchester");
    }

    public SimulatedWorld World { get; }

    public IaxSite London { get; private set; }

    public IaxSite Manchester { get; private set; }

    public List<WireDatagram> Datagrams { get; } = [];

    public void Run(double seconds) => World.RunFor(TimeSpan.FromSeconds(seconds));

    public bool Until(Func<bool> condition, double seconds = 30) => World.RunUntil(condition, TimeSpan.FromSeconds(seconds));

    public static bool IsUp(IaxSite site) => site.Endpoint.Peers.All.Single() is { Seal: SealState.Associated, State: PeerState.Alive };

    public bool AreUp() => IsUp(London) && IsUp(Manchester);

    public void KillLondon() => World.KillHost(London.Address);

    public IaxSite RestartLondon() => London = Start("london");

    public void KillManchester() => World.KillHost(Manchester.Address);

    public IaxSite RestartManchester() => Manchester = Start("manchester");

    /// <summary>Hands a site a datagram as if the other had sent it.</summary>
    public void Inject(IaxSite site, ReadOnlySpan<byte> payload)
    {
        var from = site == London ? Manchester.Address : London.Address;
        byte[] copy = new byte[Datagram.Headroom + payload.Length];
        payload.CopyTo(copy.AsSpan(Datagram.Headroom));
        site.Loop.Invoke(() => ((IDatagramReceiver)site.Endpoint.Wire).OnDatagram(site.Endpoint.Wire, new Datagram(copy, copy.Length - Datagram.Headroom, from, World.Time.NowMicros)));
    }

    public void Dispose() => World.Dispose();

    private IaxSite Start(string name)
    {
        string other = name == "london" ? "manchester" : "london";
        var site = new IaxSite(World, name, Address(name));
        site.Loop.Invoke(() => site.Endpoint.AddPeer(new PeerOptions
        {
            Name = other, OurUsername = name, Secret = IaxPair.Secret, Address = NetAddress.Parse(Address(other)), IsSite = true, Qualify = QualifyOptions.Site,
            Seal = change(name, new SealOptions { Keys = [Key], Ourselves = name, Them = other }),
        }));
        return site;
    }

    private static string Address(string name) => name == "london" ? "10.0.0.1:4569" : "10.0.0.2:4569";
}
