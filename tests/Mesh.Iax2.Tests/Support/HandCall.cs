namespace Mesh.Iax2.Tests.Support;

/// <summary>A call to Manchester that a stranger places frame by frame, in the name of "london" with the right secret.</summary>
internal sealed class HandCall
{
    public const ushort Number = 7;

    private readonly IaxPair pair;
    private readonly RawPeer stranger;
    private uint timestamp = 10;
    private byte o = 2;

    /// <summary>Goes through token, NEW, AUTHREQ and AUTHREP; what Manchester does with the call is <see cref="IaxSite.Answering"/>.</summary>
    public HandCall(IaxPair pair, RawPeer stranger, Func<byte[], byte[]>? elements = null)
    {
        this.pair = pair;
        this.stranger = stranger;
        stranger.Send(pair.Manchester.Address, Forge.New(Number, (elements ?? Plain)(TokenFor(pair, stranger))));
        pair.Run(0.01);
        stranger.Received.RemoveAll(bytes => !FullFrame.TryRead(bytes, out var frame) || frame.Command != IaxCommand.AuthReq);
        Assert.True(FullFrame.TryRead(Assert.Single(stranger.Received), out var request));
        Far = request.SourceCall;
        byte[] answer = RawPeer.Write((ref w) => w.AddText(ElementId.Md5Result, Authentication.Md5Result(stranger.ElementsOf(0).Challenge, IaxPair.Secret)));
        stranger.Send(pair.Manchester.Address, IaxCommand.AuthRep, Number, Far, 10, 1, 1, answer);
        pair.Run(0.01);
        stranger.Received.Clear();
    }

    /// <summary>Manchester's number.</summary>
    public ushort Far { get; }

    /// <summary>ISeqno of the frames sent.</summary>
    public byte Heard { get; set; } = 2;

    public byte NextOut { get => o; set => o = value; }

    /// <summary>A frame in its order.</summary>
    public void Send(FrameType type, byte subclass, byte[]? payload = null) =>
        stranger.Send(pair.Manchester.Address, type, subclass, Number, Far, timestamp += 20, o++, Heard, payload);

    public void Send(IaxCommand command, byte[]? elements = null) => Send(FrameType.Iax, (byte)command, elements);

    public static byte[] TokenFor(IaxPair pair, RawPeer peer)
    {
        peer.Send(pair.Manchester.Address, Forge.New(Number, RawPeer.NewOf("london", [])));
        pair.Run(0.01);
        byte[] token = peer.ElementsOf(peer.Received.Count - 1).CallToken!;
        peer.Received.RemoveAt(peer.Received.Count - 1);
        return token;
    }

    private static byte[] Plain(byte[] token) => RawPeer.NewOf("london", token);
}
