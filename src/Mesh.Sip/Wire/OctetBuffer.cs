using System.Buffers.Text;
using System.Text;

namespace Mesh.Sip.Wire;

/// <summary>A growing run of octets, used again for message after message.</summary>
internal sealed class OctetBuffer(int capacity)
{
    private byte[] octets = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => octets.AsSpan(0, Length);

    public void CutTo(int length) => Length = length;

    public void Append(ReadOnlySpan<byte> more)
    {
        more.CopyTo(Room(more.Length));
        Length += more.Length;
    }

    public void Append(byte octet)
    {
        Room(1)[0] = octet;
        Length++;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        var room = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        Length += Encoding.UTF8.GetBytes(text, room);
    }

    public void Append(long number)
    {
        Utf8Formatter.TryFormat(number, Room(20), out int written);
        Length += written;
    }

    private Span<byte> Room(int count)
    {
        if (octets.Length - Length < count) Array.Resize(ref octets, Math.Max(octets.Length * 2, Length + count));
        return octets.AsSpan(Length);
    }
}
