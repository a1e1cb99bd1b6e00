using System.Net;
using System.Net.Sockets;

namespace Mesh.Iax2.Tests.Interop;

/// <summary>An endpoint nobody of us wrote: iaxmodem (libiax2), which knows no tokens.</summary>
public class IaxmodemTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task It_registers_calls_is_called_and_both_ends_hang_up()
    {
        using var site = new RealSite("127.0.11.1");
        site.Do(() => site.Endpoint.AddPeer(Fax()));
        using var modem = new Iaxmodem(site.Endpoint.Local, FreePort(), "faxmodem", "battery");

        await Eventually(() => site.Stored.ContainsKey("faxmodem"), modem, site, "it registers");
        await Eventually(() => site.Events.Contains("faxmodem Alive"), modem, site, "it answers POKE");

        // It calls; we ring, answer, and hang up.
        site.Answering = call => { call.Ringing(); call.Answer(); };
        modem.Say("ATE0Q0V1+FCLASS=1\r");
        await Eventually(() => modem.Heard.Contains("OK"), modem, site, "it talks");
        modem.Say("ATDT301\r");
        await Eventually(() => site.Received.Count == 1, modem, site, "it calls");
        var incoming = site.Received.First();
        Assert.Equal(("301", "2001", "faxmodem"), (incoming.CalledNumber, incoming.CallingNumber, incoming.PeerName));
        Assert.Equal(VoiceFormat.Slin, incoming.Format);
        await Eventually(() => site.Voice.Frames > 20, modem, site, "its voice comes");
        Assert.Equal(VoiceFormat.Slin, site.Voice.Format);
        site.Do(() => incoming.Hangup(CauseCode.NormalClearing));
        await Eventually(() => modem.Heard.Contains("NO CARRIER"), modem, site, "it hears our hang-up");

        // We call; it answers; it hangs up.
        await Task.Delay(TimeSpan.FromSeconds(6));
        var outgoing = site.Place("faxmodem", "2001")!;
        await Eventually(() => site.Events.Contains("ringing"), modem, site, "it rings");
        await Eventually(() => modem.Heard.Contains("RING"), modem, site, "its line says so");
        modem.Say("ATA\r");
        await Eventually(() => site.Events.Contains("answered"), modem, site, "it answers");
        int before = site.Voice.Frames;
        SendSilence(outgoing, 50);
        await Eventually(() => site.Voice.Frames > before + 20, modem, site, "its voice comes in our call");
        // Any character ends its wait for a carrier; only then it listens to commands.
        modem.Say("\r");
        await Eventually(() => modem.Heard.Contains("OK"), modem, site, "it stops waiting for a fax");
        modem.Say("ATH\r");
        await Eventually(() => site.Events.Contains("hangup NormalClearing"), modem, site, "we hear its hang-up");

        await Eventually(() => site.Endpoint.CallCount == 0, modem, site, "nothing is left");
        Assert.Equal(0, site.Faults);
        Assert.False(modem.HasExited);
    }

    [Fact]
    public async Task It_keeps_its_registration_and_either_end_hangs_up_either_way()
    {
        using var site = new RealSite("127.52.11.1", new IaxEndpointOptions { MinRefreshSeconds = 10 });
        site.Do(() => site.Endpoint.AddPeer(Fax()));
        using var modem = new Iaxmodem(site.Endpoint.Local, FreePort(), "faxmodem", "battery", refreshSeconds: 10);
        await Eventually(() => site.StoredTimes >= 1, modem, site, "it registers");
        Assert.Equal(10, site.Stored["faxmodem"].RefreshSeconds);

        // It calls, we answer, it hangs up.
        site.Answering = call => { call.Ringing(); call.Answer(); };
        modem.Say("ATE0Q0V1+FCLASS=1\r");
        await Eventually(() => modem.Heard.Contains("OK"), modem, site, "it talks");
        modem.Say("ATDT301\r");
        await Eventually(() => site.Received.Count == 1, modem, site, "it calls");
        await Eventually(() => site.Voice.Frames > 20, modem, site, "its voice comes");
        modem.Say("\r");
        await Eventually(() => modem.Heard.Contains("OK") || modem.Heard.Contains("NO CARRIER"), modem, site, "it stops waiting for a fax");
        modem.Say("ATH\r");
        await Eventually(() => site.Events.Contains("hangup NormalClearing"), modem, site, "we hear its hang-up");

        // We call and give up while it rings.
        var ringing = await Place(modem, site);
        modem.Say("AT\r");
        site.Do(() => ringing.Hangup(CauseCode.NormalClearing));
        await Eventually(() => site.Endpoint.CallCount == 0, modem, site, "nothing is left of it");

        // We call, it answers, we hang up.
        var outgoing = await Place(modem, site);
        modem.Say("ATA\r");
        await Eventually(() => site.Events.Contains("answered"), modem, site, "it answers");
        site.Do(() => outgoing.Hangup(CauseCode.NormalClearing));
        await Eventually(() => modem.Heard.Contains("NO CARRIER"), modem, site, "it hears our hang-up");
        await Eventually(() => site.Endpoint.CallCount == 0, modem, site, "nothing is left");

        await Eventually(() => site.StoredTimes >= 4, modem, site, "it refreshes, and again, and again");
        Assert.DoesNotContain("failed", modem.Log, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, site.Faults);
        Assert.False(modem.HasExited);
    }

    [Fact]
    public async Task A_call_with_a_wrong_secret_is_refused()
    {
        using var site = new RealSite("127.52.11.2");
        int port = FreePort();
        site.Do(() => site.Endpoint.AddPeer(Fax() with { Address = NetAddress.Parse($"127.0.0.1:{port}"), Qualify = null }));
        using var modem = new Iaxmodem(site.Endpoint.Local, port, "faxmodem", "wrong", refreshSeconds: 0);
        await Eventually(() => File.Exists(modem.Device), modem, site, "it starts");
        modem.Say("ATE0Q0V1+FCLASS=1\r");
        await Eventually(() => modem.Heard.Contains("OK"), modem, site, "it talks");
        modem.Say("ATDT301\r");
        await Eventually(() => site.Endpoint.Counters[DropReason.AuthenticationFailed] > 0, modem, site, "its answer is wrong");
        await Eventually(() => modem.Heard.Contains("NO CARRIER") || modem.Heard.Contains("BUSY") || modem.Heard.Contains("NO DIALTONE"), modem, site, "it hears that it is refused");
        Assert.Empty(site.Received);
        await Eventually(() => site.Endpoint.CallCount == 0, modem, site, "nothing is left");
    }

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        using var site = new RealSite("127.0.11.2");
        site.Do(() => site.Endpoint.AddPeer(Fax()));
        using var modem = new Iaxmodem(site.Endpoint.Local, FreePort(), "faxmodem", "wrong");
        await Eventually(() => site.Endpoint.Counters[DropReason.AuthenticationFailed] > 0, modem, site, "it is refused");
        await Eventually(() => modem.Log.Contains("Registration failed"), modem, site, "it says so");
        Assert.Empty(site.Stored);
    }

    [Fact]
    public async Task It_takes_its_registration_back_when_it_ends()
    {
        using var site = new RealSite("127.0.11.3");
        site.Do(() => site.Endpoint.AddPeer(Fax() with { CallToken = CallTokenPolicy.Optional, Qualify = null }));
        using (var modem = new Iaxmodem(site.Endpoint.Local, FreePort(), "faxmodem", "battery"))
            await Eventually(() => site.Stored.ContainsKey("faxmodem"), modem, site, "it registers");
        Assert.Equal(0, site.Endpoint.NumbersInUse);
    }

    private static PeerOptions Fax() => new()
    {
        Name = "faxmodem", Secret = "battery", CallToken = CallTokenPolicy.Optional, Formats = [VoiceFormat.Slin, VoiceFormat.Alaw, VoiceFormat.Ulaw],
        Qualify = new QualifyOptions { IntervalMs = 1000 },
    };

    /// <summary>A call to the modem; it is busy for some seconds after its last one.</summary>
    private static async Task<OutgoingIaxCall> Place(Iaxmodem modem, RealSite site)
    {
        OutgoingIaxCall? call = null;
        site.Events.Clear();
        await Eventually(() =>
        {
            if (site.Events.Contains("ringing")) return true;
            if (call is null or { IsOver: true }) { site.Events.Clear(); call = site.Place("faxmodem", "2001"); }
            return false;
        }, modem, site, "it rings", everyMs: 300);
        return call!;
    }

    private static void SendSilence(IaxCall call, int frames)
    {
        var buffer = new byte[Datagram.Headroom + 320];
        for (int i = 0; i < frames; i++) call.SendVoice(VoiceFormat.Slin, (uint)(i * 20), buffer, Datagram.Headroom, 320);
    }

    private static async Task Eventually(Func<bool> condition, Iaxmodem modem, RealSite site, string what, int everyMs = 20)
    {
        long until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < until,
                $"not within {Patience}: {what}\nmodem log:\n{modem.Log}\nline: {modem.Heard}\nevents: {string.Join(", ", site.Events)}\n"
                + string.Join(", ", Enum.GetValues<DropReason>().Where(r => site.Endpoint.Counters[r] > 0).Select(r => $"{r}={site.Endpoint.Counters[r]}")));
            await Task.Delay(everyMs);
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
