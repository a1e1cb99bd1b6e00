using Mesh.Iax2.Wire;
using Mesh.Media;
using Mesh.Media.Codecs;
using Mesh.Media.Sounds;

namespace Mesh.Host.IaxTester.Raw;

/// <summary>Whether a voice frame holds a tone, in whichever law of G.711 it came.</summary>
public static class ToneEar
{
    private const int MinOctets = 80, MaxOctets = 480;

    /// <summary>Peak of a sine that counts: about -24 dBm0.</summary>
    private const double Threshold = 1_500;

    public static bool Hears(SeenFrame frame, double hertz)
    {
        if (frame.IsSent || !(frame.Is(FrameType.Voice) || frame.Kind == DatagramKind.Mini) || frame.Payload.Length < MinOctets) return false;
        var octets = frame.Payload.AsSpan(0, Math.Min(frame.Payload.Length, MaxOctets));
        Span<short> linear = stackalloc short[octets.Length];
        foreach (var law in (ReadOnlySpan<AudioCodec>)[AudioCodec.Pcmu, AudioCodec.Pcma])
        {
            G711.Decode(law, octets, linear);
            if (Goertzel.Amplitude(linear, hertz).Magnitude > Threshold) return true;
        }
        return false;
    }
}
