namespace Mesh.Iax2.Wire;

/// <summary>What a datagram is, by its first octets.</summary>
public enum DatagramKind : byte
{
    /// <summary>Shorter than its kind allows.</summary>
    TooShort,
    MiniVideo,
    Trunk,
    /// <summary>A meta frame that is no trunk frame.</summary>
    UnknownMeta,
    Full,
    Mini,
}

/// <summary>Tells the kinds of frame apart (RFC 5456 section 8.1); the order of the questions matters.</summary>
public static class Demultiplexer
{
    public static DatagramKind Classify(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < 4) return DatagramKind.TooShort;
        if (datagram[0] == 0 && datagram[1] == 0)
        {
            if ((datagram[2] & 0x80) != 0) return datagram.Length < MiniVideoFrame.HeaderLength ? DatagramKind.TooShort : DatagramKind.MiniVideo;
            if (datagram[2] != 1) return DatagramKind.UnknownMeta;
            return datagram.Length < TrunkFrame.HeaderLength ? DatagramKind.TooShort : DatagramKind.Trunk;
        }
        if ((datagram[0] & 0x80) == 0) return DatagramKind.Mini;
        return datagram.Length < FullFrame.HeaderLength ? DatagramKind.TooShort : DatagramKind.Full;
    }
}
