using Mesh.Io;

namespace Mesh.Host.IaxTester.Raw;

/// <summary>Frames received and not yet asked for, and at most one question for the next of them. One loop's.</summary>
public sealed class FrameWait : IDeadlineOwner
{
    /// <summary>Frames kept for somebody to ask; beyond it the oldest is forgotten.</summary>
    public const int MaxKept = 4_096;

    private readonly Loop loop;
    private readonly Deadline limit;
    private readonly LinkedList<SeenFrame> kept = [];
    private Func<SeenFrame, bool>? wanted;
    private TaskCompletionSource<SeenFrame?>? asked;

    public FrameWait(Loop loop)
    {
        this.loop = loop;
        limit = new Deadline(this);
    }

    public IEnumerable<SeenFrame> Kept => kept;

    public void Arrived(SeenFrame frame)
    {
        if (wanted is { } match && match(frame)) { Answer(frame); return; }
        kept.AddLast(frame);
        if (kept.Count > MaxKept) kept.RemoveFirst();
    }

    /// <summary>The first frame that fits, one that came already or one that comes within <paramref name="withinMs"/>; null when none did. What does not fit stays.</summary>
    public Task<SeenFrame?> Next(Func<SeenFrame, bool> match, long withinMs)
    {
        if (asked is not null) throw new InvalidOperationException("somebody waits for a frame already");
        for (var node = kept.First; node is not null; node = node.Next)
        {
            if (!match(node.Value)) continue;
            kept.Remove(node);
            return Task.FromResult<SeenFrame?>(node.Value);
        }
        (wanted, asked) = (match, new TaskCompletionSource<SeenFrame?>());
        loop.Deadlines.Arm(limit, Math.Max(1, withinMs));
        return asked.Task;
    }

    public void Forget() => kept.Clear();

    public void OnDeadline(Deadline deadline) => Answer(null);

    private void Answer(SeenFrame? frame)
    {
        loop.Deadlines.Disarm(limit);
        var answer = asked!;
        (wanted, asked) = (null, null);
        answer.SetResult(frame);
    }
}
