using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Hostile;

/// <summary>A million broken frames from one seed, through the parsers and through an endpoint with live calls.</summary>
public sealed class FuzzTests : IDisposable
{
    private const ulong Seed = 20260105;
    private const int Frames = 1_000_000, VictimEvery = 4_000;

    private readonly IaxPair pair = new();
    private readonly RawPeer stranger;
    private readonly SeededChance chance = new(Seed);
    private readonly byte[] datagram = new byte[2_048];
    private byte[][] captured = [];
    private HandCall? victim;

    public FuzzTests() => stranger = new RawPeer(pair.World, "10.0.0.66:4569");

    [Fact]
    public void A_million_random_and_mutated_frames_break_no_parser_no_endpoint_and_no_call()
    {
        captured = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Captures"), "*.pcap").Order(StringComparer.Ordinal)
            .SelectMany(PcapFile.Read).Select(frame => frame.Payload).Where(payload => payload.Length <= 400).Take(4_000)];
        Assert.True(captured.Length > 500);
        pair.Manchester.Answering = call => { call.Ringing(); call.Answer(); };
        var (live, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => live.IsUp, 1));
        var far = pair.Manchester.Received[0];
        long answers = 0;
        for (int i = 0; i < Frames; i++)
        {
            if (i % VictimEvery == 0) Refresh();
            int length = Make();
            var from = Address(length, live, far);
            int before = pair.Datagrams.Count;
            try
            {
                Parse(datagram.AsSpan(0, length));
                pair.Manchester.Deliver(from, datagram.AsSpan(0, length));
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, frame {i} from {from}: {Convert.ToHexString(datagram.AsSpan(0, length))}\n{e}");
            }
            int answered = pair.Datagrams.Count - before;
            Assert.True(answered <= ReliableWindow.Capacity + 4, $"seed {Seed}, frame {i}: {answered} answers to {Convert.ToHexString(datagram.AsSpan(0, length))}");
            answers += answered;
            if (i % 200 != 0) continue;
            pair.Run(0.002);
            pair.Datagrams.Clear();
            stranger.Received.Clear();
        }
        Assert.True(pair.World.Faults.Count == 0, $"seed {Seed}: {string.Join('\n', pair.World.Faults)}");
        Assert.InRange(answers, 1_000, 2L * Frames);
        Assert.True(live.IsUp && far.IsUp, $"seed {Seed}: the live call is gone");
        Assert.Null(log.Cause);
        pair.London.Loop.Invoke(() => { live.SendDigit('5', false); live.SendDigit('5', true); });
        pair.Run(1);
        Assert.Equal("5", pair.Manchester.ReceivedLogs[0].Digits);
        pair.London.Loop.Invoke(() => live.Hangup(CauseCode.NormalClearing));
        pair.AssertNothingLeft(180);
    }

    public void Dispose() => pair.Dispose();

    /// <summary>A call with the right secret, whose frames get the mutations; it may well not survive them.</summary>
    private void Refresh()
    {
        if (victim is not null) stranger.Send(pair.Manchester.Address, IaxCommand.Inval, HandCall.Number, victim.Far, 0, 0, 0);
        pair.Run(0.01);
        stranger.Received.Clear();
        victim = new HandCall(pair, stranger);
    }

    /// <summary>A fifth is noise; the rest are captured frames with octets changed, cut, or lengthened.</summary>
    private int Make()
    {
        int length;
        if (chance.NextInt32(5) == 0)
        {
            length = 1 + chance.NextInt32(chance.NextInt32(50) == 0 ? datagram.Length : 60);
            chance.Fill(datagram.AsSpan(0, length));
            if (chance.NextInt32(2) == 0) datagram[0] |= 0x80;
            return length;
        }
        byte[] model = captured[chance.NextInt32(captured.Length)];
        model.CopyTo(datagram, 0);
        length = model.Length;
        for (int flips = chance.NextInt32(5); flips > 0; flips--) datagram[chance.NextInt32(length)] = (byte)chance.NextInt32(256);
        if (chance.NextInt32(4) == 0) length = 1 + chance.NextInt32(length);
        if (chance.NextInt32(8) == 0)
        {
            int more = chance.NextInt32(40);
            chance.Fill(datagram.AsSpan(length, more));
            length += more;
        }
        return length;
    }

    /// <summary>Where it comes from. From the live call's far end never with both its numbers; into the victim with the right ones.</summary>
    private NetAddress Address(int length, IaxCall live, IaxCall far)
    {
        bool isFull = length >= FullFrame.HeaderLength && (datagram[0] & 0x80) != 0;
        switch (chance.NextInt32(4))
        {
            case 0:
                return NetAddress.FromIPv4(0x0B000000u + (uint)chance.NextInt32(1_000), 4569);
            case 1:
                int source = (datagram[0] & 0x7F) << 8 | (length > 1 ? datagram[1] : 0);
                if (source == live.LocalNumber && length > 1) datagram[1] ^= 1;
                if (isFull && chance.NextInt32(2) == 0) (datagram[2], datagram[3]) = ((byte)(far.LocalNumber >> 8), (byte)far.LocalNumber);
                return pair.London.Address;
            default:
                if (!isFull) { if (length >= 4 && chance.NextInt32(2) == 0) (datagram[0], datagram[1]) = (0, (byte)HandCall.Number); return stranger.Address; }
                Forge.SetSource(datagram, HandCall.Number);
                (datagram[2], datagram[3]) = ((byte)(victim!.Far >> 8), (byte)victim.Far);
                if (chance.NextInt32(2) == 0) datagram[8] = victim.NextOut++;
                return stranger.Address;
        }
    }

    private static void Parse(ReadOnlySpan<byte> bytes)
    {
        _ = Demultiplexer.Classify(bytes);
        if (FullFrame.TryRead(bytes, out var full))
        {
            _ = (full.Command, full.Control, full.Format, full.IsSequenced);
            if (Elements.TryRead(full.Payload, out var elements)) _ = (elements.Format, elements.Capability, elements.Variables.Count);
            _ = ElementReader.TryFind(full.Payload, ElementId.CallToken, out _);
        }
        _ = MiniFrame.TryRead(bytes, out _);
        _ = MiniVideoFrame.TryRead(bytes, out _);
        if (!TrunkFrame.TryRead(bytes, out var trunk)) return;
        int octets = 0;
        while (trunk.MoveNext())
        {
            octets += trunk.Current.Length;
            Assert.True(trunk.Current.Offset + trunk.Current.Length <= bytes.Length);
        }
        Assert.True(octets <= bytes.Length);
    }
}
