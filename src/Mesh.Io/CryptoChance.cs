using System.Security.Cryptography;

namespace Mesh.Io;

/// <summary>The operating system's cryptographic generator, drawn in blocks so that a branch parameter or a call number costs no system call. Owned by one loop; not for sharing between threads.</summary>
public sealed class CryptoChance : IChance
{
    private readonly byte[] block = new byte[1024];
    private int used = 1024;

    public void Fill(Span<byte> destination)
    {
        if (destination.Length > block.Length) { RandomNumberGenerator.Fill(destination); return; }
        if (used + destination.Length > block.Length) { RandomNumberGenerator.Fill(block); used = 0; }
        var taken = block.AsSpan(used, destination.Length);
        taken.CopyTo(destination);
        taken.Clear();
        used += destination.Length;
    }
}
