namespace Mesh.Io;

/// <summary>Told on its loop's thread when a <see cref="Deadline"/> it owns has passed.</summary>
public interface IDeadlineOwner
{
    void OnDeadline(Deadline deadline);
}

/// <summary>
/// One timer, made once by its owner and armed as often as needed on a <see cref="DeadlineWheel"/>: arming allocates nothing.
/// <paramref name="tag"/> tells an owner of several which one it is (an enum of the owner's).
/// </summary>
public sealed class Deadline(IDeadlineOwner owner, int tag = 0)
{
    internal Deadline? Next, Previous;
    internal int Slot = -1;

    public IDeadlineOwner Owner { get; } = owner;

    public int Tag { get; } = tag;

    /// <summary>Milliseconds of the loop's <see cref="MeshClock"/> at which it passes; meaningful while armed.</summary>
    public long DueMs { get; internal set; }

    public bool IsArmed => Slot >= 0;
}
