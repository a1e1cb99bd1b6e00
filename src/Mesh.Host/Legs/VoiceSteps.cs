namespace Mesh.Host.Legs;

/// <summary>
/// How far a sequence number would have moved, for voice that comes with time stamps only, as IAX2's does: so that what was lost or overtaken between sites is lost or late for
/// a phone too, which can then conceal or reorder it, and is not silence. Pure; milliseconds.
/// </summary>
public struct VoiceSteps
{
    /// <summary>A longer step is a pause or a jump of the sender, not loss.</summary>
    private const int LongestMs = 500;

    private bool begun;
    private uint highest;

    /// <summary>As <see cref="Mesh.Media.AudioFrame.SequenceStep"/>: 1 in order, more after a gap, less than 1 for a frame that comes late.</summary>
    public int Next(uint stampMs, int frameMs)
    {
        int ahead = (int)(stampMs - highest);
        bool anew = !begun || Math.Abs(ahead) > LongestMs;
        if (anew || ahead > 0) (begun, highest) = (true, stampMs);
        if (anew || frameMs <= 0) return 1;
        int frames = (int)Math.Round((double)ahead / frameMs, MidpointRounding.AwayFromZero);
        return ahead > 0 ? Math.Max(1, frames) : frames < 0 ? frames : 1;
    }
}
