namespace Mesh.Sip.Messages;

/// <summary>Where one header of a message is, in eight octets: the value without white space around it, the name as the sender spelled it.</summary>
internal readonly struct HeaderLine(HeaderId id, int nameStart, int nameLength, int valueStart, int valueLength)
{
    public readonly HeaderId Id = id;
    public readonly byte NameLength = (byte)nameLength;
    public readonly ushort NameStart = (ushort)nameStart;
    public readonly ushort ValueStart = (ushort)valueStart;
    public readonly ushort ValueLength = (ushort)valueLength;

    public bool IsNamed(byte[] octets, HeaderName name) =>
        name.Id != HeaderId.Unknown ? Id == name.Id : Id == HeaderId.Unknown && name.IsSpelled(octets.AsSpan(NameStart, NameLength));
}
