using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Calls;

/// <summary>Whoever owns one of our call numbers: a call, a registration, a probe.</summary>
internal interface ICallNumberHolder
{
    /// <summary>Only frames from here are handed over.</summary>
    NetAddress RemoteAddress { get; }

    void OnFullFrame(in FullFrame frame, in Datagram datagram);
}
