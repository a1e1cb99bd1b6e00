namespace Mesh.Media.Tests.Real;

/// <summary>Real loops and sockets on a loopback address of its own, so that tests run beside each other.</summary>
internal sealed class RealSite : IDisposable
{
    private readonly MeshClock clock = new(TimeProvider.System);

    public RealSite(string host, int loops)
    {
        Loops = [.. Enumerable.Range(0, loops).Select(i => DatagramLoops.Create($"media-{i}", clock, new SeededChance((ulong)i)))];
        Pool = new RtpPortPool(Loops, NetAddress.Parse($"{host}:0"), new RtpPortPoolOptions { FirstPort = 24_000, LastPort = 24_063, Ready = 16 }, new SeededChance(1));
        foreach (var loop in Loops) loop.Start();
    }

    public Loop[] Loops { get; }

    public RtpPortPool Pool { get; }

    /// <summary>Two ports that take each other for the far end.</summary>
    public static void Connect(RtpPort a, RtpPort b, AudioCodec codec, byte events)
    {
        a.Apply(MediaWorld.To(b.Local, codec, events));
        b.Apply(MediaWorld.To(a.Local, codec, events));
    }

    /// <summary>Waits for something real packets bring about; the limit only ends a test that has failed.</summary>
    public static void Until(Func<bool> condition, string what)
    {
        if (!SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(20))) Assert.Fail($"in 20 s: {what}");
    }

    public void Dispose()
    {
        Pool.Dispose();
        foreach (var loop in Loops) loop.Dispose();
        Assert.All(Loops, loop => Assert.Equal(0, loop.Faults));
    }
}
