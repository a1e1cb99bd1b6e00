using Mesh.Dialplan.Calls;
using Mesh.Io;
using Mesh.Media;

namespace Mesh.Host.Legs;

/// <summary>A leg that could not be sent; its observer is told from the loop, as of any other leg.</summary>
internal sealed class UnmadeLeg(string description) : ILeg
{
    private bool isOver;

    public string Description { get; } = description;

    public IAudioPort? Audio => null;

    public static UnmadeLeg Report(string description, HangupCause cause, ILegObserver observer, Loop signalling)
    {
        var leg = new UnmadeLeg(description);
        signalling.Post(_ => { if (!leg.isOver) observer.OnFailed(leg, cause, quiet: false); });
        return leg;
    }

    public void End(HangupCause cause) => isOver = true;
}
