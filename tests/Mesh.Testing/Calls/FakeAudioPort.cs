using Mesh.Io;
using Mesh.Media;

namespace Mesh.Testing.Calls;

/// <summary>A port that hears nothing; it only has a name and counters.</summary>
public sealed class FakeAudioPort(string name, Loop loop) : IAudioPort
{
    public string Name { get; } = name;

    public IAudioSink? Sink { get; set; }

    public AudioCodec SendCodec => AudioCodec.Pcma;

    public AudioPortCounters Counters { get; } = new();

    public Loop Loop { get; } = loop;

    public void OnAudio(in AudioFrame frame) { }

    public void OnDigit(DigitEvent digit) { }

    public override string ToString() => Name;
}
