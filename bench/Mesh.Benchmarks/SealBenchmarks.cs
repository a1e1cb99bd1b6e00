using BenchmarkDotNet.Attributes;
using Mesh.Iax2.Sealing;

namespace Mesh.Benchmarks;

/// <summary>What the seal of a path between two sites costs: a mini frame of 20 ms, and a trunk datagram of seven.</summary>
public class SealBenchmarks
{
    private static readonly SealEpoch Here = new(1, 2), There = new(3, 4);

    private readonly byte[] mini = new byte[164], trunk = new byte[1170], buffer = new byte[SealFormat.MostClear + SealFormat.Overhead];
    private SealSender sender = null!;
    private SealReceiver receiver = null!;

    [GlobalSetup]
    public void Associate()
    {
        SealKeys london = new([new byte[32]], "london", "manchester"), manchester = new([new byte[32]], "manchester", "london");
        sender = new SealSender(london.SendingSecret(Here, There), new SealOptions { Keys = [], Ourselves = "london", Them = "manchester" }, static () => { });
        receiver = new SealReceiver(manchester.ReceivingSecret(There, Here, 0));
        if (!SealAndOpenMini() || !SealAndOpenTrunk()) throw new InvalidOperationException("what we seal does not open");
    }

    [Benchmark(Description = "Seal: a mini frame of 20 ms")]
    public int SealMini() => sender.Seal(mini, buffer);

    [Benchmark(Description = "Seal: a mini frame, and open it")]
    public bool SealAndOpenMini() => receiver.Open(buffer.AsSpan(0, sender.Seal(mini, buffer))) is null;

    [Benchmark(Description = "Seal: a trunk datagram of seven calls")]
    public int SealTrunk() => sender.Seal(trunk, buffer);

    [Benchmark(Description = "Seal: a trunk datagram, and open it")]
    public bool SealAndOpenTrunk() => receiver.Open(buffer.AsSpan(0, sender.Seal(trunk, buffer))) is null;
}
