using System.Diagnostics;
using System.Text.Json;

namespace Mesh.Interop.Tests;

/// <summary><c>mesh demo --once --json</c>, as whoever tries the program for the first time runs it.</summary>
[Collection(Alone.Name)]
public sealed class DemoTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_demonstration_hears_both_calls_and_says_so_in_one_JSON_object()
    {
        var (code, output, chatter) = await RunAsync("demo", "--once", "--json", "--net", "127.35.0");
        Assert.True(code == 0, $"exit code {code}\n{output}\n{chatter}");
        using var json = JsonDocument.Parse(output);
        var story = json.RootElement;
        Assert.True(story.GetProperty("passed").GetBoolean(), output);
        Assert.Empty(story.GetProperty("problems").EnumerateArray());
        var calls = story.GetProperty("calls").EnumerateArray().ToList();
        Assert.Equal(["london", "manchester"], calls.Select(c => c.GetProperty("through").GetString()!));
        Assert.All(calls, Check);
        Assert.True(calls[0].GetProperty("toldElsewhere").GetProperty("iax2").GetInt32() >= 1, output);

        var kill = story.GetProperty("kill");
        Assert.True(kill.GetProperty("secondCallWentThrough").GetBoolean(), output);
        Assert.InRange(kill.GetProperty("msFromKillToAnswer").GetInt64(), 1, 5000);
        var sorry = story.GetProperty("sorry");
        Assert.Equal("www.example.org", sorry.GetProperty("host").GetString());
        Assert.InRange(sorry.GetProperty("msFromKillToPage").GetInt64(), 1_000, 60_000);
        Assert.InRange(sorry.GetProperty("msFromKillToDraft").GetInt64(), 1_000, 60_000);
        Assert.Equal("site-london-1", sorry.GetProperty("incidentId").GetString());
        Assert.True(sorry.GetProperty("isPublic").GetBoolean(), output);
        var addresses = story.GetProperty("addresses");
        foreach (string list in (string[])["statusPages", "sorryPages", "consoles"]) Assert.Equal(3, addresses.GetProperty(list).GetArrayLength());
        Assert.Equal("http://127.35.0.2:8081/incidents/site-london-1/", addresses.GetProperty("incident").GetString());
        Assert.StartsWith("http://127.35.0.2:8080/console/calls/", addresses.GetProperty("ladder").GetString(), StringComparison.Ordinal);
        Assert.Contains("http://127.35.0.4:8081/", chatter, StringComparison.Ordinal);
        Assert.Contains("curl -i -H 'Host: www.example.org' http://127.35.0.2:8082/", chatter, StringComparison.Ordinal);
        Assert.Contains("INVITE +442079460200", chatter, StringComparison.Ordinal);
        Assert.Contains("IAX2 NEW 200", chatter, StringComparison.Ordinal);
    }

    private static void Check(JsonElement call)
    {
        string text = call.ToString();
        Assert.True(call.GetProperty("answered").GetBoolean(), text);
        Assert.InRange(call.GetProperty("legsMade").GetInt32(), 3, 40);
        var devices = call.GetProperty("devices").EnumerateArray().ToList();
        Assert.Equal(3, devices.Count);
        Assert.All(devices, d => Assert.Equal(1, d.GetProperty("rang").GetInt32()));
        Assert.Equal(call.GetProperty("answeredBy").GetString(), Assert.Single(devices, d => d.GetProperty("answered").GetBoolean()).GetProperty("device").GetString());
        Assert.Equal(2, devices.Count(d => d.GetProperty("toldElsewhere").GetBoolean()));
        Assert.DoesNotContain(devices, d => d.GetProperty("missed").GetBoolean());
        Assert.True(call.GetProperty("toldElsewhere").GetProperty("sip").GetInt32() >= 1, text);
        Assert.True(call.GetProperty("msToRingback").GetInt64() > 0, text);
        Assert.True(call.GetProperty("msFromAnswerToAudio").GetInt64() >= 0, text);
        var heard = call.GetProperty("heard").EnumerateArray().ToList();
        Assert.Equal(2, heard.Count);
        Assert.All(heard, h => Assert.InRange(h.GetProperty("hz").GetDouble() - h.GetProperty("expected").GetDouble(), -2, 2));
    }

    private static async Task<(int Code, string Output, string Chatter)> RunAsync(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string word in (string[])[Checkout.MeshDll, .. words]) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var chatter = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try { await process.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException) { process.Kill(entireProcessTree: true); }
        return (process.ExitCode, await output, await chatter);
    }
}
