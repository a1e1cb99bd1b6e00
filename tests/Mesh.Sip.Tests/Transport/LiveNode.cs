using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Mesh.Io;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Tests.Transport;

/// <summary>An endpoint on a real loop with real sockets: UDP and TCP on the same free port of a loopback address.</summary>
internal sealed class LiveNode : ISipUserAgentCore, IIncomingInviteHandler, IOutgoingInviteHandler, ISessionHandler, IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly UdpTransport udp;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> connections = [];
    private readonly Task accepting;

    public LiveNode(string host, StreamTransportOptions? options = null, bool withTcp = true)
    {
        Loop = DatagramLoops.Create(host, new MeshClock(TimeProvider.System), new CryptoChance());
        listener = new TcpListener(IPAddress.Parse(host), 0);
        listener.Start();
        Address = NetAddress.From((IPEndPoint)listener.LocalEndpoint);
        if (!withTcp) listener.Stop();
        Endpoint = new SipEndpoint(Loop, this);
        udp = new UdpTransport(Loop, Address);
        Tcp = new StreamTransport(Loop, TransportProtocol.Tcp, Address, connector: new TcpStreamConnector(Address), options: options);
        Endpoint.Add(udp);
        Endpoint.Add(Tcp);
        Loop.Start();
        accepting = withTcp ? AcceptAsync() : Task.CompletedTask;
    }

    public Loop Loop { get; }
    public NetAddress Address { get; }
    public SipEndpoint Endpoint { get; }
    public StreamTransport Tcp { get; }
    public ConcurrentQueue<string> Events { get; } = new();
    public InviteSession? Session { get; private set; }
    public SipFlow InvitedOver { get; private set; }

    /// <summary>Runs on the loop and waits for it.</summary>
    public async Task<T> On<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Post(_ => { try { done.SetResult(work()); } catch (Exception e) { done.SetException(e); } });
        return await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public Task Call(LiveNode callee, string parameters = "", HeaderLines? headers = null) => On(() => Endpoint.Invite(
        new InviteOrder(SipUri.Parse($"sip:301@{callee.Address}{parameters}")) { From = $"<sip:100@{Address}>", Body = SipBody.Sdp("v=0\r\n"), Headers = headers }, this));

    public async Task Until(string happened)
    {
        for (int i = 0; i < 3_000 && !Events.Contains(happened); i++) await Task.Delay(10);
        Assert.True(Events.Contains(happened), $"no '{happened}' among {string.Join(", ", Events)}");
    }

    public async Task<Socket> Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000 };
        await socket.ConnectAsync(Address.ToIPEndPoint());
        return socket;
    }

    public void OnInvite(IncomingInvite invite)
    {
        invite.Handler = this;
        InvitedOver = invite.Flow;
        if (invite.Request.RequestUri.UnescapedUser != "301") { invite.Reject(SipStatus.BusyHere); return; }
        invite.Ring();
        Session = invite.Accept(SipBody.Sdp("v=0\r\n"), this);
        Events.Enqueue("invite");
    }

    public void OnRegister(ServerTransaction register) => register.Respond(
        register.Request.Has(HeaderName.Authorization) ? SipStatus.Unauthorized : register.Request.To.Uri.IsSip ? SipStatus.Ok : SipStatus.NotFound);

    public void OnCancelled(IncomingInvite invite, SipText reason) => Events.Enqueue("cancelled");

    public void OnProvisional(OutgoingInvite invite, SipResponse response) => Events.Enqueue($"{response.Status.Code}");

    public void OnAnswered(OutgoingInvite invite, InviteSession session, SipResponse response)
    {
        session.Handler = this;
        Session = session;
        Events.Enqueue("answered");
    }

    public void OnFailed(OutgoingInvite invite, SipStatus status, SipResponse? response) => Events.Enqueue($"failed {status.Code}");

    public void OnAcked(InviteSession session, SipBody body) => Events.Enqueue("acked");

    public void OnEnded(InviteSession session, SessionEnd why, SipText reason) => Events.Enqueue($"ended {why}");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Tcp.DisposeAsync();
        await Task.WhenAll(connections);
        Loop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stop.Token);
                connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { /* stopped */ }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var pipe = new SocketPipe(socket);
        await Tcp.AcceptAsync(pipe, NetAddress.From((IPEndPoint)socket.RemoteEndPoint!));
    }
}
