namespace Mesh.Iax2.Calls;

/// <summary>
/// Lays the stamps of a voice source (any origin, only differences count) onto the clock of a call, and keeps their spacing as long as they stay within
/// <see cref="Tolerance"/> of it: what is relayed keeps its rhythm, a source that jumps or drifts is laid anew. Pure; milliseconds; owned by the thread that sends.
/// </summary>
public struct VoiceTimeline
{
    public const int Tolerance = 160;
    private const uint FrameLength = 20;

    private bool begun;
    private uint offset, last;

    /// <summary>The call's stamp for the source's stamp <paramref name="sourceMs"/> at the call's time <paramref name="clockMs"/>.</summary>
    public uint Map(uint sourceMs, uint clockMs)
    {
        uint mapped = sourceMs + offset;
        if (!begun || Math.Abs((int)(mapped - clockMs)) > Tolerance)
        {
            // Never 0, which means "none" to some.
            uint anew = Math.Max(1, (clockMs + FrameLength - 1) / FrameLength) * FrameLength;
            if (begun && (int)(anew - last) <= 0) anew = last + FrameLength;
            offset = anew - sourceMs;
            mapped = anew;
            begun = true;
        }
        if ((int)(mapped - last) > 0) last = mapped;
        return mapped;
    }
}
