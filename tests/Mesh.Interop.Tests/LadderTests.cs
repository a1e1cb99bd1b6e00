using System.Globalization;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Ladders;
using Mesh.Io;

namespace Mesh.Interop.Tests;

/// <summary>
/// The ladder of a call over two sites, with SIPp as carrier and phone, against tshark: message by message what was captured, the exported capture too, and the line of the plan that dialled.
/// </summary>
public sealed class LadderTests
{
    private static readonly TestPlan Plan = new(["desk"], """
        // What rings for 301.
        Extension("301", async call =>
        {
            if (await call
                .Dial(Person("301"), ringFor: 20.Seconds)) return;
            await call.Hangup();
        });
        Inbound("+442079460301", call => call.Goto("301"));
        """)
    { People = new Dictionary<string, string[]> { ["301"] = ["desk"] }, Numbers = ["+442079460301"], RtpPorts = "20000-20199" };

    [Fact]
    public async Task It_agrees_with_tshark_message_by_message()
    {
        const string Net = "127.66.1";
        await using var sites = new FourSites(Net, Plan);
        var (ladder, capture, pcap) = await PlayAsync(sites);

        // Two SIP legs of six messages and an IAX2 call of twelve frames, and what was said twice.
        Assert.InRange(capture.Count, 24, 200);
        AssertAgrees(capture, [.. ladder.Messages.Select(Spelled)]);
        Assert.DoesNotContain(ladder.Messages, m => m.IsLost);
        AssertAgrees(capture, SharkMessage.Read(pcap, isOfOneCall: true));
        var times = capture.Select(m => m.At).Zip(ladder.Messages.Select(m => m.At / 1e6), (shark, ours) => Math.Abs(shark - ours)).Order().ToList();
        Assert.True(times[times.Count / 2] < 0.1, $"half of the times are {times[times.Count / 2]:0.000} s or more from the capture's");
        AssertPlan(ladder);
        Assert.Equal(["office", "offsite"], ladder.Missing.Select(m => m.Site));
    }

    /// <summary>A relay between the sites loses a third of what they say: both ends' records together tell which.</summary>
    [Fact]
    public async Task It_shows_what_was_lost_and_said_again()
    {
        const string Net = "127.66.2";
        using var pair = new RelayedPair(Net, "london", "manchester", Impairments.Parse("drop=30%,delay=5ms"));
        await using var sites = pair.Sites(Plan);
        var (ladder, capture, pcap) = await PlayAsync(sites);
        bool IsPassed(SharkMessage m) => m.Source is $"{Net}.71:4569" or $"{Net}.72:4569";

        var sent = capture.Where(m => !IsPassed(m)).ToList();
        AssertAgrees(sent, [.. ladder.Messages.Select(Spelled)]);
        AssertAgrees(sent, SharkMessage.Read(pcap, isOfOneCall: true));
        // What a site sent and the relay never passed on.
        Assert.Equal(sent.Count(m => m.What.StartsWith("IAX2", StringComparison.Ordinal)) - capture.Count(IsPassed), ladder.Messages.Count(m => m.IsLost));
        Assert.Contains(ladder.Messages, m => m.IsLost);
        Assert.Contains(ladder.Messages, m => m is { Protocol: "iax2", IsRepeat: true });
        Assert.All(ladder.Messages.Where(m => m.DelayMicros is not null), m => Assert.True(m.DelayMicros >= 0, $"{m.Title} was received before it was sent"));
        AssertPlan(ladder);
    }

    /// <summary>Sealed, tshark sees no IAX2 at all; the ladder has the frames in clear, and its capture is one tshark can read.</summary>
    [Fact]
    public async Task A_sealed_call_is_shown_in_clear()
    {
        const string Net = "127.66.3";
        await using var sites = new FourSites(Net, Plan with { Sealed = true });
        var (ladder, capture, pcap) = await PlayAsync(sites);

        AssertAgrees(capture, [.. ladder.Messages.Where(m => m.Protocol == "sip").Select(Spelled)]);
        var iax = SharkMessage.Read(pcap, isOfOneCall: true).Where(m => m.What.StartsWith("IAX2", StringComparison.Ordinal)).ToList();
        AssertAgrees(iax, [.. ladder.Messages.Where(m => m.Protocol == "iax2").Select(Spelled)]);
        foreach (string title in (string[])["NEW 301", "ACCEPT", "CONTROL RINGING", "CONTROL ANSWER", "HANGUP cause 16", "ACK"])
            Assert.Contains(ladder.Messages, m => m.Protocol == "iax2" && (m.Title == title || $"CONTROL {m.Title}" == title));
        Assert.DoesNotContain(ladder.Messages, m => m.IsLost);
    }

    /// <summary>The same messages, and in each flow in the same order.</summary>
    private static void AssertAgrees(IReadOnlyList<SharkMessage> shark, IReadOnlyList<SharkMessage> ours) =>
        Assert.Equal(Flows(shark), Flows(ours));

    private static string Flows(IReadOnlyList<SharkMessage> messages) => string.Join('\n', messages.GroupBy(m => $"{m.Source} > {m.Destination}").OrderBy(g => g.Key, StringComparer.Ordinal)
        .SelectMany(g => g.Select(m => $"{g.Key} {m.What}")));

