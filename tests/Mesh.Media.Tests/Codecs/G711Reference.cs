using Mesh.Media.Codecs;

namespace Mesh.Media.Tests.Codecs;

/// <summary>Transcoding the long way, by linear samples.</summary>
internal static class G711Reference
{
    public static void Transcode(Span<byte> codes, AudioCodec from, AudioCodec to)
    {
        var linear = new short[codes.Length];
        G711.Decode(from, codes, linear);
        G711.Encode(to, linear, codes);
    }
}
