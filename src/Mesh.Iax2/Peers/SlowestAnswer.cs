namespace Mesh.Iax2.Peers;

/// <summary>The longest round trip of the last fifteen to thirty seconds. Pure; milliseconds.</summary>
internal struct SlowestAnswer
{
    private const int PeriodMs = 15_000;

    private long periodBeganMs;
    private int now, before;

    public readonly int Ms => Math.Max(now, before);

    public void Add(int roundTripMs, long nowMs)
    {
        long passed = nowMs - periodBeganMs;
        if (passed >= PeriodMs)
        {
            before = passed < 2 * PeriodMs ? now : 0;
            (now, periodBeganMs) = (0, nowMs);
        }
        now = Math.Max(now, roundTripMs);
    }
}
