using System.Text;
using Mesh.Io;
using Mesh.Io.Simulation;
using Mesh.Sip.Messages;
using Mesh.Sip.Tests.Wire;

namespace Mesh.Sip.Tests.Endpoint;

/// <summary>RFC 4475 and worse against a live listener over UDP: the outcome of every row, and a valid request answered at once after each.</summary>
public sealed class TortureTests
{
    public static TheoryData<string> Names => [.. Rfc4475Messages.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_torture_message_gets_its_outcome_and_the_next_request_its_answer(string name)
    {
        var row = Rfc4475Messages.All.Single(r => r.Name == name);
        using var world = new SimulatedWorld();
        var node = Registrar(world);
        var peer = new RawPeer(world, "10.0.0.9:5060") { ReadsAnything = true };
        var statuses = new List<int>();
        // By its first line: the answer to a request without From has none either.
        world.Wire.OnDatagram += d => { if (d.From == node.Address && d.Payload.Span.StartsWith("SIP/2.0 "u8) && Status(d.Payload.Span) is >= 200 and var final) statuses.Add(final); };
        peer.Send(node.Address, row.Octets);
        world.RunFor(TimeSpan.FromMilliseconds(10));
        if (row.IsResponse) Assert.Empty(statuses);
        else Assert.True(row.MayAnswer(Assert.Single(statuses), senderIsTrusted: true), $"{row}: {string.Join(", ", statuses)}");
        Assert.Empty(world.Faults);
        statuses.Clear();
        peer.Send(node.Address, RawPeer.Request("OPTIONS", "z9hG4bKafter"));
        world.RunFor(TimeSpan.FromMilliseconds(10));
        Assert.Equal([200], statuses);
        node.Do(node.Endpoint.Abandon);
        Assert.Equal(0, node.Left);
    }

    [Fact]
    public void A_hundred_thousand_random_and_mutated_datagrams_hurt_nobody()
    {
        using var world = new SimulatedWorld(5);
        var node = Registrar(world);
        var peer = new RawPeer(world, "10.0.0.9:5060");
        var seeds = Rfc4475Messages.All.Select(r => r.Octets).Append(Encoding.UTF8.GetBytes(RawPeer.Request("INVITE"))).Append(Encoding.UTF8.GetBytes(RawPeer.Request("BYE", toTag: "x"))).ToArray();
        var chance = world.CreateChance();
        var flow = new Transport.SipFlow(node.Udp, NetAddress.Parse("10.0.0.77:5060"));
        node.Do(() =>
        {
            for (int i = 0; i < 100_000; i++)
            {
                byte[] octets = i % 4 == 0 ? new byte[chance.NextInt32(1_400)] : (byte[])seeds[chance.NextInt32(seeds.Length)].Clone();
                if (i % 4 == 0) chance.Fill(octets); else Mutate(octets, chance);
                node.Endpoint.OnDatagram(octets.AsSpan(0, chance.NextInt32(8) == 0 ? chance.NextInt32(octets.Length + 1) : octets.Length), flow);
            }
        });
        Assert.Empty(world.Faults);
        Assert.True(node.Endpoint.Metrics.Unreadable > 50_000);
        peer.Send(node.Address, RawPeer.Request("OPTIONS", "z9hG4bKafter"));
        world.RunFor(TimeSpan.FromMilliseconds(10));
        Assert.Equal(200, peer.LastStatus);
        world.RunFor(SipPair.Settle);
        Assert.Equal(0, node.Left);
        Assert.Empty(world.Faults);
    }

    internal static SipNode Registrar(SimulatedWorld world)
    {
        var node = new SipNode(world, "10.0.0.2:5060");
        node.WhenInvited = invite => invite.Reject(SipStatus.BusyHere);
        node.WhenRegistering = register => register.Respond(
            register.Request.Has(HeaderName.Authorization) ? SipStatus.Unauthorized : register.Request.To.Uri.IsSip ? SipStatus.Ok : SipStatus.NotFound);
        return node;
    }

    private static int Status(ReadOnlySpan<byte> response) => int.Parse(response[8..11], System.Globalization.CultureInfo.InvariantCulture);

    private static void Mutate(byte[] octets, IChance chance)
    {
        for (int i = chance.NextInt32(8); i >= 0; i--) octets[chance.NextInt32(octets.Length)] = chance.NextInt32(3) == 0 ? (byte)"\r\n ;:,<>\"@/="[chance.NextInt32(12)] : (byte)chance.NextInt32(256);
    }
}
