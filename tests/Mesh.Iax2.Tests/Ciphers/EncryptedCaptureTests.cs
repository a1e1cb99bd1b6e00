using System.Text;
using Mesh.Iax2.Ciphers;
using Mesh.Iax2.Tests.Support;
using Mesh.Iax2.Tests.Wire;

namespace Mesh.Iax2.Tests.Ciphers;

/// <summary>Two Asterisks in an encrypted call, read to the end with the secret they share.</summary>
public class EncryptedCaptureTests
{
    private const string Secret = "meshsecret";

    private sealed record Opened(CapturedDatagram Datagram, byte[] Prefix, byte[] Frame);

    [Fact]
    public void The_encrypted_call_is_read_to_the_end_and_encrypted_again_octet_for_octet()
    {
        var (clear, opened, key) = Open();
        // Only what comes before the answer to the challenge is in clear.
        Assert.Equal([IaxCommand.New, IaxCommand.CallToken, IaxCommand.New, IaxCommand.AuthReq], clear.Select(frame => Full(frame.Payload).Command));
        Assert.Equal(PcapFile.Read(PcapFile.Capture("call-md5-aes128")).Count - 4, opened.Count);
        var encryptor = new FrameEncryptor(key, new SeededChance(1));
        foreach (var (datagram, prefix, frame) in opened)
        {
            Assert.Equal(frame, CaptureTests.WriteAgain(frame));
            Assert.Equal(datagram.Payload, encryptor.Encrypt(frame, ClearOf(frame), prefix).ToArray());
        }
    }

    [Fact]
    public void What_was_said_in_it_makes_sense()
    {
        var (_, opened, _) = Open();
        var fulls = opened.Where(one => ClearOf(one.Frame) == EncryptedFrame.ClearOfFull).ToList();
        Assert.Equal(["AuthRep", "Accept", "Ack", "Ringing", "Ack", "Answer", "Ack", "StopSounds", "Ack"], fulls.Take(9).Select(one => Word(one.Frame)));
        Assert.Equal(["Hangup", "Ack"], fulls.TakeLast(2).Select(one => Word(one.Frame)));
        Assert.DoesNotContain(fulls, one => Word(one.Frame) == "Vnak");
        Assert.Contains(fulls, one => Word(one.Frame) == "Voice");
        foreach (var side in fulls.GroupBy(one => one.Datagram.From))
        {
            // The caller's NEW was number 0, the called side's AUTHREQ too.
            byte next = 1;
            foreach (var one in side)
            {
                var frame = Full(one.Frame);
                if (!frame.IsSequenced) continue;
                Assert.Equal(next++, frame.OutSequence);
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
    public void The_hidden_answer_to_the_challenge_is_reproduced()
    {
        var (clear, opened, _) = Open();
        Assert.True(Elements.TryRead(Full(opened[0].Frame).Payload, out var answer));
        Assert.Equal(answer.Md5Result, Authentication.Md5Result(ChallengeOf(clear), Secret));
    }

    [Fact]
    public void With_another_secret_nothing_makes_sense()
    {
        var (_, opened, _) = Open("wrong");
        Assert.DoesNotContain(opened, one => ClearOf(one.Frame) == EncryptedFrame.ClearOfFull && Full(one.Frame).Command == IaxCommand.Hangup);
    }

    /// <summary>What goes in clear, what does not with its prefix and its frame in clear, and the key.</summary>
    private static (List<CapturedDatagram> Clear, List<Opened> Opened, byte[] Key) Open(string secret = Secret)
    {
        var datagrams = PcapFile.Read(PcapFile.Capture("call-md5-aes128"));
        int last = datagrams.FindIndex(datagram => FullFrame.TryRead(datagram.Payload, out var frame) && frame.Command == IaxCommand.AuthReq);
        var clear = datagrams.Take(last + 1).ToList();
        var key = new byte[EncryptedFrame.KeyLength];
        Authentication.Digest(ChallengeOf(clear), secret, key);
        var decryptor = new FrameDecryptor(key);
        var opened = new List<Opened>();
        foreach (var datagram in datagrams.Skip(last + 1))
        {
            int inClear = ClearOf(datagram.Payload);
            bool taken = decryptor.TryDecrypt(datagram.Payload, inClear, inClear == EncryptedFrame.ClearOfFull ? EncryptedFrame.LeastRestOfFull : EncryptedFrame.LeastRestOfMini,
                out var prefix, out var rest);
            if (secret == Secret) Assert.True(taken);
            if (taken) opened.Add(new Opened(datagram, prefix.ToArray(), [.. datagram.Payload[..inClear], .. rest]));
        }
        return (clear, opened, key);
    }

    private static byte[] ChallengeOf(List<CapturedDatagram> clear)
    {
        Assert.True(Elements.TryRead(Full(clear[^1].Payload).Payload, out var request));
        Assert.Equal((ushort)EncryptionMethods.Aes128, request.Encryption);
        Assert.All(Encoding.ASCII.GetString(request.Challenge!), digit => Assert.InRange(digit, '0', '9'));
        return request.Challenge!;
    }

    private static int ClearOf(byte[] datagram) => (datagram[0] & 0x80) != 0 ? EncryptedFrame.ClearOfFull : EncryptedFrame.ClearOfMini;

    private static FullFrame Full(byte[] bytes)
    {
        Assert.True(FullFrame.TryRead(bytes, out var frame));
        return frame;
    }

    private static string Word(byte[] bytes) => Full(bytes) switch
    {
        { Type: FrameType.Iax } frame => frame.Command.ToString(),
        { Type: FrameType.Control } frame => frame.Control.ToString(),
        var frame => frame.Type.ToString(),
    };
}
