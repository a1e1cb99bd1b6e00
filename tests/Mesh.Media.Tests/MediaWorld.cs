using Mesh.Io.Simulation;

namespace Mesh.Media.Tests;

/// <summary>A site with two media loops and a pool, and phones on other hosts, in virtual time.</summary>
internal sealed class MediaWorld : IDisposable
{
    private int phones;

    public MediaWorld(ulong seed = 1, RtpPortPoolOptions? options = null)
    {
        World = new SimulatedWorld(seed);
        Loops = [World.CreateLoop("media-0"), World.CreateLoop("media-1")];
        Pool = new RtpPortPool(Loops, NetAddress.Parse("10.0.0.1:0"), options ?? new RtpPortPoolOptions { Ready = 16 }, World.CreateChance());
    }

    public SimulatedWorld World { get; }

    public SimulatedLoop[] Loops { get; }

    public RtpPortPool Pool { get; }

    public static AudioNegotiation To(NetAddress remote, AudioCodec codec = AudioCodec.Pcma, byte? events = 101) => new()
    {
        Remote = remote,
        Codec = codec,
        PayloadType = codec.StaticPayloadType(),
        SendEvents = events,
        ReceiveEvents = events,
    };

    /// <summary>A phone that sends by hand and remembers what it got.</summary>
    public TestPhone Phone(string? address = null)
    {
        phones++;
        return new TestPhone(World.CreateLoop($"phone-{phones}"), NetAddress.Parse(address ?? $"10.1.0.{phones}:4000"));
    }

    /// <summary>A port of the site joined with a phone.</summary>
    public (RtpPort Port, TestPhone Phone) Leg(AudioCodec codec = AudioCodec.Pcma, byte? events = 101)
    {
        var port = Pool.Rent()!;
        var phone = Phone();
        phone.Peer = port.Local;
        phone.PayloadType = codec.StaticPayloadType();
        port.Apply(To(phone.Local, codec, events));
        return (port, phone);
    }

    /// <summary>Faults a test means to cause.</summary>
    public int ExpectedFaults { get; set; }

    public void Run(int ms) => World.RunFor(TimeSpan.FromMilliseconds(ms));

    public void Dispose()
    {
        Assert.Equal(ExpectedFaults, World.Faults.Count);
        Pool.Dispose();
        World.Dispose();
    }
}
