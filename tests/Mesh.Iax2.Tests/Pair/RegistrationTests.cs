using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

public sealed class RegistrationTests : IDisposable
{
    private readonly SimulatedWorld world = new();
    private readonly IaxSite server, device;

    public RegistrationTests()
    {
        server = new IaxSite(world, "london", "10.0.0.1:4569");
        device = new IaxSite(world, "fax", "10.0.0.9:4569");
        server.Loop.Invoke(() => server.Endpoint.AddPeer(new PeerOptions { Name = "fax-modem", Secret = "battery-staple", Qualify = new QualifyOptions() }));
    }

    [Fact]
    public void A_device_registers_is_kept_and_can_be_called()
    {
        var registration = Register("fax-modem", "battery-staple");
        Run(1);
        Assert.Equal([RegistrationState.Registered], device.Registrations);
        Assert.Equal(device.Address, server.Stored["fax-modem"].Address);
        Assert.Equal(60, registration.GrantedSeconds);
        Assert.Equal(device.Address, registration.ApparentAddress);
        Assert.Contains(server.PeerStates, state => state.Now == PeerState.Alive);
        Run(1000);
        Assert.All(device.Registrations, state => Assert.Equal(RegistrationState.Registered, state));
        Assert.InRange(device.Registrations.Count, 19, 22);
        Assert.NotNull(ServerPeer.Binding);

        device.Loop.Invoke(() => device.Endpoint.AddPeer(new PeerOptions { Name = "london", TheirUsername = "fax-modem", Secret = "battery-staple", Address = server.Address }));
        var (call, _, _) = server.Place("fax-modem");
        Assert.True(world.RunUntil(() => call.IsUp, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void The_positive_answer_waits_for_the_store()
    {
        server.Held = [];
        Register("fax-modem", "battery-staple");
        Run(1);
        Assert.Empty(device.Registrations);
        // The client asked again meanwhile; the store is asked once.
        Run(3);
        Assert.Single(server.Held);
        server.Loop.Invoke(() => server.Held[0](true));
        Run(1);
        Assert.Equal([RegistrationState.Registered], device.Registrations);
    }

    [Fact]
    public void A_store_that_fails_acknowledges_nothing_and_is_asked_again()
    {
        server.Held = [];
        Register("fax-modem", "battery-staple");
        Run(1);
        server.Loop.Invoke(() => server.Held[0](false));
        Run(10);
        Assert.Empty(device.Registrations);
        Assert.Null(ServerPeer.Binding);
        Assert.Equal(2, server.Held.Count);
        server.Loop.Invoke(() => server.Held[1](true));
        Run(1);
        Assert.Equal([RegistrationState.Registered], device.Registrations);
    }

    [Theory]
    [InlineData("fax-modem", "wrong")]
    [InlineData("nobody", "battery-staple")]
    public void A_wrong_secret_and_an_unknown_name_are_refused_alike(string user, string secret)
    {
        var frames = new List<string>();
        world.Wire.OnDatagram += datagram => { if (FullFrame.TryRead(datagram.Payload.Span, out var frame)) frames.Add(frame.Command.ToString()); };
        Register(user, secret);
        Run(1);
        Assert.Equal(["RegReq", "CallToken", "RegReq", "RegAuth", "RegReq", "RegRej", "Ack"], frames);
        Assert.Equal([RegistrationState.Rejected], device.Registrations);
        Assert.Empty(server.Stored);
        Assert.Equal(0, server.Endpoint.NumbersInUse);
    }

    [Fact]
    public void A_request_that_pretends_to_be_an_answer_gets_nothing_for_it()
    {
        server.Loop.Invoke(() => server.Endpoint.AddPeer(new PeerOptions { Name = "open" }));
        var stranger = new RawPeer(world, "10.0.0.66:4569");
        foreach (string user in (string[])["open", "fax-modem", "nobody"])
        {
            stranger.Received.Clear();
            stranger.Send(server.Address, IaxCommand.RegReq, 7, CallNumbers.Stateless, 9, 1, 1, RawPeer.Write((ref w) => w.AddText(ElementId.Username, user)));
            Run(1);
            Assert.Equal(["RegRej"], stranger.Said());
            Assert.Equal(FullFrame.HeaderLength, stranger.Received[0].Length);
        }
        Assert.Empty(server.Stored);
    }

    [Theory]
    [InlineData((ushort)0x0302, 2, 3)]
    [InlineData((ushort)0xFFFF, 255, 255)]
    public void Messages_waiting_are_told_at_every_registration(ushort told, int fresh, int old)
    {
        var registration = Register("fax-modem", "battery-staple");
        Run(1);
        Assert.Null(registration.MessageCount);
        Assert.Null(registration.Messages);
        ServerPeer.MessageCount = told;
        Run(60);
        Assert.Equal(told, registration.MessageCount);
        Assert.Equal(new MessagesWaiting(fresh, old), registration.Messages);
        Assert.InRange(world.Clock.GetUtcNow() - registration.ServerTime!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(62));
        ServerPeer.MessageCount = MessagesWaiting.Some(1, 300).ToOctets();
        Run(60);
        Assert.Equal(new MessagesWaiting(1, 255), registration.Messages);
    }

    [Fact]
    public void A_registration_of_a_short_name_is_taken_back_too()
    {
        server.Loop.Invoke(() => server.Endpoint.AddPeer(new PeerOptions { Name = "ab", Secret = "battery-staple" }));
        var registration = Register("ab", "battery-staple");
        Run(1);
        Assert.NotEmpty(server.Stored);
        device.Loop.Invoke(registration.Stop);
        Run(1);
        Assert.Empty(server.Stored);
        Assert.Equal(RegistrationState.Unregistered, registration.State);
    }

    [Fact]
    public void A_registration_is_taken_back()
    {
        var registration = Register("fax-modem", "battery-staple");
        Run(1);
        device.Loop.Invoke(registration.Stop);
        Run(1);
        Assert.Equal([RegistrationState.Registered, RegistrationState.Unregistered], device.Registrations);
        Assert.Empty(server.Stored);
        Assert.Null(ServerPeer.Address);
        Assert.Equal((0, 0), (server.Endpoint.NumbersInUse, device.Endpoint.NumbersInUse));
        Assert.Equal((0, 0), (server.Loop.Deadlines.Armed, device.Loop.Deadlines.Armed));
    }

    [Fact]
    public void A_device_that_goes_away_expires()
    {
        Register("fax-modem", "battery-staple");
        Run(1);
        world.KillHost(device.Address);
        Run(80);
        Assert.Null(ServerPeer.Binding);
        Assert.Empty(server.Stored);
        server.Loop.Invoke(() =>
        {
            Assert.False(server.Endpoint.TryPlace("fax-modem", new NewCallOptions { CalledNumber = "1" }, new CallLog(), out _, out var refusal));
            Assert.Equal(CauseCode.SubscriberAbsent, refusal);
        });
    }

    [Fact]
    public void A_binding_is_taken_up_after_a_restart()
    {
        var binding = new RegistrationBinding("fax-modem", device.Address, 60, world.Clock.GetUtcNow().AddSeconds(30));
        server.Loop.Invoke(() =>
        {
            Assert.True(server.Endpoint.Restore(binding));
            Assert.False(server.Endpoint.Restore(binding with { ExpiresUtc = world.Clock.GetUtcNow() }));
            Assert.False(server.Endpoint.Restore(binding with { PeerName = "nobody" }));
        });
        Assert.Equal(device.Address, ServerPeer.Address);
        Run(31);
        Assert.Null(ServerPeer.Address);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_tried_again_and_again()
    {
        world.KillHost(server.Address);
        Register("fax-modem", "battery-staple");
        Run(300);
        Assert.InRange(device.Registrations.Count, 3, 12);
        Assert.All(device.Registrations, state => Assert.Equal(RegistrationState.TimedOut, state));
        Assert.InRange(device.Endpoint.NumbersInUse, 0, 1);
    }

    [Fact]
    public void A_registration_holds_over_a_bad_wire()
    {
        world.Wire.Default = new Impairment { Loss = 0.2, Duplication = 0.1, Reordering = 0.1 };
        Register("fax-modem", "battery-staple");
        int absent = 0;
        for (int second = 0; second < 3600; second++)
        {
            Run(1);
            if (second > 20 && ServerPeer.Binding is null) absent++;
        }
        Assert.InRange(absent, 0, 60);
        Assert.Empty(world.Faults);
    }

    public void Dispose() => world.Dispose();

    private Peer ServerPeer => server.Endpoint.Peers.TryGet("fax-modem", out var peer) ? peer : throw new InvalidOperationException();

    private RegistrationClient Register(string user, string secret) => device.Loop.Invoke(() =>
    {
        var registration = device.Endpoint.AddRegistration(new RegistrationClientOptions { Server = server.Address, Username = user, Secret = secret });
        registration.Start();
        return registration;
    });

    private void Run(double seconds) => world.RunFor(TimeSpan.FromSeconds(seconds));
}
