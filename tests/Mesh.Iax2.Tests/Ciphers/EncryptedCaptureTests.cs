using Mesh.Iax2.Ciphers;
using Mesh.Iax2.Tests.Pair;
using Mesh.Iax2.Tests.Support;
using Mesh.Iax2.Tests.Wire;

namespace Mesh.Iax2.Tests.Ciphers;

/// <summary>Encrypted calls read from their captures to the end: two Asterisks, of which the called one changes its key (RTKEY) before its first voice, and a call of ours.</summary>
public class EncryptedCaptureTests
{
    private const string Secret = "meshsecret";

    private sealed record Opened(CapturedDatagram Datagram, byte[] Prefix, byte[] Frame, byte[] Key);

    [Fact]
    public void The_call_of_two_asterisks_is_read_to_the_end_and_encrypted_again_octet_for_octet()
    {
        var (opened, _) = Open(PcapFile.Capture("call-md5-aes128"), Secret);
        // Only what comes before the answer to the challenge is in clear.
        Assert.Equal(PcapFile.Read(PcapFile.Capture("call-md5-aes128")).Count - 4, opened.Count);
        foreach (var (datagram, prefix, frame, key) in opened)
        {
            Assert.Equal(frame, CaptureTests.WriteAgain(frame));
            Assert.Equal(datagram.Payload, new FrameEncryptor(key, new SeededChance(1)).Encrypt(frame, ClearOf(frame), prefix).ToArray());
        }
    }

    [Fact]
    public void What_was_said_in_it_makes_sense()
    {
        var (opened, key) = Open(PcapFile.Capture("call-md5-aes128"), Secret);
        var fulls = opened.Where(one => ClearOf(one.Frame) == EncryptedFrame.ClearOfFull).ToList();
        Assert.Equal(["AuthRep", "Accept", "Ack", "Ringing", "Ack", "Answer", "Ack", "StopSounds", "Ack", "RtKey", "Voice"], fulls.Take(11).Select(one => Word(one.Frame)));
        Assert.Equal(["Hangup", "Ack"], fulls.TakeLast(2).Select(one => Word(one.Frame)));
        Assert.Single(fulls, one => Word(one.Frame) == "RtKey");
        Assert.DoesNotContain(fulls, one => Word(one.Frame) == "Vnak");
        Assert.True(Elements.TryRead(Full(fulls[0].Frame).Payload, out var answer));
        Assert.Equal(Convert.ToHexStringLower(key), answer.Md5Result);
        foreach (var side in fulls.GroupBy(one => one.Datagram.From))
        {
            // The caller's NEW was number 0, the called side's AUTHREQ too.
            byte next = 1;
            foreach (var one in side)
            {
                var frame = Full(one.Frame);
                if (frame.IsSequenced) Assert.Equal(next++, frame.OutSequence);
            }
        }
        foreach (var side in opened.Where(one => ClearOf(one.Frame) == EncryptedFrame.ClearOfMini).GroupBy(one => one.Datagram.From))
        {
            Assert.True(side.Count() > 20);
            int last = -1;
            foreach (var one in side)
            {
                Assert.True(MiniFrame.TryRead(one.Frame, out var mini));
                Assert.Equal(160, mini.Payload.Length);
                if (last >= 0) Assert.Equal(20, mini.Timestamp - last);
                last = mini.Timestamp;
            }
        }
    }

    [Fact]
    public void With_another_secret_nothing_makes_sense()
    {
        var (opened, _) = Open(PcapFile.Capture("call-md5-aes128"), "wrong");
        Assert.DoesNotContain(opened, one => ClearOf(one.Frame) == EncryptedFrame.ClearOfFull && Full(one.Frame).Command == IaxCommand.Hangup);
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
        foreach (var (datagram, prefix, frame, _) in opened)
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

    /// <summary>What comes after AUTHREQ, with its prefix, its frame in clear and the key it lay under, and the first key. Each side's RTKEY is followed.</summary>
    private static (List<Opened> Opened, byte[] Key) Open(string path, string secret)
    {
        var datagrams = PcapFile.Read(path);
        int last = datagrams.FindIndex(datagram => FullFrame.TryRead(datagram.Payload, out var frame) && frame.Command == IaxCommand.AuthReq);
        Assert.True(Elements.TryRead(Full(datagrams[last].Payload).Payload, out var request));
        Assert.Equal((ushort)EncryptionMethods.Aes128, request.Encryption);
        var first = new byte[EncryptedFrame.KeyLength];
        Authentication.Digest(request.Challenge, secret, first);
        var keys = new Dictionary<NetAddress, byte[]>();
        var opened = new List<Opened>();
        foreach (var datagram in datagrams.Skip(last + 1))
        {
            var key = keys.GetValueOrDefault(datagram.From, first);
            int inClear = ClearOf(datagram.Payload);
            int least = inClear == EncryptedFrame.ClearOfFull ? EncryptedFrame.LeastRestOfFull : EncryptedFrame.LeastRestOfMini;
            bool isTaken = new FrameDecryptor(key).TryDecrypt(datagram.Payload, inClear, least, out var prefix, out var rest);
            if (secret == Secret) Assert.True(isTaken);
            if (!isTaken) continue;
            byte[] frame = [.. datagram.Payload[..inClear], .. rest];
            opened.Add(new Opened(datagram, prefix.ToArray(), frame, key));
            if (inClear != EncryptedFrame.ClearOfFull || Full(frame).Command != IaxCommand.RtKey || !Elements.TryRead(Full(frame).Payload, out var rotation)) continue;
            if (rotation.Challenge is { Length: EncryptedFrame.KeyLength } next) keys[datagram.From] = next;
        }
        return (opened, first);
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