    private static SharkMessage Spelled(LadderMessage m) => new(m.At / 1e6, m.Source, m.Destination, m.Sip is { } sip ? $"SIP {(sip.Status is { } status ? status.ToString(CultureInfo.InvariantCulture) : sip.Method)} {sip.CSeq} {sip.CallId}"
        : m.Iax is { } iax ? $"IAX2 type {iax.Type} subclass {(iax.Type is 6 or 4 or 2 ? iax.Subclass.ToString(CultureInfo.InvariantCulture) : "")} {iax.SourceCall}/{iax.DestinationCall} o{iax.OutSequence} i{iax.InSequence} ts {iax.Timestamp}{(iax.IsRetransmission ? " again" : "")}" : m.Title);

    private static void AssertPlan(Ladder ladder)
    {
        int line = Array.FindIndex(Plan.Dialplan.Split('\n'), l => l.Contains(".Dial(", StringComparison.Ordinal)) + 1;
        foreach (string site in (string[])["london", "manchester"])
            Assert.Contains(ladder.Steps, s => s.Site == site && s.Source == $"plan.csx:{line}" && s.Text.StartsWith("dial ", StringComparison.Ordinal));
    }

    /// <summary>The carrier calls London, the desk answers at Manchester; the other two sites do not run.</summary>
    private static async Task<(Ladder Ladder, IReadOnlyList<SharkMessage> Capture, string Pcap)> PlayAsync(FourSites sites)
    {
        Referee.Require(Tshark.Path, "tshark");
        Referee.Require(Sipp.Path, "sip-tester");
        await sites.StartAsync("london", "manchester");
        string folder = Directory.CreateDirectory(Path.Combine(sites.Folder, "sipp")).FullName;
        using (var register = Sipp.Start("register", folder, "uac-register.xml", $"{sites.Net}.20", 5060, null, $"{sites.Host("manchester")}:5060", "-s", "desk", "-au", "desk", "-ap", TestPlan.Secret, "-m", "1", "-timeout", "10s"))
            Assert.Equal(0, await register.WaitAsync(TimeSpan.FromSeconds(20)));
        string why = "";
        Tshark? shark = null;
        // A machine with too much to do may leave a site silent for the 300 ms a leg has to show life; the call fails then as it should, and the next one is looked at.
        for (int i = 0; i < 5 && shark is null; i++)
        {
            shark = await Tshark.StartAsync(sites.Folder, sites.Net);
            why = await CallAsync(sites, folder);
            if (why.Length == 0) break;
            Assert.True(why.Contains("gave no sign of life", StringComparison.Ordinal) || why.Contains("IAX2/manchester/301 cannot be reached", StringComparison.Ordinal), why);
            await shark.StopAsync();
            shark.Dispose();
            shark = null;
        }
        Assert.True(shark is not null, why);
        string origin = await OverAsync(sites);
        await shark.StopAsync();
        shark.Dispose();

        string pcap = Path.Combine(sites.Folder, "ladder.pcap");
        using (var command = new ChildProcess("ladder", "dotnet", [Checkout.MeshDll, "ladder", origin, "--admin", sites.Admin("manchester").ToString(), "--pcap", pcap]))
            Assert.True(await command.WaitAsync(TimeSpan.FromSeconds(30)) == 0, command.Output);
        var ladder = JsonSerializer.Deserialize<Ladder>((await sites.GetAsync("london", $"/console/calls/{origin}.json"))!, AdminListener.Json)!;
        return (ladder, SharkMessage.Read(shark.File), pcap);
    }

    /// <summary>One call of SIPp's; why it was not answered, or nothing.</summary>
    private static async Task<string> CallAsync(FourSites sites, string folder)
    {
        using var phone = Sipp.Start("desk", folder, "uas-phone-answers.xml", $"{sites.Net}.20", 5060, new Dictionary<string, string> { ["DELAY"] = "400" }, "-m", "1", "-timeout", "25s", "-mp", "6000");
        using var carrier = Sipp.Start("carrier", folder, "uac-carrier-call.xml", sites.Carrier, 5060, null, $"{sites.Host("london")}:5060", "-s", "442079460301", "-m", "1", "-timeout", "25s");
        int? called = await carrier.WaitAsync(TimeSpan.FromSeconds(30));
        if (called == 0 && await phone.WaitAsync(TimeSpan.FromSeconds(30)) == 0) return "";
        return $"carrier {called}: {Seen(folder, carrier)}; phone: {Seen(folder, phone)}; {await sites.GetAsync("london", "/api/traces?last=1")}\n{sites.Logs()}";
    }

    private static string Seen(string folder, ChildProcess sipp) => string.Join(" | ", Sipp.Messages(folder, sipp).Select(m => $"{m.Seconds:0.0} {(m.Sent ? ">" : "<")}{m.Line.Trim()}"));

    /// <summary>Both sites say that the call is over and the last frame was acknowledged: nothing new comes for a while.</summary>
    private static async Task<string> OverAsync(FourSites sites)
    {
        string before = "";
        for (int i = 0; i < 100; i++)
        {
            await Task.Delay(300);
            if (await sites.GetAsync("london", "/api/traces?last=1") is not { } told) continue;
            using var traces = JsonDocument.Parse(told);
            string origin = Assert.Single(traces.RootElement.EnumerateArray()).GetProperty("origin").GetString()!;
            if (await sites.GetAsync("london", $"/console/calls/{origin}.json") is not { } text) continue;
            var ladder = JsonSerializer.Deserialize<Ladder>(text, AdminListener.Json)!;
            string now = $"{ladder.IsLive} {ladder.Messages.Count}";
            // Office and offsite do not run; the one that does must have told.
            if (!ladder.IsLive && now == before && ladder.Missing.Count == 2) return origin;
            before = now;
        }
        throw new TimeoutException("the call is not over after 30 s");
    }
}
