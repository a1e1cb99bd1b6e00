using System.Diagnostics;
using Mesh.Host.Demo.Phones;
using Mesh.Io;
using Mesh.Media.Sounds;

namespace Mesh.Interop.Tests;

/// <summary>A number switched to sorry at four real sites: a carrier's call hears the announcement over RTP, at whichever site it comes in.</summary>
[Collection(Alone.Name)]
public sealed class SorryCallTests
{
    private const string Number = "+442079460123", Other = "+442079460124";

    /// <summary>What the plan does with a call, so that a test sees that the plan had it.</summary>
    private const int Busy = 486;

    [Fact]
    public async Task A_carrier_hears_the_announcement_at_every_site_until_the_switch_is_off()
    {
        await using var sites = new FourSites("127.72.1", new TestPlan(["desk"], $"""
            Inbound("{Number}", call => call.Reject(Busy));
            Inbound("{Other}", call => call.Reject(Busy));
            """) { Numbers = [Number, Other] });
        Directory.CreateDirectory(Path.Combine(sites.Folder, "sounds"));
        File.WriteAllBytes(Path.Combine(sites.Folder, "sounds/closed.wav"), new WavFile(ToneGenerator.Sine(InformationTones.SecondHz, 2000), 8000).Write());
        // Early media is listened to with the ear for ringback.
        File.WriteAllBytes(Path.Combine(sites.Folder, "sounds/early.wav"), new WavFile(ToneGenerator.Sine(400, 1500), 8000).Write());
        await sites.StartAsync();
        using var loop = new ThreadedLoop();
        using var carrier = await LoopWait.Ask(loop.Loop, () => new SoftPhone(loop.Loop, new SoftPhoneOptions("carrier", NetAddress.Parse($"{sites.Carrier}:5060")) { HearsHz = InformationTones.SecondHz }));
        Task<PhoneCallOut> Call(string number, string site) => CallAsync(loop.Loop, carrier, number, NetAddress.Parse($"{sites.Host(site)}:5060"), sites);

        Assert.Equal(Busy, (await Call(Number, "london")).FailedWith);
        Assert.Contains("no call comes in for +442079460999", await SorryAsync(sites, "london", 6, "on", "+442079460999", "--phone"));
        Assert.Contains("there is no recording", await SorryAsync(sites, "london", 6, "on", Number, "--phone", "sounds/missing.wav"));

        // A recording, here and at once at another site.
        Assert.Contains("sounds/closed.wav", await SorryAsync(sites, "london", 0, "on", Number, "--phone", "sounds/closed.wav", "--why", "ticket 7"));
        Recorded(await Call(Number, "london"));
        Recorded(await Call(Number, "manchester"));
        Assert.Equal(Busy, (await Call(Other, "london")).FailedWith);
        Assert.Contains($"sorry, {Number} is switched", await sites.GetAsync("manchester", "/api/traces?last=20"));
        Assert.Contains("mesh_sorry_calls_total 1\n", await sites.GetAsync("manchester", "/metrics"));

        // The whole inbound route, before the answer.
        await SorryAsync(sites, "manchester", 0, "off", Number);
        await SorryAsync(sites, "manchester", 0, "on", "carrier", "--phone", "sounds/early.wav", "--phone-early");
        var early = await Call(Other, "manchester");
        Assert.Equal((480, false), (early.FailedWith, early.IsAnswered));
        Assert.InRange(early.Audio!.Ear.Ringback.HeardMs, 1400, 1520);

        // One that ends while it is being heard is heard to its end; the next call is the plan's.
        await SorryAsync(sites, "manchester", 0, "off", "carrier");
        await SorryAsync(sites, "manchester", 0, "on", "*", "--phone", "--until", "3s");
        var long_ = await Call(Number, "manchester");
        Assert.True(long_.IsAnswered, $"{long_.FailedWith}\n{sites.Logs()}");
        Assert.True(long_.EndedMs - long_.AnsweredMs > 4_000, "the built-in announcement is longer than the switch was on");
        Assert.InRange(long_.Audio!.Ear.Tone.HeardMs, 300, 340);
        Assert.Equal(Busy, (await Call(Number, "manchester")).FailedWith);
    }

    /// <summary>The whole recording, nothing before the answer, and then let go by us.</summary>
    private static void Recorded(PhoneCallOut call)
    {
        Assert.True(call.IsAnswered, $"refused with {call.FailedWith}");
        var tone = call.Audio!.Ear.Tone;
        Assert.InRange(tone.HeardMs, 1940, 2020);
        Assert.InRange(tone.FrequencyHz, InformationTones.SecondHz - 1, InformationTones.SecondHz + 1);
        Assert.InRange(call.EndedMs - call.AnsweredMs, 2_200, 6_000);
    }

    private static async Task<PhoneCallOut> CallAsync(Loop loop, SoftPhone carrier, string number, NetAddress site, FourSites sites)
    {
        var call = await LoopWait.Ask(loop, () => carrier.Call(number, site));
        Assert.True(await LoopWait.Until(loop, 30_000, () => call.IsOver), $"the call did not end\n{sites.Logs()}");
        return call;
    }

    private static async Task<string> SorryAsync(FourSites sites, string site, int code, params string[] arguments)
    {
        using var command = Process.Start(new ProcessStartInfo("dotnet", [Checkout.MeshDll, "sorry", .. arguments, "--who", "anna", "--admin", sites.Admin(site).ToString()]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string said = await command.StandardOutput.ReadToEndAsync() + await command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        Assert.True(command.ExitCode == code, $"exit code {command.ExitCode}: {said}");
        return said;
    }

    private sealed class ThreadedLoop : IDisposable
    {
        public ThreadedLoop() => Loop.Start();

        public Loop Loop { get; } = DatagramLoops.Create("carrier", new MeshClock(TimeProvider.System), new CryptoChance());

        public void Dispose() => Loop.Dispose();
    }
}
