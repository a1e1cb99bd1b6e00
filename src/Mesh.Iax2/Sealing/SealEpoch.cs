using System.Buffers.Binary;
using Mesh.Io;

namespace Mesh.Iax2.Sealing;

/// <summary>Sixteen octets of chance: the boot epoch of one side of a path, or a challenge. <see cref="None"/> is never drawn.</summary>
public readonly record struct SealEpoch(ulong High, ulong Low)
{
    public const int Length = 16;

    public static SealEpoch None => default;

    public static SealEpoch Draw(IChance chance)
    {
        Span<byte> octets = stackalloc byte[Length];
        SealEpoch drawn;
        do
        {
            chance.Fill(octets);
            drawn = Read(octets);
        }
        while (drawn == None);
        return drawn;
    }

    public static SealEpoch Read(ReadOnlySpan<byte> octets) => new(BinaryPrimitives.ReadUInt64BigEndian(octets), BinaryPrimitives.ReadUInt64BigEndian(octets[8..]));

    public void Write(Span<byte> octets)
    {
        BinaryPrimitives.WriteUInt64BigEndian(octets, High);
        BinaryPrimitives.WriteUInt64BigEndian(octets[8..], Low);
    }
}
