using Mesh.Io;

namespace Mesh.Media.Rtp;

/// <summary>
/// Two bound sockets, even for RTP and the next for RTCP, made once and rented to one <see cref="RtpPort"/> after another. What arrives while nobody rents them is
/// counted and dropped, so that a late packet of one call never reaches the next.
/// </summary>
internal sealed class RtpPortPair : IDatagramReceiver, IDisposable
{
    private readonly RtpPortPool pool;
    private readonly RtpPortLane lane;
    private RtpPort? tenant;

    public RtpPortPair(RtpPortPool pool, RtpPortLane lane, NetAddress evenAddress)
    {
        (this.pool, this.lane) = (pool, lane);
        Rtp = Loop.Bind(evenAddress, this, DatagramSocketOptions.Media);
        try
        {
            if (pool.Options.WithRtcp) Rtcp = Loop.Bind(evenAddress.WithPort((ushort)(evenAddress.Port + 1)), this, pool.Options.RtcpSocket);
        }
        catch
        {
            Rtp.Dispose();
            throw;
        }
    }

    public Loop Loop => lane.Loop;

    public IDatagramSocket Rtp { get; }

    public IDatagramSocket? Rtcp { get; }

    /// <summary>When the last tenant left, in milliseconds of the loop's clock.</summary>
    public long ReturnedMs { get; private set; }

    public void Let(RtpPort port) => Volatile.Write(ref tenant, port);

    public void Return(RtpPort port)
    {
        if (!ReferenceEquals(Interlocked.CompareExchange(ref tenant, null, port), port)) return;
        ReturnedMs = Loop.Clock.NowMs;
        pool.TakeBack(this, lane);
    }

    public void OnDatagram(IDatagramSocket socket, in Datagram datagram)
    {
        if (Volatile.Read(ref tenant) is not { } port) pool.CountStray();
        else if (ReferenceEquals(socket, Rtp)) port.OnDatagram(socket, datagram);
        else port.OnRtcp(datagram);
    }

    public void Dispose()
    {
        Rtp.Dispose();
        Rtcp?.Dispose();
    }
}
