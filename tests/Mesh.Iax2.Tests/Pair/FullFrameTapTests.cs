using Mesh.Iax2.Ciphers;
using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

/// <summary>Who looks on sees every full frame of a call once at each end, in clear, whatever the wire has.</summary>
public class FullFrameTapTests
{
    [Theory]
    [InlineData(EncryptionPolicy.Off)]
    [InlineData(EncryptionPolicy.Required)]
    public void Every_full_frame_is_shown_in_clear_when_it_is_sent_and_when_it_arrives(EncryptionPolicy policy)
    {
        var seen = new Seen();
        using var pair = new IaxPair(options: new IaxEndpointOptions { FullFrames = seen },
            toCallee: peer => peer with { Encryption = policy, Qualify = null }, toCaller: peer => peer with { Encryption = policy, Qualify = null });
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 5));
        pair.Run(25);
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.Run(1);
        Assert.Equal(policy == EncryptionPolicy.Required, call.IsEncrypted);
        Assert.Equal(pair.Datagrams.Count, seen.Sent.Count);
        Assert.Equal(seen.Sent, seen.Received);
        foreach (var command in (IaxCommand[])[IaxCommand.New, IaxCommand.CallToken, IaxCommand.AuthReq, IaxCommand.AuthRep, IaxCommand.Accept, IaxCommand.LagRq, IaxCommand.Ping, IaxCommand.Hangup, IaxCommand.Ack])
            Assert.Contains(seen.Sent, octets => FullFrame.TryRead(octets, out var frame) && frame.Type == FrameType.Iax && frame.Command == command && (frame.Command == IaxCommand.Ack || Elements.TryRead(frame.Payload, out _)));
        int hidden = pair.Datagrams.Where((datagram, i) => !datagram.Payload.Span.SequenceEqual(seen.Sent[i])).Count();
        if (policy == EncryptionPolicy.Off) Assert.Equal(0, hidden);
        else Assert.InRange(hidden, 5, pair.Datagrams.Count - 4);
    }

    private sealed class Seen : IFullFrameTap
    {
        public List<byte[]> Sent { get; } = [];

        public List<byte[]> Received { get; } = [];

        public void OnReceived(ReadOnlySpan<byte> frame, NetAddress from) => Received.Add(frame.ToArray());

        public void OnSent(ReadOnlySpan<byte> frame, NetAddress to, long atMicros) => Sent.Add(frame.ToArray());
    }
}
