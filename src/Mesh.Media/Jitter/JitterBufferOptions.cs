namespace Mesh.Media.Jitter;

/// <summary>How far a jitter buffer may go; milliseconds unless named otherwise.</summary>
public sealed record JitterBufferOptions
{
    /// <summary>The most the buffer delays: what jitters more is lost.</summary>
    public int MaxDelayMs { get; init; } = 1_000;

    /// <summary>Kept beyond the jitter that was measured.</summary>
    public int ExtraMs { get; init; } = 40;

    /// <summary>A delay further than this, and twice the jitter, from what was usual is another clock.</summary>
    public int ResyncThresholdMs { get; init; } = 1_000;

    /// <summary>So many frames in a row must say that the clock is another one; those before are dropped.</summary>
    public int ResyncFrames { get; init; } = 4;

    /// <summary>So many frames in a row are made up before it is taken for silence.</summary>
    public int MaxConcealed { get; init; } = 10;

    /// <summary>Delays remembered, and the share of them, percent at each end, that counts as chance.</summary>
    public int History { get; init; } = 500;
    public int TrimPercent { get; init; } = 3;

    /// <summary>So many late frames in a row are a path that has become longer, not chance: the delay grows at once, and keeps that for so many frames, until the history knows it.</summary>
    public int LateInARow { get; init; } = 3;
    public int LateRemembered { get; init; } = 50;

    /// <summary>How long a frame is until one was played: the length of what is made up, and the unit in which the delay grows and shrinks.</summary>
    public int FrameMs { get; init; } = 20;

    /// <summary>Least time between two steps up; between two steps down while somebody talks; and where there was nothing to play anyway.</summary>
    public int GrowSpacingMs { get; init; } = 40;
    public int ShrinkSpacingMs { get; init; } = 500;
    public int ShrinkIdleSpacingMs { get; init; } = 80;

    /// <summary>The longest frame taken, octets: 60 ms of G.711.</summary>
    public int MaxFrameOctets { get; init; } = 480;

    /// <summary>Frames held at once: the longest delay in frames, and some.</summary>
    public int Capacity => MaxDelayMs / FrameMs + 16;
}
