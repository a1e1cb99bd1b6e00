using Mesh.Host.Legs;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Sounds;

namespace Mesh.Host.IaxTester.Calls;

/// <summary>The voice of one call of the tester: says what it is to say, measures what comes. The endpoint's loop only.</summary>
public sealed class CallMedia
{
    private readonly IaxVoicePort port;
    private Playout? playout;
    private AudioFeed? echo;

    public CallMedia(Loop loop, IaxCall call)
    {
        port = new IaxVoicePort(loop, call);
        Ear = new VoiceEar(loop.Clock);
        port.Sink = Ear;
        call.VoiceSink = port;
    }

    public VoiceEar Ear { get; }

    /// <summary>Voice frames sent.</summary>
    public long Sent => port.Counters.PacketsSent;

    /// <summary>The formats the tester speaks, as their names are written.</summary>
    public static IReadOnlyList<VoiceFormat> Formats { get; } = [VoiceFormat.Alaw, VoiceFormat.Ulaw, VoiceFormat.Slin];

    public void Say(Spoken spoken)
    {
        Stop();
        if (spoken.Kind == SpokenKind.Echo)
        {
            echo = new AudioFeed(port);
            echo.Open();
            Ear.Next.Add(echo);
        }
        else if (spoken.Sound is not null) playout = Playout.Start(port, spoken.Play());
    }

    public void Stop()
    {
        playout?.Stop();
        playout = null;
        if (echo is null) return;
        echo.Close();
        Ear.Next.Remove(echo);
        echo = null;
    }
}
