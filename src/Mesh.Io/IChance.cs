namespace Mesh.Io;

/// <summary>Where random bits come from. Production hands in <see cref="CryptoChance"/>, tests and the simulator <see cref="SeededChance"/>.</summary>
public interface IChance
{
    /// <summary>Fills <paramref name="destination"/> with random octets.</summary>
    void Fill(Span<byte> destination);
}

/// <summary>What protocols draw from chance, in terms of <see cref="IChance.Fill"/>.</summary>
public static class ChanceExtensions
{
    public static ulong NextUInt64(this IChance chance)
    {
        Span<byte> bits = stackalloc byte[8];
        chance.Fill(bits);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(bits);
    }

    /// <summary>A uniform value in [0, <paramref name="exclusiveMax"/>).</summary>
    public static int NextInt32(this IChance chance, int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        return (int)(((UInt128)chance.NextUInt64() * (ulong)exclusiveMax) >> 64);
    }

    /// <summary>A uniform value in [0, 1).</summary>
    public static double NextDouble(this IChance chance) => (chance.NextUInt64() >> 11) * (1.0 / (1UL << 53));
}
