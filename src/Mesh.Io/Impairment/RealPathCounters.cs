namespace Mesh.Io;

/// <summary>What happened to the datagrams of one direction of an <see cref="ImpairedSocket"/> or an <see cref="ImpairmentRelay"/>.</summary>
public sealed class RealPathCounters : ImpairmentCounters
{
    /// <summary>Handed on: to the socket's receiver, or to the system to be sent.</summary>
    public long Delivered { get; internal set; }

    /// <summary>On their way now.</summary>
    public long Held { get; internal set; }

    /// <summary>Dropped because too many were on their way.</summary>
    public long HeldRefused { get; internal set; }

    /// <summary>Dropped because they came from an address that is neither end of the relay.</summary>
    public long Strangers { get; internal set; }

    public override string ToString() => $"{base.ToString()}, delivered {Delivered}, held {Held}, refused {HeldRefused}, from strangers {Strangers}";
}
