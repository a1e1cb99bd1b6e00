using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Raw;

/// <summary>One datagram that was sent or received, kept and taken apart.</summary>
public sealed class SeenFrame
{
    private readonly byte[] datagram;

    public SeenFrame(bool isSent, long atMicros, NetAddress far, ReadOnlySpan<byte> octets)
    {
        (IsSent, AtMicros, Far) = (isSent, atMicros, far);
        datagram = octets.ToArray();
        Kind = Demultiplexer.Classify(datagram);
        if (Kind == DatagramKind.Full && FullFrame.TryRead(datagram, out var full)) Take(full);
        else if (Kind == DatagramKind.Mini && MiniFrame.TryRead(datagram, out var mini)) (SourceCall, Timestamp, Payload) = (mini.SourceCall, mini.Timestamp, mini.Payload.ToArray());
        else Payload = [];
    }

    public bool IsSent { get; }

    /// <summary>Microseconds of the loop's clock.</summary>
    public long AtMicros { get; }

    /// <summary>Where it went, or came from.</summary>
    public NetAddress Far { get; }

    public DatagramKind Kind { get; }

    public ReadOnlySpan<byte> Datagram => datagram;

    public int Length => datagram.Length;

    public ushort SourceCall { get; private set; }

    public ushort DestinationCall { get; private set; }

    public bool IsRetransmission { get; private set; }

    /// <summary>32 bits of a full frame, 16 of a mini frame.</summary>
    public uint Timestamp { get; private set; }

    public byte OutSequence { get; private set; }

    public byte InSequence { get; private set; }

    public FrameType Type { get; private set; }

    public byte SubclassOctet { get; private set; }

    public long Subclass => SubclassCoding.Decode(SubclassOctet);

    public byte[] Payload { get; private set; } = [];

    public IaxCommand Command { get; private set; }

    public bool IsFull => Kind == DatagramKind.Full;

    public bool IsSequenced { get; private set; }

    /// <summary>The elements of an IAX frame; none when it has none, or they run past its end.</summary>
    public Elements Elements { get; private set; } = Elements.None;

    /// <summary>False when an element runs past the end.</summary>
    public bool IsWellFormed { get; private set; } = true;

    public bool Is(IaxCommand command) => IsFull && Type == FrameType.Iax && Command == command;

    public bool Is(ControlCommand control) => IsFull && Type == FrameType.Control && (ControlCommand)Subclass == control;

    public bool Is(FrameType type) => IsFull && Type == type;

    /// <summary>The data of the last element of this kind; null when there is none.</summary>
    public byte[]? Find(ElementId id)
    {
        byte[]? found = null;
        if (Type != FrameType.Iax) return null;
        var reader = new ElementReader(Payload);
        while (reader.MoveNext())
            if (reader.Id == id) found = reader.Data.ToArray();
        return found;
    }

    public override string ToString() => FrameText.Line(this);

    private void Take(in FullFrame full)
    {
        (SourceCall, DestinationCall, IsRetransmission) = (full.SourceCall, full.DestinationCall, full.IsRetransmission);
        (Timestamp, OutSequence, InSequence) = (full.Timestamp, full.OutSequence, full.InSequence);
        (Type, SubclassOctet, Command) = (full.Type, full.SubclassOctet, full.Command);
        (Payload, IsSequenced) = (full.Payload.ToArray(), full.IsSequenced);
        if (Type != FrameType.Iax) return;
        IsWellFormed = Elements.TryRead(Payload, out var elements);
        Elements = elements;
    }
}
