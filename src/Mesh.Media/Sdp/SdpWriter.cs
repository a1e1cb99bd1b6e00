using System.Buffers.Text;
using System.Text;

namespace Mesh.Media.Sdp;

/// <summary>Writes a description's octets. One for each thread, begun anew with every description.</summary>
internal sealed class SdpWriter
{
    [ThreadStatic]
    private static SdpWriter? own;

    private byte[] room = new byte[2048];
    private int length;

    /// <summary>The thread's, with nothing in it.</summary>
    public static SdpWriter Begin()
    {
        var writer = own ??= new SdpWriter();
        writer.length = 0;
        return writer;
    }

    public byte[] ToArray() => room.AsSpan(0, length).ToArray();

    public SdpWriter Add(ReadOnlySpan<byte> octets)
    {
        MakeRoom(octets.Length);
        octets.CopyTo(room.AsSpan(length));
        length += octets.Length;
        return this;
    }

    public SdpWriter Add(string text)
    {
        MakeRoom(Encoding.UTF8.GetMaxByteCount(text.Length));
        length += Encoding.UTF8.GetBytes(text, room.AsSpan(length));
        return this;
    }

    public SdpWriter Add(ulong number)
    {
        MakeRoom(20);
        Utf8Formatter.TryFormat(number, room.AsSpan(length), out int written);
        length += written;
        return this;
    }

    private void MakeRoom(int more)
    {
        if (room.Length - length < more) Array.Resize(ref room, Math.Max(room.Length * 2, length + more));
    }
}
