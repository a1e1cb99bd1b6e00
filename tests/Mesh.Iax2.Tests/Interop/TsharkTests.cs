using System.Diagnostics;
using System.Text.RegularExpressions;
using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Interop;

/// <summary>What we send, read by tshark: nothing malformed, and the same words as for two Asterisks in the same situation.</summary>
public partial class TsharkTests
{
    [Fact]
    public void An_answered_call_dissects_like_the_capture()
    {
        using var pair = new IaxPair();
        pair.Manchester.Answering = call => { call.Accept(VoiceFormat.Ulaw); call.Ringing(); };
        var (call, _, _) = pair.London.Place("manchester", Options());
        pair.Run(1);
        pair.Manchester.Loop.Invoke(() => pair.Manchester.Received[0].Answer());
        pair.Run(0.5);
        Speak(pair, 20);
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.Run(1);
        Assert.Equal(Summary(Captured("call-md5-calltoken")).Where(line => !line.Contains("stop sounds")).Distinct().Order(),
            Summary(Ours(pair)).Distinct().Order());
    }

    [Fact]
    public void Digits_text_and_a_hangup_from_the_called_side_dissect_like_the_capture()
    {
        using var pair = new IaxPair();
        pair.Manchester.Answering = call => call.Answer();
        pair.London.Place("manchester", Options());
        pair.Run(0.5);
        var far = pair.Manchester.Received[0];
        foreach (char digit in "12#")
        {
            pair.Manchester.Loop.Invoke(() => far.SendDigit(digit, false));
            pair.Run(0.1);
            pair.Manchester.Loop.Invoke(() => far.SendDigit(digit, true));
            pair.Run(0.1);
        }
        pair.Manchester.Loop.Invoke(() => { far.SendText("hello"); far.Hangup(CauseCode.NormalClearing); });
        pair.Run(1);
        Assert.Equal(Summary(Captured("call-md5-dtmf-text-hangup")).Where(line => !line.Contains("stop sounds") && !line.Contains("ACK")),
            Summary(Ours(pair)).Where(line => !line.Contains("ACK")));
    }

    [Fact]
    public void Busy_congestion_and_a_hangup_after_acceptance_dissect_like_the_captures()
    {
        foreach (var (capture, answering) in (ReadOnlySpan<(string, Action<IncomingIaxCall>)>)[("call-md5-fail-303", call => call.Busy()),
            ("call-md5-fail-304", call => call.Congestion()),
            ("call-md5-fail-305", call => { call.Accept(VoiceFormat.Ulaw); call.Hangup(CauseCode.UnallocatedNumber); })])
        {
            using var pair = new IaxPair();
            pair.Manchester.Answering = answering;
            pair.London.Place("manchester", Options());
            pair.Run(1);
            // How many ACKs there are depends on who is quicker.
            Assert.Equal(Summary(Captured(capture)).Where(line => !line.Contains("ACK")), Summary(Ours(pair)).Where(line => !line.Contains("ACK")));
        }
    }

    [Fact]
    public void Refusals_dissect_like_the_captures()
    {
        using var unknown = new IaxPair();
        unknown.Manchester.Answering = call => call.Hangup(CauseCode.NoRouteToDestination, "No such context/extension");
        unknown.London.Place("manchester", Options());
        unknown.Run(1);
        Assert.Equal(Summary(Captured("call-md5-fail-399")), Summary(Ours(unknown)));

        using var wrong = new IaxPair(toCallee: peer => peer with { Secret = "wrong" });
        wrong.London.Place("manchester", Options());
        wrong.Run(1);
        // That Asterisk acknowledges AUTHREP first, to wait a second before it refuses.
        Assert.Equal(Summary(Captured("call-md5-wrong-secret")).Where(line => line != "< IAX ACK"), Summary(Ours(wrong)).Where(line => line != "< IAX ACK"));
    }

    [Fact]
    public void A_registration_with_its_probe_dissects_like_the_capture()
    {
        using var pair = new IaxPair();
        pair.Manchester.Loop.Invoke(() => pair.Manchester.Endpoint.AddPeer(new PeerOptions { Name = "one", Secret = "meshsecret", Qualify = new QualifyOptions() }));
        pair.London.Loop.Invoke(() => pair.London.Endpoint.AddRegistration(
            new RegistrationClientOptions { Server = pair.Manchester.Address, Username = "one", Secret = "meshsecret" }).Start());
        pair.Run(1);
        Assert.Equal(Summary(Captured("register-md5-calltoken-qualify")).Order(), Summary(Ours(pair)).Order());
    }

    [Fact]
    public void Nothing_else_we_send_is_malformed()
    {
        using var pair = new IaxPair(impairment: new Impairment { Loss = 0.1, Reordering = 0.1 });
        pair.Manchester.Answering = call => { call.Proceeding(); call.Progress(); call.Answer(); };
        var (call, _, _) = pair.London.Place("manchester", Options() with { Variables = [new("MESHHOP", new string('x', 600))] });
        Assert.True(pair.Until(() => call.IsUp, 30));
        Speak(pair, 10);
        HoldAndWrite(pair, call);
        pair.Run(45);
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.AnsweredElsewhere, "elsewhere"));
        pair.Run(20);
        Assert.True(Summary(Ours(pair)).Count > 40);
    }

    private static NewCallOptions Options() => new()
    {
        CalledNumber = "301", CallingNumber = "2001", CallingName = "Alice", Dnid = "301", Language = "en", Formats = [VoiceFormat.Ulaw],
        Variables = [new("MESH_TRACE", "7f3a-london/london,manchester/12")],
    };

    private static void HoldAndWrite(IaxPair pair, IaxCall call) => pair.London.Loop.Invoke(() =>
    {
        call.SendHold(true);
        call.SendHold(false);
        call.SendText("héllo");
    });

    private static void Speak(IaxPair pair, int frames)
    {
        var buffer = new byte[Datagram.Headroom + 160];
        for (uint i = 0; i < frames; i++)
        {
            pair.Manchester.Loop.Invoke(() => pair.Manchester.Received[0].SendVoice(VoiceFormat.Ulaw, i * 20, buffer, Datagram.Headroom, 160));
            pair.Run(0.02);
        }
    }

    private static string Captured(string name) => PcapFile.Capture(name);

    private static string Ours(IaxPair pair)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("mesh-iax2-").FullName, "ours.pcap");
        PcapFile.Write(path, pair.Datagrams.Select(d => new CapturedDatagram(d.AtMicros, d.From, d.To, d.Payload.ToArray())));
        return path;
    }

    /// <summary>A line a frame: direction, and what it is, without numbers and times. Fails on anything malformed.</summary>
    private static List<string> Summary(string path)
    {
        using var tshark = Process.Start(new ProcessStartInfo("tshark", ["-r", path, "-d", "udp.port==4569,iax2", "-T", "fields", "-e", "ip.src", "-e", "_ws.col.Info"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        string output = tshark.StandardOutput.ReadToEnd();
        tshark.WaitForExit();
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        string caller = lines[0].Split('\t')[0];
        return [.. lines.Select(line =>
        {
            Assert.DoesNotContain("Malformed", line);
            var parts = line.Split('\t');
            return (parts[0] == caller ? "> " : "< ") + NumbersAndTimes().Replace(parts[1], "").Trim();
        })];
    }

    [GeneratedRegex(@",? ?source call# \d+,?|,? ?timestamp \d+ms,?")]
    private static partial Regex NumbersAndTimes();
}
