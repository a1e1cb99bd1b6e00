using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Raw;

/// <summary>
/// A socket that says to a server exactly what it is told to, whatever the protocol thinks of it, and writes down every frame. Dialogs on it keep numbers and sequence;
/// what belongs to none of them is kept here. One loop's.
/// </summary>
public sealed class RawWire : IDatagramReceiver, IDisposable
{
    /// <summary>Lines of the ladder kept; voice beyond it is only counted.</summary>
    public const int MaxLadder = 5_000;

    private readonly IDatagramSocket socket;
    private readonly List<SeenFrame> ladder = [];
    private readonly List<RawDialog> dialogs = [];

    public RawWire(Loop loop, IDatagramSocket bound, NetAddress server)
    {
        (Loop, Server, socket) = (loop, server, bound);
        Strays = new FrameWait(loop);
        bound.Receiver = this;
    }

    public Loop Loop { get; }

    public NetAddress Server { get; }

    public NetAddress Local => socket.Local;

    /// <summary>Everything sent and received, in order.</summary>
    public IReadOnlyList<SeenFrame> Ladder => ladder;

    public IReadOnlyList<RawDialog> Dialogs => dialogs;

    /// <summary>What came and belongs to no dialog.</summary>
    public FrameWait Strays { get; }

    public long OctetsSent { get; private set; }

    public long OctetsReceived { get; private set; }

    /// <summary>The system said that nothing listens there.</summary>
    public bool IsUnreachable { get; private set; }

    /// <summary>A new dialog; its number is random, as it should be, unless one is given.</summary>
    public RawDialog Open(ushort number = 0)
    {
        while (number == 0 || (dialogs.Count < 1000 && dialogs.Exists(d => d.LocalNumber == number))) number = (ushort)(2 + Loop.Chance.NextInt32(0x7FFD));
        var dialog = new RawDialog(this, number);
        dialogs.Add(dialog);
        return dialog;
    }

    /// <summary>Sends octets as they are.</summary>
    public SeenFrame Send(ReadOnlySpan<byte> octets)
    {
        var frame = new SeenFrame(true, Loop.Clock.NowMicros, Server, octets);
        Note(frame);
        OctetsSent += octets.Length;
        socket.TrySend(octets, Server);
        return frame;
    }

    public void OnDatagram(IDatagramSocket from, in Datagram datagram)
    {
        var frame = new SeenFrame(false, datagram.ReceivedAtMicros, datagram.From, datagram.Payload);
        OctetsReceived += frame.Length;
        Note(frame);
        // By destination for full frames, by the peer's own number for the rest.
        var dialog = datagram.From != Server ? null
            : frame.IsFull ? dialogs.Find(d => d.LocalNumber == frame.DestinationCall)
            : frame.Kind == DatagramKind.Mini ? dialogs.Find(d => d.RemoteNumber == frame.SourceCall) : null;
        if (dialog is null) Strays.Arrived(frame);
        else dialog.Arrived(frame);
    }

    public void OnUnreachable(IDatagramSocket from, NetAddress to) => IsUnreachable = true;

    public void Dispose()
    {
        foreach (var dialog in dialogs) dialog.Stop();
        socket.Dispose();
    }

    private void Note(SeenFrame frame)
    {
        if (ladder.Count < MaxLadder) ladder.Add(frame);
    }
}
