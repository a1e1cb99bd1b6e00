using Mesh.Dialplan.Calls;
using Mesh.Io;
using Mesh.Media;

namespace Mesh.Testing.Calls;

/// <summary>A caller that writes down what it is told.</summary>
public sealed class FakeCaller(Loop loop, string name = "caller") : ICaller
{
    public string Description { get; } = name;

    public IAudioPort? Audio { get; set; } = new FakeAudioPort(name, loop);

    public IReadOnlyList<AudioCodec> Codecs => [AudioCodec.Pcma, AudioCodec.Pcmu];

    public bool IsAnswered { get; private set; }

    /// <summary>Null until it was ended by the call.</summary>
    public HangupCause? EndedWith { get; private set; }

    public long EndedAtMs { get; private set; }

    public int Endings { get; private set; }

    /// <summary>Each Ringing, with or without audio.</summary>
    public List<bool> Ringings { get; } = [];

    /// <summary>Set by whoever handed the call in.</summary>
    public ICallerObserver? Observer { get; set; }

    public void Ringing(bool withAudio) => Ringings.Add(withAudio);

    /// <summary>A caller that can hear something without an answer.</summary>
    public bool HearsEarly { get; set; } = true;

    public bool IsInProgress { get; private set; }

    public bool Progress() => IsInProgress = HearsEarly;

    public void Answer() => IsAnswered = true;

    public void End(HangupCause cause)
    {
        Endings++;
        EndedWith ??= cause;
        EndedAtMs = loop.Clock.NowMs;
    }
}
