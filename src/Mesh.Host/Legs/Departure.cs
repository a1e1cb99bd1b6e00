using Mesh.Dialplan.Calls;
using Mesh.Iax2;
using Mesh.Io;

namespace Mesh.Host.Legs;

/// <summary>This site's wish to leave one call: a few tries while the conversation lasts. Signalling loop only.</summary>
internal sealed class Departure : IDeparture, IDeadlineOwner
{
    private readonly IaxEndpoint endpoint;
    private readonly DirectPathOptions options;
    private readonly IaxCaller from;
    private readonly IaxLeg to;
    private readonly Action left;
    private readonly Deadline next;
    private int tries;
    private bool isOver;

    public Departure(IaxEndpoint endpoint, DirectPathOptions options, IaxCaller from, IaxLeg to, Action left)
    {
        (this.endpoint, this.options, this.from, this.to, this.left) = (endpoint, options, from, to, left);
        next = new Deadline(this);
        Arm(options.FirstMs);
    }

    public void Stop()
    {
        isOver = true;
        endpoint.Loop.Deadlines.Disarm(next);
    }

    public void OnDeadline(Deadline deadline)
    {
        tries++;
        if (to.Call is not { } onwards || !endpoint.TryLeave(from.Call, onwards, OnTried)) OnTried(false);
    }

    private void OnTried(bool hasLeft)
    {
        if (hasLeft)
        {
            // Also when the conversation has ended in the same moment: the calls are gone, and nothing of them may be ended any more.
            from.Left();
            to.Left();
        }
        if (isOver) return;
        if (hasLeft) { isOver = true; left(); }
        else if (tries < options.Tries) Arm(options.AgainMs);
    }

    private void Arm(int ms) => endpoint.Loop.Deadlines.Arm(next, ms + endpoint.Loop.Chance.NextInt32(Math.Max(1, options.SpreadMs)));
}
