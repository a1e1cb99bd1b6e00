namespace Mesh.Sip.Security;

/// <summary>Pieces joined by colons, as every hash of RFC 7616 section 3.4 wants them.</summary>
internal ref struct ColonJoined(Span<byte> buffer)
{
    private Span<byte> buffer = buffer;
    private int length;

    public readonly ReadOnlySpan<byte> Octets => buffer[..length];

    public void Add(ReadOnlySpan<byte> piece)
    {
        int needed = length + piece.Length + 1;
        if (needed > buffer.Length)
        {
            var larger = new byte[needed * 2];
            buffer[..length].CopyTo(larger);
            buffer = larger;
        }
        if (length > 0) buffer[length++] = (byte)':';
        piece.CopyTo(buffer[length..]);
        length += piece.Length;
    }
}
