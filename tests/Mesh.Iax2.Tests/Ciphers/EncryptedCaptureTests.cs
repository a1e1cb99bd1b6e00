using Mesh.Iax2.Ciphers;
using Mesh.Iax2.Tests.Pair;
using Mesh.Iax2.Tests.Support;
using Mesh.Iax2.Tests.Wire;

namespace Mesh.Iax2.Tests.Ciphers;

/// <summary>
/// Encrypted calls read from their captures. That of two Asterisks does not open under its challenge and the secret of the other captures, so of it only what shows
/// without a key is checked; a call of ours is read to the end.
/// </summary>
public class EncryptedCaptureTests
{
    private sealed record Opened(CapturedDatagram Datagram, byte[] Prefix, byte[] Frame);

    [Fact]
    public void The_frames_of_two_asterisks_have_the_sizes_ours_have()
    {
        var datagrams = PcapFile.Read(PcapFile.Capture("call-md5-aes128"));
        var clear = datagrams.TakeWhile(datagram => Full(datagram.Payload).Command != IaxCommand.AuthReq).ToList();
        Assert.Equal([IaxCommand.New, IaxCommand.CallToken, IaxCommand.New], clear.Select(datagram => Full(datagram.Payload).Command));
        Assert.True(Elements.TryRead(Full(clear[^1].Payload).Payload, out var offer));
        Assert.True(Elements.TryRead(Full(datagrams[clear.Count].Payload).Payload, out var request));
        Assert.Equal<(ushort?, ushort?)>((0x8001, 0x0001), (offer.Encryption, request.Encryption));

        // The same call in clear, frame by frame: the answer, ACCEPT, ACK, RINGING ...
        var plain = PcapFile.Read(PcapFile.Capture("call-md5-calltoken")).SkipWhile(datagram => Full(datagram.Payload).Command != IaxCommand.AuthReq).Skip(1).ToList();
        var encryptor = new FrameEncryptor(new byte[EncryptedFrame.KeyLength], new SeededChance(1));
        var hidden = datagrams.Skip(clear.Count + 1).ToList();
        Assert.Equal(plain.Take(5).Select(datagram => encryptor.Encrypt(datagram.Payload, ClearOf(datagram.Payload)).Length), hidden.Take(5).Select(datagram => datagram.Payload.Length));
        Assert.True(hidden.Count > 100);
        Assert.All(hidden, datagram => Assert.Equal(0, (datagram.Payload.Length - ClearOf(datagram.Payload)) % EncryptedFrame.BlockLength));
        Assert.All(hidden.Where(datagram => ClearOf(datagram.Payload) == EncryptedFrame.ClearOfMini), datagram => Assert.Equal(194, datagram.Payload.Length));
        Assert.Equal(plain.Count(datagram => Word(datagram.Payload) == "Voice"), hidden.Count(datagram => ClearOf(datagram.Payload) == EncryptedFrame.ClearOfFull && datagram.Payload.Length > 100));
    }

    [Fact]
    public void A_call_of_ours_is_read_to_the_end_and_encrypted_again_octet_for_octet()
    {
        using var pair = EncryptionTests.Pair(EncryptionPolicy.Required, EncryptionPolicy.Required);
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 5));
        var buffer = new byte[Datagram.Headroom + 160];
        for (uint i = 0; i < 50; i++)
        {
            pair.London.Loop.Invoke(() => call.SendVoice(VoiceFormat.Alaw, i * 20, buffer, Datagram.Headroom, 160));
            pair.Run(0.02);
        }
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.Run(1);
        string path = Path.Combine(Directory.CreateTempSubdirectory("mesh-iax2-").FullName, "ours.pcap");
        PcapFile.Write(path, pair.Datagrams.Select(d => new CapturedDatagram(d.AtMicros, d.From, d.To, d.Payload.ToArray())));

        var (opened, key) = Open(path, IaxPair.Secret);
        var encryptor = new FrameEncryptor(key, new SeededChance(1));
        foreach (var (datagram, prefix, frame) in opened)
        {
            Assert.Equal(frame, CaptureTests.WriteAgain(frame));
            Assert.Equal(datagram.Payload, encryptor.Encrypt(frame, ClearOf(frame), prefix).ToArray());
        }
        var fulls = opened.Where(one => ClearOf(one.Frame) == EncryptedFrame.ClearOfFull).Select(one => Word(one.Frame)).ToList();
        Assert.Equal("AuthRep", fulls[0]);
        Assert.Equal(["Hangup", "Ack"], fulls.TakeLast(2));
        Assert.Equal(49, opened.Count - fulls.Count);
        Assert.True(Elements.TryRead(Full(opened[0].Frame).Payload, out var answer));
        Assert.Equal(Convert.ToHexStringLower(key), answer.Md5Result);
    }

    /// <summary>What comes after AUTHREQ, with its prefix and its frame in clear, and the key.</summary>
    private static (List<Opened> Opened, byte[] Key) Open(string path, string secret)
    {
        var datagrams = PcapFile.Read(path);
        int last = datagrams.FindIndex(datagram => FullFrame.TryRead(datagram.Payload, out var frame) && frame.Command == IaxCommand.AuthReq);
        Assert.True(Elements.TryRead(Full(datagrams[last].Payload).Payload, out var request));
        Assert.Equal((ushort)EncryptionMethods.Aes128, request.Encryption);
        var key = new byte[EncryptedFrame.KeyLength];
        Authentication.Digest(request.Challenge, secret, key);
        var decryptor = new FrameDecryptor(key);
        var opened = new List<Opened>();
        foreach (var datagram in datagrams.Skip(last + 1))
        {
            int inClear = ClearOf(datagram.Payload);
            int least = inClear == EncryptedFrame.ClearOfFull ? EncryptedFrame.LeastRestOfFull : EncryptedFrame.LeastRestOfMini;
            Assert.True(decryptor.TryDecrypt(datagram.Payload, inClear, least, out var prefix, out var rest));
            opened.Add(new Opened(datagram, prefix.ToArray(), [.. datagram.Payload[..inClear], .. rest]));
        }
        return (opened, key);
    }

    private static int ClearOf(byte[] datagram) => (datagram[0] & 0x80) != 0 ? EncryptedFrame.ClearOfFull : EncryptedFrame.ClearOfMini;

    private static FullFrame Full(byte[] bytes) => FullFrame.TryRead(bytes, out var frame) ? frame : default;

    private static string Word(byte[] bytes) => Full(bytes) switch
    {
        { Type: FrameType.Iax } frame => frame.Command.ToString(),
        { Type: FrameType.Control } frame => frame.Control.ToString(),
        var frame => frame.Type.ToString(),
    };
}
