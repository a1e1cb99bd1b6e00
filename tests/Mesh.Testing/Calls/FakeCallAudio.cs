using Mesh.Dialplan.Calls;
using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Sounds;

namespace Mesh.Testing.Calls;

/// <summary>Writes down what calls do with audio, and knows who hears whom.</summary>
public sealed class FakeCallAudio(Loop loop) : ICallAudio
{
    private readonly Dictionary<IAudioPort, Action<char>> digits = [];
    private readonly Dictionary<IAudioPort, IAudioPort> bridges = [];
    private readonly Dictionary<IAudioPort, int> playing = [];

    public List<string> Events { get; } = [];

    public HashSet<IAudioPort> Ringback { get; } = [];

    public HashSet<string> Missing { get; } = [];

    /// <summary>Milliseconds each sound lasts.</summary>
    public int SoundMs { get; set; } = 1000;

    public int Bridges => bridges.Count / 2;

    public IAudioPort? BridgedTo(IAudioPort port) => bridges.GetValueOrDefault(port);

    public void Press(IAudioPort port, char key) => digits.GetValueOrDefault(port)?.Invoke(key);

    public void Bridge(IAudioPort a, IAudioPort b)
    {
        Clear(a);
        Clear(b);
        Events.Add($"bridge {a} {b}");
        bridges[a] = b;
        bridges[b] = a;
    }

    public void StartRingback(IAudioPort port)
    {
        Clear(port);
        Events.Add($"ringback {port}");
        Ringback.Add(port);
    }

    public void Play(IAudioPort port, string sound, Action<bool> done)
    {
        Events.Add($"play {sound}");
        int turn = playing[port] = playing.GetValueOrDefault(port) + 1;
        bool exists = !Missing.Contains(sound);
        _ = new After(loop, exists ? SoundMs : 1, () => { if (playing.GetValueOrDefault(port) == turn) done(exists); });
    }

    public void Play(IAudioPort port, Sound sound, Action done)
    {
        Events.Add($"announce {sound.Duration.TotalMilliseconds:0}");
        int turn = playing[port] = playing.GetValueOrDefault(port) + 1;
        _ = new After(loop, (int)sound.Duration.TotalMilliseconds, () => { if (playing.GetValueOrDefault(port) == turn) done(); });
    }

    public void Echo(IAudioPort port)
    {
        Clear(port);
        Events.Add($"echo {port}");
    }

    public void CollectDigits(IAudioPort port, Action<char>? pressed)
    {
        if (pressed is null) digits.Remove(port);
        else digits[port] = pressed;
    }

    public void Stop(IAudioPort port)
    {
        Events.Add($"stop {port}");
        digits.Remove(port);
        Clear(port);
    }

    private void Clear(IAudioPort port)
    {
        playing[port] = playing.GetValueOrDefault(port) + 1;
        Ringback.Remove(port);
        if (bridges.Remove(port, out var other)) bridges.Remove(other);
    }
}
