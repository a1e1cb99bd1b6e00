using Mesh.Io;

namespace Mesh.Testing.Calls;

/// <summary>Does something on a loop after a time of that loop's clock.</summary>
public sealed class After : IDeadlineOwner
{
    private readonly Action act;

    public After(Loop loop, long ms, Action act)
    {
        this.act = act;
        loop.Deadlines.Arm(new Deadline(this), ms);
    }

    public void OnDeadline(Deadline deadline) => act();
}
