using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;

namespace Mesh.Benchmarks;

/// <summary>Work that is not ours and never changes: the others are given as multiples of it, so that tables of a fast and of a busy machine can be laid side by side.</summary>
public class YardstickBenchmarks
{
    private readonly byte[] octets = new byte[800], digest = new byte[SHA256.HashSizeInBytes];

    [Benchmark(Description = ResultTable.Yardstick)]
    public int Hash() => SHA256.HashData(octets, digest);
}
