using Mesh.Iax2;
using Mesh.Iax2.Peers;
using Mesh.Io;
using Mesh.Io.Simulation;

namespace Mesh.Host.IaxTester.Calls;

/// <summary>
/// One call and one registration played with itself in virtual time, before the first real frame: what is measured afterwards is the server, not a program that is still being compiled.
/// </summary>
internal static class Warmup
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    public static void Run()
    {
        using var world = new SimulatedWorld();
        var (far, near) = (world.CreateLoop("far"), world.CreateLoop("near"));
        var there = NetAddress.Parse("192.0.2.1:4569");
        var listener = new Listener(far, new ListenOptions { AnswerAfterMs = 100 }, static _ => { });
        var server = far.Invoke(() => new IaxEndpoint(far, there, listener, null, listener));
        far.Invoke(() => server.AddPeer(new PeerOptions { Name = "warm", Secret = "warm" }));
        var ladder = new Report.Ladder(near.Clock, static _ => { });
        var registered = false;
        var client = near.Invoke(() => new IaxEndpoint(near, NetAddress.Parse("192.0.2.2:4569"), new Commands.CallerOnly(_ => registered = true), new IaxEndpointOptions { Tap = ladder }));
        bool isOver = false;
        near.Invoke(() =>
        {
            var peer = client.AddPeer(new PeerOptions { Name = "server", OurUsername = "warm", Secret = "warm", Address = there });
            var order = new CallOrder { Extension = "600", Say = Spoken.Tone(1000), MeasureHz = 1000, DurationMs = 1_000, Digits = "1", Text = "warm" };
            TestCall.Place(client, peer, order, (_, _) => isOver = true);
            client.AddRegistration(new RegistrationClientOptions { Server = there, Username = "warm", Secret = "warm" }).Start();
        });
        world.RunUntil(() => isOver && registered, Long);
    }
}
