using Mesh.Iax2.Sealing;
using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Sealing;

/// <summary>Sealing and opening, without a path.</summary>
public class SealCipherTests
{
    private static readonly SealEpoch London = new(1, 2), Manchester = new(3, 4);
    private static readonly SealKeys Here = new([SealedPair.Key], "london", "manchester"), There = new([SealedPair.Key], "manchester", "london");
    private static readonly SealOptions Options = new() { Keys = [SealedPair.Key], Ourselves = "london", Them = "manchester" };

    private readonly byte[] clear = [.. Enumerable.Range(0, 164).Select(i => (byte)i)];

    /// <summary>The layout and every key behind it: HKDF-SHA-256 and AES-256-GCM computed by another implementation.</summary>
    [Fact]
    public void Golden_datagram()
    {
        byte[] datagram = new byte[16 + SealFormat.Overhead];
        Assert.Equal(datagram.Length, Sender().Seal(clear.AsSpan(0, 16), datagram));
        Assert.Equal("0000530000000000" + "90b2f97707a5e765c37653ae730456f4e68aba9fdd705ebb8aff3e80b5d7cc4c", Convert.ToHexStringLower(datagram));
        Assert.Null(Receiver().Open(datagram));
        Assert.Equal(clear[..16], datagram[8..24]);
    }

    [Fact]
    public void Every_turned_bit_and_every_cut_is_refused()
    {
        byte[] genuine = Sealed(Sender());
        for (int bit = 0; bit < genuine.Length * 8; bit++)
        {
            byte[] forged = (byte[])genuine.Clone();
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(!SealFormat.IsSealed(forged) || Receiver().Open(forged) is DropReason.SealForged or DropReason.SealTooOld, $"bit {bit}");
        }
        for (int length = 0; length < genuine.Length; length++)
            Assert.True(!SealFormat.IsSealed(genuine.AsSpan(0, length)) || Receiver().Open(genuine[..length]) == DropReason.SealForged, $"length {length}");
    }

    [Fact]
    public void A_datagram_is_for_one_direction_one_pair_of_boots_and_one_key()
    {
        byte[] genuine = Sealed(Sender());
        foreach (byte[] secret in (byte[][])[Here.ReceivingSecret(London, Manchester, 0), There.ReceivingSecret(Manchester, new SealEpoch(1, 3), 0),
            There.ReceivingSecret(new SealEpoch(3, 5), London, 0), new SealKeys([SealedPair.OtherKey], "manchester", "london").ReceivingSecret(Manchester, London, 0),
            new SealKeys([SealedPair.Key], "office", "london").ReceivingSecret(Manchester, London, 0)])
            Assert.Equal(DropReason.SealForged, new SealReceiver(secret).Open((byte[])genuine.Clone()));
        Assert.Null(Receiver().Open((byte[])genuine.Clone()));
    }

    [Fact]
    public void What_is_reordered_within_the_window_is_taken_once()
    {
        var sender = Sender();
        var receiver = Receiver();
        byte[][] sent = [.. Enumerable.Range(0, 3_000).Select(_ => Sealed(sender))];
        var chance = new SeededChance(5);
        int[] order = [.. Enumerable.Range(0, sent.Length).OrderBy(i => i + chance.NextInt32(ReplayWindow.Length / 2))];
        foreach (int i in order) Assert.Null(receiver.Open((byte[])sent[i].Clone()));
        foreach (int i in order) Assert.True(receiver.Open((byte[])sent[i].Clone()) is DropReason.SealReplayed or DropReason.SealTooOld);
        Assert.Equal(DropReason.SealTooOld, receiver.Open((byte[])sent[3_000 - ReplayWindow.Length - 1].Clone()));
    }

    [Fact]
    public void The_generation_before_is_taken_and_a_far_one_too()
    {
        var sender = Sender();
        var receiver = Receiver();
        byte[] first = Sealed(sender), late = Sealed(sender);
        Assert.Null(receiver.Open(first));
        sender.Rotate();
        Assert.Null(receiver.Open(Sealed(sender)));
        Assert.Equal(1u, receiver.Generation);
        Assert.Null(receiver.Open(late));
        for (int i = 0; i < 90; i++) sender.Rotate();
        byte[] forged = Sealed(sender);
        forged[20] ^= 1;
        Assert.Equal(DropReason.SealForged, receiver.Open(forged));
        Assert.Equal(1u, receiver.Generation);
        Assert.Null(receiver.Open(Sealed(sender)));
        Assert.Equal(91u, receiver.Generation);
        Assert.Equal(DropReason.SealTooOld, receiver.Open(first));
        for (int i = 0; i < 200; i++)
        {
            sender.Rotate();
            Assert.Null(receiver.Open(Sealed(sender)));
        }
    }

    [Fact]
    public void Rotation_is_asked_for_once_and_numbers_never_come_twice()
    {
        int asked = 0;
        var sender = new SealSender(Here.SendingSecret(London, Manchester), Options with { RotateAfterDatagrams = 1_000 }, () => Interlocked.Increment(ref asked));
        var numbers = new System.Collections.Concurrent.ConcurrentBag<ulong>();
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            byte[] datagram = new byte[16 + SealFormat.Overhead];
            for (int i = 0; i < 5_000; i++)
            {
                sender.Seal(clear.AsSpan(0, 16), datagram);
                numbers.Add(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(datagram));
                if (i == 2_500) sender.Rotate();
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Equal(20_000, numbers.Distinct().Count());
        Assert.InRange(asked, 1, 5);
    }

    [Fact]
    public void What_several_threads_seal_opens()
    {
        var sender = Sender();
        var sealedDatagrams = new System.Collections.Concurrent.ConcurrentBag<byte[]>();
        var threads = Enumerable.Range(0, 20).Select(_ => new Thread(() => { for (int i = 0; i < 40; i++) sealedDatagrams.Add(Sealed(sender)); })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        var receiver = Receiver();
        Assert.All(sealedDatagrams, datagram =>
        {
            Assert.Null(receiver.Open(datagram));
            Assert.Equal(clear, datagram[8..^16]);
        });
    }

    [Fact]
    public void Sealing_and_opening_allocate_nothing()
    {
        var sender = Sender();
        var receiver = Receiver();
        byte[] datagram = new byte[clear.Length + SealFormat.Overhead];
        long least = long.MaxValue;
        for (int round = 0; round < 8; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 200; i++)
            {
                sender.Seal(clear, datagram);
                if (receiver.Open(datagram) is not null) throw new InvalidOperationException("not opened");
            }
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    private static SealSender Sender() => new(Here.SendingSecret(London, Manchester), Options, () => { });

    private static SealReceiver Receiver() => new(There.ReceivingSecret(Manchester, London, 0));

    private byte[] Sealed(SealSender sender)
    {
        byte[] datagram = new byte[clear.Length + SealFormat.Overhead];
        Assert.Equal(datagram.Length, sender.Seal(clear, datagram));
        return datagram;
    }
}
