using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Mesh.Media.Sounds;

namespace Mesh.Scenarios;

/// <summary>A baresip of its own: a real softphone with one line key per account, driven and watched over its ctrl_tcp listener (netstrings of JSON).</summary>
public sealed class Baresip : IAsyncDisposable
{
    public const string Path = "/usr/bin/baresip";
    private readonly ChildProcess process;
    private readonly List<JsonElement> events = [];
    private readonly TcpClient control = new();
    private Task reading = Task.CompletedTask;

    private Baresip(string folder, string name) => process = new ChildProcess(name, Path, ["-f", folder], folder);

    public static bool IsInstalled => File.Exists(Path);

    public string Output => process.Output;

    public required string Folder { get; init; }

    /// <param name="accounts">One line key each: <c>sip:desk@127.0.0.1;auth_pass=...</c>.</param>
    /// <param name="toneHz">What it says: a sine.</param>
    public static async Task<Baresip> StartAsync(string name, string host, IEnumerable<string> accounts, int toneHz, bool autoAnswer)
    {
        string folder = Directory.CreateTempSubdirectory($"baresip-{name}-").FullName;
        // Its own sine generator wants 48 kHz stereo; a file may be what G.711 is.
        string tone = System.IO.Path.Combine(folder, "tone.wav");
        File.WriteAllBytes(tone, new WavFile(ToneGenerator.Sine(toneHz, 60_000), 8000).Write());
        File.WriteAllText(System.IO.Path.Combine(folder, "config"), $"""
            poll_method epoll
            sip_listen {host}:5060
            net_interface {host}
            rtp_ports 30000-30100
            audio_source aufile,{tone}
            audio_player aubridge,nil
            audio_alert aubridge,nil
            call_max_calls 4
            snd_path {folder}
            module_path /usr/lib/baresip/modules
            module g711.so
            module aufile.so
            module aubridge.so
            module sndfile.so
            module_tmp account.so
            module_app menu.so
            module_app ctrl_tcp.so
            ctrl_tcp_listen {host}:4444

            """);
        File.WriteAllText(System.IO.Path.Combine(folder, "accounts"), string.Concat(accounts.Select(a => $"<{a.Split(';', 2)[0]}>;{a.Split(';', 2)[1]};regint=120{(autoAnswer ? ";answermode=auto" : "")}\n")));
        File.WriteAllText(System.IO.Path.Combine(folder, "contacts"), "");
        var phone = new Baresip(folder, name) { Folder = folder };
        await phone.ConnectAsync(host);
        return phone;
    }

    public Task CommandAsync(string command, string parameters = "")
    {
        string json = JsonSerializer.Serialize(new { command, @params = parameters, token = command });
        return control.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(json)}:{json},")).AsTask();
    }

    public int Count(string type) { lock (events) return events.Count(e => e.TryGetProperty("type", out var t) && t.GetString() == type); }

    /// <summary>Waits until an event has been seen <paramref name="times"/> times: REGISTER_OK, CALL_INCOMING, CALL_ESTABLISHED, CALL_CLOSED.</summary>
    public async Task<bool> SawAsync(string type, int times, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        while (Count(type) < times)
        {
            if (timeout.IsCancellationRequested) return false;
            await Task.Delay(20, CancellationToken.None);
        }
        return true;
    }

    /// <summary>What it heard, as recorded: the newest decoded WAV, or null.</summary>
    public string? HeardFile() => Directory.EnumerateFiles(Folder, "*dec.wav").OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault();

    /// <summary>Waits until it has said so often that a registrar answered 200: the first may have done so before the control connection was there to hear it.</summary>
    public async Task<bool> RegisteredAsync(int times, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        while (Output.Split("200 OK (").Length - 1 < times)
        {
            if (timeout.IsCancellationRequested) return false;
            await Task.Delay(50, CancellationToken.None);
        }
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        process.Terminate();
        await process.WaitAsync(TimeSpan.FromSeconds(3));
        process.Dispose();
        control.Dispose();
        await reading;
        try { Directory.Delete(Folder, recursive: true); } catch (IOException) { }
    }

    private async Task ConnectAsync(string host)
    {
        for (int i = 0; ; i++)
        {
            try { await control.ConnectAsync(host, 4444); break; }
            catch (SocketException) when (i < 100 && !process.HasExited) { await Task.Delay(100); }
        }
        reading = ReadAsync(control.GetStream());
    }

    private async Task ReadAsync(NetworkStream stream)
    {
        var held = new List<byte>();
        byte[] buffer = new byte[8192];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var n)
            {
                held.AddRange(buffer.AsSpan(0, n));
                while (TakeNetstring(held) is { } json)
                    lock (events) events.Add(JsonDocument.Parse(json).RootElement.Clone());
            }
        }
        catch (IOException) { }
        catch (ObjectDisposedException) { }
    }

    private static byte[]? TakeNetstring(List<byte> held)
    {
        int colon = held.IndexOf((byte)':');
        if (colon < 0 || !int.TryParse(Encoding.ASCII.GetString([.. held.Take(colon)]), out int length) || held.Count < colon + length + 2) return null;
        byte[] json = [.. held.Skip(colon + 1).Take(length)];
        held.RemoveRange(0, colon + length + 2);
        return json;
    }
}
