namespace Mesh.Media.Jitter;

/// <summary>What one buffer saw.</summary>
public struct JitterStatistics
{
    private double lossRatio;

    /// <summary>Frames that arrived, that were played, and that were made up.</summary>
    public long Received, Played, Concealed;

    /// <summary>Frames that were missing when their time came and did not come later. A pause of the talker is no loss.</summary>
    public long Lost;

    /// <summary>Frames that came after their time, twice, in the wrong order, too many at once, or with a stamp not to be believed.</summary>
    public long Late, Duplicates, OutOfOrder, Overflowed, Jumped;

    /// <summary>Steps by which the delay grew and shrank; a step down drops a frame or leaves out what would have been made up.</summary>
    public long Grown, Shrunk;

    /// <summary>Times the sender's clock became another one.</summary>
    public long Resyncs;

    /// <summary>Frames that arrived and were not played.</summary>
    public readonly long Dropped => Late + Duplicates + Overflowed + Jumped + Shrunk;

    /// <summary>Of the latest five hundred or so, percent.</summary>
    public readonly double LossPercent => lossRatio * 100;

    internal void Count(bool isLost) => lossRatio += ((isLost ? 1 : 0) - lossRatio) / 500;
}
