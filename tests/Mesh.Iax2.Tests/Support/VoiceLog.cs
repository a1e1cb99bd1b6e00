namespace Mesh.Iax2.Tests.Support;

/// <summary>Keeps received voice: stamp, format, first octet and length.</summary>
internal sealed class VoiceLog : IIaxVoiceSink
{
    public List<(uint Timestamp, VoiceFormat Format, byte First, int Length)> Frames { get; } = [];

    public void OnVoice(IaxCall call, in Datagram datagram, int offset, int length, VoiceFormat format, uint timestampMs)
    {
        Assert.True(offset >= Datagram.Headroom + MiniFrame.HeaderLength);
        Frames.Add((timestampMs, format, length > 0 ? datagram.Buffer[offset] : (byte)0, length));
    }
}
