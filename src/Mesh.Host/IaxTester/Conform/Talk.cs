using Mesh.Host.IaxTester.Raw;
using Mesh.Media;
using Mesh.Media.Sounds;

namespace Mesh.Host.IaxTester.Conform;

/// <summary>A tone spoken into a call until disposed, and an ear for what comes back of it.</summary>
public sealed class Talk : IAsyncDisposable
{
    public const int FrameMs = AudioCodecs.FrameMs;
    public const double ToneHz = 1000;
    private const int FrameWithinMs = 2_000;

    private readonly RawDialog call;
    private readonly RawVoice voice;

    private Talk(RawDialog call, RawVoice voice) => (this.call, this.voice) = (call, voice);

    /// <summary>Of the next frame.</summary>
    public uint Timestamp => voice.Timestamp;

    public static Talk Begin(RowContext row, RawDialog call, VoiceForm form = VoiceForm.Minis, ushort stranger = 0)
    {
        var voice = RawVoice.Begin(row.Wire, call, row.Target.Format, new Sound(ToneGenerator.Sine(ToneHz, 1000)).PlayEndless(), form);
        voice.StrangersEntry = stranger;
        return new Talk(call, voice);
    }

    /// <summary>One frame of the tone.</summary>
    public static byte[] Frame(RowContext row) => new Sound(ToneGenerator.Sine(ToneHz, FrameMs)).Encoded(Codecs.Law(row.Target.Format)).ToArray();

    /// <summary>True once so many frames with the tone came back.</summary>
    public async Task<bool> Heard(int frames)
    {
        for (int i = 0; i < frames; i++)
            if (await call.Inbox.Next(IsTone, FrameWithinMs) is null) return false;
        return true;
    }

    /// <summary>What came so far does not count any more.</summary>
    public void Forget() => call.Inbox.Forget();

    public void SendFull(byte subclass) => voice.SendFull(subclass);

    public ValueTask DisposeAsync()
    {
        voice.Stop();
        return ValueTask.CompletedTask;
    }

    public static bool IsTone(SeenFrame frame) => ToneEar.Hears(frame, ToneHz);
}
