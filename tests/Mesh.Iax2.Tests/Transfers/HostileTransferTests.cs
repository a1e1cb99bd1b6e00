using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Transfers;

/// <summary>Who may move a call, and who may not.</summary>
public class HostileTransferTests
{
    private static byte[] Request(NetAddress target, ushort number = 0x55, uint id = 0xdeadbeef) => RawPeer.Write((ref w) =>
    {
        Span<byte> address = stackalloc byte[ApparentAddress.IPv6Length];
        w.Add(ElementId.ApparentAddress, address[..ApparentAddress.Write(address, target)]);
        w.AddUInt16(ElementId.CallNumber, number);
        w.AddUInt32(ElementId.TransferId, id);
    });

    private static byte[] Id(uint id) => RawPeer.Write((ref w) => w.AddUInt32(ElementId.TransferId, id));

    [Fact]
    public void A_peer_that_is_no_site_of_ours_is_told_no()
    {
        // London knows Manchester as another system, not as a site.
        using var pair = new IaxPair(toCallee: peer => peer with { IsSite = false });
        var third = new RawPeer(pair.World, "10.0.0.3:4569");
        pair.London.Loop.Invoke(() => pair.London.Endpoint.AddPeer(new PeerOptions { Name = "oxford", Secret = "s", Address = third.Address, IsSite = true }));
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        var far = pair.Manchester.Received[0];
        Deliver(pair.London, pair.Manchester.Address, Frame(IaxCommand.TxReq, far.LocalNumber, call.LocalNumber, Request(third.Address), Next(pair.Datagrams, pair.Manchester.Address), Next(pair.Datagrams, pair.London.Address)));
        pair.Run(1);
        Assert.Contains("> TxRej", pair.Conversation());
        Assert.Empty(third.Received);
        Assert.Equal(1, pair.London.Endpoint.Counters[DropReason.TransferRefused]);
        Assert.True(call.IsUp);
    }

    [Theory]
    [InlineData("10.0.0.9:4569")]
    [InlineData("10.0.0.3:4570")]
    [InlineData("10.0.0.2:4569")]
    [InlineData("10.0.0.1:4569")]
    public void A_site_may_not_send_a_call_to_anybody_but_another_site(string target)
    {
        using var sites = new ThreeSites();
        sites.Connect(talking: false);
        SayAsManchester(sites, IaxCommand.TxReq, Request(NetAddress.Parse(target)));
        sites.Run(1);
        Assert.Contains("london TxRej manchester", sites.TransferFrames());
        Assert.DoesNotContain(sites.Datagrams, d => FullFrame.TryRead(d.Payload.Span, out var frame) && frame.Command == IaxCommand.TxCnt);
        Assert.True(sites.A.IsUp);
    }

    [Theory]
    [InlineData(ElementId.ApparentAddress)]
    [InlineData(ElementId.CallNumber)]
    [InlineData(ElementId.TransferId)]
    public void A_request_that_lacks_an_element_is_told_no(ElementId missing)
    {
        using var sites = new ThreeSites();
        sites.Connect(talking: false);
        byte[] whole = Request(sites.Oxford.Address);
        byte[] part = RawPeer.Write((ref w) =>
        {
            var reader = new ElementReader(whole);
            while (reader.MoveNext()) if (reader.Id != missing) w.Add(reader.Id, reader.Data);
        });
        SayAsManchester(sites, IaxCommand.TxReq, part);
        sites.Run(1);
        Assert.Contains("london TxRej manchester", sites.TransferFrames());
        Assert.Equal(1, sites.London.Endpoint.Counters[DropReason.TransferRefused]);
    }

    [Fact]
    public void A_site_that_allows_no_transfer_says_no_and_the_call_goes_on()
    {
        using var sites = new ThreeSites(transfer: new() { IsAllowed = false });
        sites.Connect(talking: false);
        SayAsManchester(sites, IaxCommand.TxReq, Request(sites.Oxford.Address, sites.Out.RemoteNumber));
        sites.Run(1);
        Assert.Contains("london TxRej manchester", sites.TransferFrames());
        Assert.True(sites.A.IsUp);
    }

    [Fact]
    public void Unasked_TXCNT_TXACC_and_TXMEDIA_are_counted_and_never_answered()
    {
        using var sites = new ThreeSites();
        sites.Connect(talking: false);
        var stranger = new RawPeer(sites.World, "10.0.0.9:4569");
        foreach (var command in (IaxCommand[])[IaxCommand.TxCnt, IaxCommand.TxAcc])
        {
            stranger.Send(sites.London.Address, command, 0x55, sites.A.LocalNumber, 5, 0, 0, Id(1));
            stranger.Send(sites.London.Address, command, 0x55, 0x7FF0, 5, 0, 0, Id(1));
        }
        sites.Run(1);
        Assert.Empty(stranger.Received);
        Assert.Equal(4, sites.London.Endpoint.Counters[DropReason.TransferUnasked]);
        // From the call's own peer they mean nothing either; TXMEDIA is acknowledged like any frame of the call.
        SayAsManchester(sites, IaxCommand.TxMedia, []);
        sites.Run(1);
        Assert.Equal(5, sites.London.Endpoint.Counters[DropReason.TransferUnasked]);
        Assert.True(sites.A.IsUp && sites.A.Peer!.Name == "manchester");
    }

