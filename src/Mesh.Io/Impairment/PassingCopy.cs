namespace Mesh.Io;

/// <summary>One datagram that leaves an <see cref="ImpairedPath"/>: when it arrives, in microseconds of the clock handed in, and what was done to it.</summary>
public readonly record struct PassingCopy
{
    public long AtMicros { get; init; }

    /// <summary>Made up: not what was sent, see <see cref="ForgedDatagram"/>.</summary>
    public bool IsForged { get; init; }

    /// <summary>Says which octet is changed and how; 0 for none.</summary>
    internal ulong Alteration { get; init; }

    /// <summary>Arrives as it was sent.</summary>
    public bool IsIntact => !IsForged && Alteration == 0;

    /// <summary>Writes what arrives when <paramref name="payload"/> was sent; returns its length, never more than the payload's. The same copy writes the same octets always.</summary>
    public int Write(ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        if (IsForged) return ForgedDatagram.Write(Alteration, payload, destination);
        payload.CopyTo(destination);
        if (Alteration == 0 || payload.Length == 0) return payload.Length;
        int octet = (int)((Alteration >> 32) % (ulong)payload.Length);
        destination[octet] ^= (byte)(1 + (Alteration & 0xFFFF_FFFF) % 255);
        return payload.Length;
    }
}
