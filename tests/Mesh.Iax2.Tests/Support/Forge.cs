namespace Mesh.Iax2.Tests.Support;

/// <summary>Frames as bytes, for whoever says what they like.</summary>
internal static class Forge
{
    public static byte[] Frame(FrameType type, byte subclass, ushort source, ushort destination, uint timestamp, byte o, byte i, byte[]? payload = null)
    {
        var bytes = new byte[FullFrame.HeaderLength + (payload?.Length ?? 0)];
        new FullFrame
        {
            SourceCall = source, DestinationCall = destination, Timestamp = timestamp, OutSequence = o, InSequence = i, Type = type, SubclassOctet = subclass, Payload = payload,
        }.Write(bytes);
        return bytes;
    }

    public static byte[] Frame(IaxCommand command, ushort source, ushort destination, uint timestamp, byte o, byte i, byte[]? elements = null) =>
        Frame(FrameType.Iax, (byte)command, source, destination, timestamp, o, i, elements);

    public static byte[] New(ushort source, byte[] elements, uint timestamp = 3) => Frame(IaxCommand.New, source, 0, timestamp, 0, 0, elements);

    public static byte[] Mini(ushort source, ushort timestamp, byte first = 0xEE)
    {
        var bytes = new byte[MiniFrame.HeaderLength + 160];
        MiniFrame.WriteHeader(bytes, source, timestamp);
        bytes[MiniFrame.HeaderLength] = first;
        return bytes;
    }

    /// <summary>Another source number in a frame.</summary>
    public static void SetSource(byte[] frame, ushort source) => (frame[0], frame[1]) = ((byte)(0x80 | source >> 8), (byte)source);
}
