namespace Mesh.Io;

/// <summary>What happened to the datagrams of one or several <see cref="ImpairedPath"/>s. Written by one thread, read by any.</summary>
public class ImpairmentCounters
{
    /// <summary>Given to the path, whatever became of it. Sent - Lost - Cut - Overflowed + Duplicated + Forged is what leaves it.</summary>
    public long Sent { get; internal set; }

    public long Lost { get; internal set; }

    public long Cut { get; internal set; }

    public long Overflowed { get; internal set; }

    /// <summary>Extra copies; each is delayed, reordered and corrupted on its own.</summary>
    public long Duplicated { get; internal set; }

    public long Reordered { get; internal set; }

    public long Corrupted { get; internal set; }

    public long Forged { get; internal set; }

    public override string ToString() =>
        $"sent {Sent}, lost {Lost}, cut {Cut}, overflowed {Overflowed}, duplicated {Duplicated}, reordered {Reordered}, corrupted {Corrupted}, forged {Forged}";
}
