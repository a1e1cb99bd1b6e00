using System.Text;
using System.Text.RegularExpressions;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Demo.Phones;
using Mesh.Host.Ladders;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Io.Simulation;
using Mesh.Media;
using Mesh.Scenarios;

namespace Mesh.Simulation.Tests;

/// <summary>The ladder of a call over two sites, put together from both, against everything the wire carried: nothing missing, nothing extra, in order.</summary>
public sealed class LadderTests
{
    private const string Net = "127.66.0";

    private static readonly TestPlan Plan = new(["desk"], """
        Extension("301", async call =>
        {
            await call.Wait(1.Seconds);
            await call.Dial(Person("301"), ringFor: 20.Seconds);
        });
        Inbound("+442079460301", call => call.Goto("301"));
        """)
    { People = new Dictionary<string, string[]> { ["301"] = ["desk"] }, Numbers = ["+442079460301"], RtpPorts = "20000-20199" };

    [Theory]
    [InlineData(1ul, 0)]
    [InlineData(2ul, 0.15)]
    [InlineData(3ul, 0.25)]
    public async Task Every_message_of_the_wire_is_in_it_once_those_that_were_lost_too(ulong seed, double loss)
    {
        using var world = new VirtualWorld(seed);
        var wire = new List<WireDatagram>();
        world.Wire.OnDatagram += wire.Add;
        var ladder = await PlayAsync(world, Plan, loss);
        var carried = Carried(wire);
        Assert.True(carried.Count > 30, $"{carried.Count} messages were carried");
        Assert.Equal(Spelled(carried.Select(d => (d.From.ToString(), d.To.ToString(), d.Payload.ToArray()))), Spelled(ladder.Messages.Select(m => (m.Source, m.Destination, m.Octets))));
        Assert.Equal(ladder.Messages.Select(m => m.At).Order(), ladder.Messages.Select(m => m.At));
        int lost = carried.Count(d => d.Fate != PathFate.Sent && d.From.Port == 4569);
        Assert.Equal(lost, ladder.Messages.Count(m => m.IsLost));
        if (loss > 0) Assert.True(lost > 0 && ladder.Messages.Any(m => m.IsRepeat), "nothing was lost: the row shows nothing");
        Assert.All(ladder.Messages.Where(m => m.DelayMicros is not null), m => Assert.True(m.DelayMicros >= 0, $"{m.Title} was received before it was sent"));
    }

    [Fact]
    public async Task A_sealed_call_has_the_same_messages_as_one_in_clear()
    {
        string clear = Shape(await ShapeAsync(Plan)), hidden = Shape(await ShapeAsync(Plan with { Sealed = true }));
        Assert.Contains("NEW 301", clear, StringComparison.Ordinal);
        Assert.Equal(clear, hidden);
    }

    [Fact]
    public async Task The_plan_s_lines_stand_between_the_messages_and_the_voice_is_told()
    {
        using var world = new VirtualWorld(5);
        var ladder = await PlayAsync(world, Plan, 0);
        var steps = ladder.Steps.Where(s => s.Source.Length > 0).Select(s => $"{s.Site} {s.Source} {s.Text.Split(' ')[0]}").ToList();
        Assert.Equal(["london plan.csx:6 goto", "london plan.csx:3 wait", "london plan.csx:4 dial"], steps.Take(3));
        Assert.Contains("manchester plan.csx:4 dial", steps);
        var rows = ladder.Rows().ToList();
        int dial = rows.FindIndex(r => r is LadderStep { Site: "london", Source: "plan.csx:4" }), placed = rows.FindIndex(r => r is LadderMessage { Title: "NEW 301" });
        Assert.True(dial >= 0 && dial < placed, "the Dial stands after the leg it made");
        Assert.Equal(["carrier 127.66.0.9:5060", "london", "desk 127.66.0.20:5060", "manchester"], ladder.Lanes.Select(l => l.ToString()).Where(l => !l.StartsWith("off", StringComparison.Ordinal)).OrderBy(l => l[0] == 'm').ThenBy(l => l[0] == 'd').ThenBy(l => l[0] == 'l'));
        Assert.All(ladder.Voice, v => Assert.True(v.Quality.Received > 20, $"{v}"));
        Assert.Contains(ladder.Voice, v => v is { Site: "london", Protocol: "sip" });
        Assert.Contains(ladder.Voice, v => v is { Site: "manchester", Protocol: "iax2" });
        Assert.False(ladder.IsLive);
    }

    private static async Task<Ladder> ShapeAsync(TestPlan plan)
    {
        using var world = new VirtualWorld(4);
        return await PlayAsync(world, plan, 0);
    }

    /// <summary>What is said, without numbers, times and other things of one run.</summary>
    private static string Shape(Ladder ladder) => string.Join('\n', ladder.Messages
        .GroupBy(m => $"{ladder.Lanes[m.From].Name} -> {ladder.Lanes[m.To].Name}").OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}: {string.Join(", ", g.Select(m => m.Title.Split('@')[0]))}"));

