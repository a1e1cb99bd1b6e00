using Mesh.Iax2.Trunking;

namespace Mesh.Iax2.Tests.Support;

/// <summary>Two sites with some calls between them, all up, and London speaking in each of them every 20 ms.</summary>
internal sealed class TrunkPair : IDisposable
{
    public const int FrameOctets = 160;

    private readonly byte[] buffer = new byte[Datagram.Headroom + FrameOctets];
    private uint round;

    /// <param name="trunk">Null: mini frames.</param>
    public TrunkPair(int calls, TrunkOptions? trunk, ulong seed = 1, Func<PeerOptions, PeerOptions>? change = null)
    {
        change ??= same => same;
        Pair = new IaxPair(seed, toCallee: peer => change(peer with { Trunk = trunk }), toCaller: peer => change(peer with { Trunk = trunk }));
        for (int i = 0; i < calls; i++) Calls.Add(Pair.London.Place("manchester").Call);
        Assert.True(Pair.Until(() => Calls.TrueForAll(call => call.IsUp), 5));
        Pair.Run(0.1);
    }

    public IaxPair Pair { get; }

    public List<OutgoingIaxCall> Calls { get; } = [];

    /// <summary>What Manchester heard of a call.</summary>
    public VoiceLog Heard(OutgoingIaxCall call) => Pair.Manchester.ReceivedVoice[Pair.Manchester.Received.FindIndex(far => far.LocalNumber == call.RemoteNumber)];

    /// <summary>One frame of every call, spread over <paramref name="spreadMs"/>; 20 ms pass.</summary>
    public void Speak(int rounds = 1, double spreadMs = 0)
    {
        for (int r = 0; r < rounds; r++, round++)
        {
            double left = 20;
            foreach (var call in Calls)
            {
                Send(call);
                if (spreadMs <= 0) continue;
                Pair.Run(spreadMs / Calls.Count / 1000);
                left -= spreadMs / Calls.Count;
            }
            Pair.Run(Math.Max(0, left) / 1000);
        }
    }

    /// <summary>The next frames are those of the next round.</summary>
    public void Advance() => round++;

    public bool Send(OutgoingIaxCall call)
    {
        buffer.AsSpan(Datagram.Headroom).Fill((byte)round);
        return Pair.London.Loop.Invoke(() => call.SendVoice(VoiceFormat.Alaw, round * 20, buffer, Datagram.Headroom, FrameOctets));
    }

    /// <summary>The datagrams London sent since <paramref name="from"/>.</summary>
    public List<WireDatagram> Sent(int from = 0) => [.. Pair.Datagrams.Skip(from).Where(d => d.From == Pair.London.Address)];

    public static bool IsTrunk(in WireDatagram datagram) => TrunkFrame.TryRead(datagram.Payload.Span, out _);

    public static bool IsMini(in WireDatagram datagram) => Demultiplexer.Classify(datagram.Payload.Span) == DatagramKind.Mini;

    /// <summary>The call numbers in a trunk datagram, in order.</summary>
    public static List<ushort> EntriesOf(in WireDatagram datagram)
    {
        var numbers = new List<ushort>();
        if (!TrunkFrame.TryRead(datagram.Payload.Span, out var trunk)) return numbers;
        while (trunk.MoveNext()) numbers.Add(trunk.Current.SourceCall);
        Assert.False(trunk.IsTruncated);
        return numbers;
    }

    public void Dispose() => Pair.Dispose();
}
