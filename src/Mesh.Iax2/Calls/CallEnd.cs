namespace Mesh.Iax2.Calls;

/// <summary>How a call came to its end, in the terms both figures share.</summary>
internal enum CallEnd
{
    HungUp,
    Invalidated,
    Exhausted,
    Settled,
    Departed,
    HostEnds,
}
