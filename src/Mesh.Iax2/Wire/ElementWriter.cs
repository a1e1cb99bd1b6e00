using System.Buffers.Binary;
using System.Text;

namespace Mesh.Iax2.Wire;

/// <summary>
/// Writes information elements into a buffer. One that does not fit is left out and <see cref="Overflowed"/> is set: the frame must then not be sent.
/// </summary>
public ref struct ElementWriter(Span<byte> buffer)
{
    /// <summary>What one element can hold.</summary>
    public const int MaxData = 255;

    /// <summary>What others are known to accept in one frame.</summary>
    public const int MaxElements = 1024;

    private readonly Span<byte> buffer = buffer;

    public int Length { get; private set; }

    public bool Overflowed { get; private set; }

    public readonly ReadOnlySpan<byte> Written => buffer[..Length];

    public void Add(ElementId id, scoped ReadOnlySpan<byte> data)
    {
        if (data.Length > MaxData || Length + 2 + data.Length > buffer.Length) { Overflowed = true; return; }
        buffer[Length] = (byte)id;
        buffer[Length + 1] = (byte)data.Length;
        data.CopyTo(buffer[(Length + 2)..]);
        Length += 2 + data.Length;
    }

    public void AddUInt8(ElementId id, byte value) => Add(id, [value]);

    public void AddUInt16(ElementId id, ushort value)
    {
        Span<byte> data = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(data, value);
        Add(id, data);
    }

    public void AddUInt32(ElementId id, uint value)
    {
        Span<byte> data = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(data, value);
        Add(id, data);
    }

    /// <summary>A format mask in both sizes: 32 bits, then version 0 and 64 bits.</summary>
    public void AddFormats(ElementId id32, ElementId id64, VoiceFormat formats)
    {
        AddUInt32(id32, (uint)formats);
        Span<byte> data = stackalloc byte[9];
        data[0] = 0;
        BinaryPrimitives.WriteUInt64BigEndian(data[1..], (ulong)formats);
        Add(id64, data);
    }

    /// <summary>Text as UTF-8, cut at a NUL and at 255 octets (never inside a character).</summary>
    public void AddText(ElementId id, string text)
    {
        int nul = text.IndexOf('\0');
        Span<byte> data = stackalloc byte[MaxData];
        Encoding.UTF8.GetEncoder().Convert(nul < 0 ? text : text.AsSpan(0, nul), data, true, out _, out int used, out _);
        Add(id, data[..used]);
    }

    public void AddOptionalText(ElementId id, string? text)
    {
        if (text is not null) AddText(id, text);
    }

    /// <summary>One variable, <c>name=value</c>; a value longer than one element goes on in further elements of the same name, which the receiver joins.</summary>
    public void AddVariable(string name, string value)
    {
        Span<byte> data = stackalloc byte[MaxData];
        if (Encoding.UTF8.GetByteCount(name) > MaxData / 2) { Overflowed = true; return; }
        int prefix = Encoding.UTF8.GetBytes(name, data);
        data[prefix++] = (byte)'=';
        var octets = Encoding.UTF8.GetBytes(value).AsSpan();
        do
        {
            int part = Math.Min(octets.Length, MaxData - prefix);
            while (part < octets.Length && part > 0 && (octets[part] & 0xC0) == 0x80) part--;
            octets[..part].CopyTo(data[prefix..]);
            Add(ElementId.Variable, data[..(prefix + part)]);
            octets = octets[part..];
        }
        while (octets.Length > 0 && !Overflowed);
    }
}