    [Fact]
    public void TXCNT_and_TXACC_without_the_right_id_move_nothing()
    {
        using var sites = new ThreeSites();
        sites.Connect(talking: false);
        sites.World.Wire.Partition(sites.London.Address, sites.Oxford.Address);
        Assert.True(sites.Leave());
        sites.Run(0.01);
        Assert.Contains("london TxCnt oxford", sites.TransferFrames());
        // Oxford itself, as far as address and number go, but its id is a guess.
        for (uint id = 0; id < 1000; id++)
            foreach (var command in (IaxCommand[])[IaxCommand.TxCnt, IaxCommand.TxAcc])
                Deliver(sites.London, sites.Oxford.Address, Frame(command, sites.C.LocalNumber, sites.A.LocalNumber, Id(id)));
        Assert.Equal(2000, sites.London.Endpoint.Counters[DropReason.TransferUnasked]);
        Assert.DoesNotContain(sites.Datagrams, d => FullFrame.TryRead(d.Payload.Span, out var frame) && frame.Command == IaxCommand.TxAcc);
        Assert.DoesNotContain("london TxReady manchester", sites.TransferFrames());
    }

    [Fact]
    public void A_hundred_thousand_forged_frames_during_a_transfer_change_nothing()
    {
        using var sites = new ThreeSites();
        sites.Connect(talking: false);
        Assert.True(sites.Leave());
        sites.World.Wire.Partition(sites.London.Address, sites.Oxford.Address);
        sites.Run(0.05);
        var chance = new SeededChance(3);
        var stranger = NetAddress.Parse("10.0.0.9:4569");
        var commands = (IaxCommand[])[IaxCommand.TxReq, IaxCommand.TxCnt, IaxCommand.TxAcc, IaxCommand.TxReady, IaxCommand.TxRel, IaxCommand.TxRej, IaxCommand.TxMedia, IaxCommand.Hangup, IaxCommand.Inval];
        for (int i = 0; i < 100_000; i++)
        {
            bool elsewhere = i % 2 == 0;
            ushort source = elsewhere ? sites.C.LocalNumber : (ushort)(2 + chance.NextInt32(0x7FF0));
            if (!elsewhere && source == sites.C.LocalNumber) continue;
            var command = commands[i % commands.Length];
            byte[] elements = command == IaxCommand.TxReq ? Request(stranger) : Id((uint)chance.NextInt32(int.MaxValue));
            Deliver(sites.London, elsewhere ? stranger : sites.Oxford.Address, Frame(command, source, sites.A.LocalNumber, elements, (byte)i));
        }
        sites.World.Wire.Heal();
        Assert.True(sites.Until(() => sites.IsDirect, 10));
        Assert.Empty(sites.World.Faults);
    }

    [Fact]
    public void A_stranger_with_the_number_of_the_other_end_cannot_speak_in_its_place()
    {
        using var sites = new ThreeSites(impairment: new Impairment { Latency = TimeSpan.FromMilliseconds(20) });
        sites.Connect(talking: false);
        Assert.True(sites.Leave());
        Assert.True(sites.Until(() => sites.TransferFrames().Contains("london TxReady manchester"), 1));
        Deliver(sites.London, NetAddress.Parse("10.0.0.9:4569"), Frame(IaxCommand.Ping, sites.C.LocalNumber, sites.A.LocalNumber, []));
        Assert.Equal("manchester", sites.A.Peer!.Name);
        // The end itself may: it speaks only when it was released.
        Deliver(sites.London, sites.Oxford.Address, Frame(IaxCommand.Ping, sites.C.LocalNumber, sites.A.LocalNumber, []));
        Assert.Equal("oxford", sites.A.Peer!.Name);
    }

    private static void SayAsManchester(ThreeSites sites, IaxCommand command, byte[] elements) => Deliver(sites.London, sites.Manchester.Address,
        Frame(command, sites.In.LocalNumber, sites.A.LocalNumber, elements, Next(sites.Datagrams, sites.Manchester.Address, sites.London.Address), Next(sites.Datagrams, sites.London.Address, sites.Manchester.Address)));

    /// <summary>The number the next sequenced frame would have.</summary>
    private static byte Next(List<WireDatagram> datagrams, NetAddress from, NetAddress? to = null)
    {
        byte next = 0;
        foreach (var datagram in datagrams)
            if (datagram.From == from && (to is null || datagram.To == to) && FullFrame.TryRead(datagram.Payload.Span, out var frame) && frame.IsSequenced && frame.Command != IaxCommand.CallToken)
                next = (byte)(frame.OutSequence + 1);
        return next;
    }

    private static byte[] Frame(IaxCommand command, ushort source, ushort destination, byte[] elements, byte o = 0, byte i = 0)
    {
        var bytes = new byte[FullFrame.HeaderLength + elements.Length];
        new FullFrame { SourceCall = source, DestinationCall = destination, Timestamp = 5, OutSequence = o, InSequence = i, Type = FrameType.Iax, SubclassOctet = (byte)command, Payload = elements }.Write(bytes);
        return bytes;
    }

    private static void Deliver(IaxSite site, NetAddress from, byte[] bytes)
    {
        var buffer = new byte[Datagram.Headroom + bytes.Length];
        bytes.CopyTo(buffer, Datagram.Headroom);
        site.Loop.Invoke(() => ((IDatagramReceiver)site.Endpoint).OnDatagram(null!, new Datagram(buffer, bytes.Length, from, site.Loop.Clock.NowMicros)));
    }
}
