using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Hostile;

/// <summary>Who proved nothing is never sent more than it sent: not by any frame, and not later either.</summary>
public sealed class AmplificationTests : IDisposable
{
    private readonly IaxPair pair = new();
    private readonly NetAddress stranger = NetAddress.Parse("10.0.0.66:4569");

    private IaxEndpoint Target => pair.Manchester.Endpoint;

    [Fact]
    public void No_reply_to_an_unproven_source_is_larger_than_the_request()
    {
        pair.Manchester.Loop.Invoke(() =>
        {
            Target.AddPeer(new PeerOptions { Name = "device", Secret = "s3cret" });
            Target.AddPeer(new PeerOptions { Name = "open" });
        });
        int answered = 0, cases = 0;
        foreach (byte[] elements in Payloads())
            for (int type = 0; type <= 17; type++)
                for (int subclass = 0; subclass < 256; subclass += type == (int)FrameType.Iax ? 1 : 37)
                    foreach (ushort destination in (ushort[])[0, CallNumbers.Stateless, 0x456])
                    {
                        byte[] request = Forge.Frame((FrameType)type, (byte)subclass, 7, destination, 3, 0, 0, elements);
                        int sent = Sent(request);
                        Assert.True(sent <= request.Length, $"{sent} octets for {Convert.ToHexString(request)}");
                        answered += sent > 0 ? 1 : 0;
                        // The limit of INVAL a second must not hide anything.
                        if (++cases % 150 == 0) pair.Run(1);
                    }
        foreach (string hex in (string[])["00000100000000280001000401020304", "0000800700000000", "000002", "00070000", "0007000001020304"]) Assert.Equal(0, Sent(Hex.Parse(hex)));
        Assert.True(answered > 1_000, $"only {answered} of {cases} were answered at all");
        pair.Datagrams.Clear();
        pair.Run(120);
        Assert.DoesNotContain(pair.Datagrams, datagram => datagram.To == stranger);
        Assert.Equal((0, 0, 0), (Target.NumbersInUse, Target.CallCount, pair.Manchester.Loop.Deadlines.Armed));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("one")]
    [InlineData("branch7")]
    public void A_request_of_any_name_has_room_for_a_token_that_is_good(string name)
    {
        var peer = new RawPeer(pair.World, "10.0.0.67:4569");
        pair.Manchester.Loop.Invoke(() => Target.AddPeer(new PeerOptions { Name = name, Secret = "s3cret" }));
        byte[] Request(byte[] token) => RawPeer.Write((ref w) => { w.AddText(ElementId.Username, name); w.AddUInt16(ElementId.Refresh, 60); w.Add(ElementId.CallToken, token); });
        peer.Send(pair.Manchester.Address, IaxCommand.RegReq, 7, 0, 3, 0, 0, Request([]));
        pair.Run(0.01);
        byte[] token = peer.ElementsOf(0).CallToken!;
        Assert.InRange(token.Length, CallTokens.ShortestToken, CallTokens.TokenLength);
        peer.Send(pair.Manchester.Address, IaxCommand.RegReq, 7, 0, 3, 0, 0, Request(token));
        pair.Run(0.01);
        Assert.Equal(["CallToken", "RegAuth"], peer.Said());
        peer.Send(pair.Manchester.Address, IaxCommand.RegReq, 7, 0, 3, 0, 0, Request(token[..^1]));
        pair.Run(0.01);
        Assert.Equal(token.Length - 1 >= CallTokens.ShortestToken ? "RegAuth" : "RegRej", peer.Said()[^1]);
    }

    /// <summary>Devices that know no tokens must be challenged unproven: so often a second and no more, and the device itself is not kept out by a flood.</summary>
    [Fact]
    public void Challenges_that_are_larger_than_the_request_are_rationed()
    {
        pair.Manchester.Loop.Invoke(() => Target.AddPeer(new PeerOptions { Name = "faxmodem", Secret = "battery", CallToken = CallTokenPolicy.Optional }));
        var device = new RawPeer(pair.World, "10.0.0.68:4569");
        byte[] request = RawPeer.Write((ref w) => { w.AddText(ElementId.Username, "faxmodem"); w.AddUInt16(ElementId.Refresh, 60); });
        Register();
        pair.Run(1);
        pair.Datagrams.Clear();
        for (int i = 0; i < 10_000; i++) pair.Manchester.Deliver(NetAddress.FromIPv4(0x0B000000u + (uint)i, 4569), Forge.Frame(IaxCommand.RegReq, 7, 0, 3, 0, 0, request));
        Assert.Equal(Target.Options.MaxUnprovenChallengesPerSecond, pair.Datagrams.Count);
        Assert.Equal(10_000 - Target.Options.MaxUnprovenChallengesPerSecond, Target.Counters[DropReason.ChallengeLimited]);
        device.Received.Clear();
        Register();
        Assert.Equal(["RegAuth", "RegAck"], device.Said());

        void Register()
        {
            device.Send(pair.Manchester.Address, IaxCommand.RegReq, 7, 0, 3, 0, 0, request);
            pair.Run(0.001);
            byte[] answer = RawPeer.Write((ref w) =>
            {
                w.AddText(ElementId.Username, "faxmodem");
                w.AddText(ElementId.Md5Result, Authentication.Md5Result(device.ElementsOf(0).Challenge, "battery"));
            });
            device.Send(pair.Manchester.Address, IaxCommand.RegReq, 7, CallNumbers.Stateless, 9, 1, 1, answer);
            pair.Run(0.001);
        }
    }

    public void Dispose() => pair.Dispose();

    /// <summary>Octets that go back to the source of a datagram before anything else happens.</summary>
    private int Sent(byte[] request)
    {
        pair.Datagrams.Clear();
        pair.Manchester.Deliver(stranger, request);
        return pair.Datagrams.Where(datagram => datagram.To == stranger).Sum(datagram => datagram.Payload.Length);
    }

    private static IEnumerable<byte[]> Payloads()
    {
        yield return [];
        yield return [0x36, 0];
        yield return [0x36, 3, 1, 2, 3];
        yield return [0x06];
        yield return [0x0B, 2, 0, 3];
        foreach (string user in (string[])["", "x", "one", "london", "device", "open", "nobody"])
            foreach (byte[]? token in (byte[]?[])[null, [], new byte[CallTokens.ShortestToken], new byte[CallTokens.TokenLength]])
            {
                yield return RawPeer.Write((ref w) => { w.AddText(ElementId.Username, user); if (token is not null) w.Add(ElementId.CallToken, token); });
                yield return RawPeer.Write((ref w) =>
                {
                    w.AddText(ElementId.Username, user);
                    w.AddText(ElementId.Md5Result, new string('0', 32));
                    if (token is not null) w.Add(ElementId.CallToken, token);
                });
                yield return RawPeer.NewOf(user, token);
            }
    }
}