    private static async Task<Ladder> PlayAsync(VirtualWorld world, TestPlan plan, double loss)
    {
        using var mesh = new MeshOfSites(world, plan, Net);
        var loop = world.CreateLoop("phones");
        using var carrier = new SoftPhone(loop, new SoftPhoneOptions("carrier", NetAddress.Parse($"{Net}.9:5060")) { Codecs = [AudioCodec.Pcma], SaysHz = 700, HearsHz = 1100 });
        using var desk = new SoftPhone(loop, new SoftPhoneOptions("desk", NetAddress.Parse($"{Net}.20:5060")) { Secret = TestPlan.Secret, Codecs = [AudioCodec.Pcma], SaysHz = 1100, HearsHz = 700 });
        Ladder? ladder = null;
        await world.PlayAsync(async () => ladder = await CallAsync(world, mesh, carrier, desk, loss), TimeSpan.FromMinutes(3));
        foreach (var each in mesh.Sites.Values) Assert.Equal(0, each.Ladders!.Counters.MessagesMissed);
        return ladder!;
    }

    private static async Task<Ladder> CallAsync(VirtualWorld world, MeshOfSites mesh, SoftPhone carrier, SoftPhone desk, double loss)
    {
        var (loop, london) = (carrier.Loop, mesh["london"]);
        desk.Behaviour = PhoneBehaviour.Answers(1000);
        await LoopWait.Ask(loop, () => desk.Register(mesh.Sip("manchester")));
        Assert.True(await LoopWait.Until(loop, 10_000, () => desk.IsRegisteredEverywhere), "the desk could not register");
        Assert.True(await LoopWait.Until(london.Signalling, 10_000, () => london.Iax.Peers.All.All(p => p.State == PeerState.Alive)), "London does not see the others");
        if (loss > 0) world.Wire.SetLink(NetAddress.Parse($"{Net}.1:0"), NetAddress.Parse($"{Net}.2:0"), new Impairment { Loss = loss, Latency = TimeSpan.FromMilliseconds(7) });
        var call = await LoopWait.Ask(loop, () => carrier.Call("+442079460301", mesh.Sip("london")));
        Assert.True(await LoopWait.Until(loop, 15_000, () => call.IsAnswered || call.IsOver) && call.IsAnswered, $"not answered: {call.FailedWith}");
        await LoopWait.For(loop, 12_000);
        string origin = await LoopWait.Ask(london.Signalling, () => Assert.Single(london.Runner.Calls.Snapshot()).OriginId);
        await LoopWait.Ask(loop, () => { call.HangUp(); return true; });
        Assert.True(await mesh.IsAllGivenBackAsync(20_000), mesh.Left());
        return (await new LadderDesk(london.Model, new CoresAsNeighbours(mesh)).FindAsync(origin, CancellationToken.None))!;
    }

    /// <summary>The SIP messages that are no registration, and the IAX2 full frames of calls: by the numbers their NEW names.</summary>
    private static List<WireDatagram> Carried(List<WireDatagram> wire)
    {
        var numbers = wire.Where(d => Full(d) is { Command: IaxCommand.New }).Select(d => (d.From, Full(d)!.Value.Source)).ToHashSet();
        return [.. wire.Where(d => d.To.Port == 5060 ? !Regex.IsMatch(Encoding.UTF8.GetString(d.Payload.Span), @"\r\nCSeq: \d+ REGISTER\r\n")
            : Full(d) is { } frame && (numbers.Contains((d.From, frame.Source)) || numbers.Contains((d.To, frame.Destination))))];
    }

    private static (IaxCommand Command, ushort Source, ushort Destination)? Full(WireDatagram datagram) =>
        datagram.To.Port == 4569 && Demultiplexer.Classify(datagram.Payload.Span) == DatagramKind.Full && FullFrame.TryRead(datagram.Payload.Span, out var frame) ? (frame.Command, frame.SourceCall, frame.DestinationCall) : null;

    private static IEnumerable<string> Spelled(IEnumerable<(string From, string To, byte[] Octets)> messages) => messages.Select(m => $"{m.From} {m.To} {Encoding.Latin1.GetString(m.Octets)}").Order(StringComparer.Ordinal);

    /// <summary>The other sites, asked without HTTP between them.</summary>
    private sealed class CoresAsNeighbours(MeshOfSites mesh) : INeighbours
    {
        public IReadOnlyList<string> Sites => [.. mesh.Sites.Keys];

        public async Task<IReadOnlyList<SiteAnswer<T>>> AskAllAsync<T>(string question, CancellationToken cancelled)
            where T : class
        {
            var answers = new List<SiteAnswer<T>>();
            foreach (var (name, core) in mesh.Sites) answers.Add(new SiteAnswer<T>(name, (T)(object)await new SiteLadders(core).FindAsync(question.Split('/')[1], cancelled), PairFault.None));
            return answers;
        }
    }
}
