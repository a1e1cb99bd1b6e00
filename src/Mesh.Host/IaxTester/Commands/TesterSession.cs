using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Mesh.Host.Commands;
using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Trunking;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Commands;

/// <summary>One run of a command: a loop, an end by Ctrl-C, sockets as bad as asked for.</summary>
public sealed class TesterSession(Terminal terminal, TesterOptions options, ParseResult parsed, Loop loop, CancellationToken stop)
{
    public const string PeerName = "server";

    public Terminal Terminal { get; } = terminal;

    public TesterOptions Options { get; } = options;

    public ParseResult Parsed { get; } = parsed;

    public Loop Loop { get; } = loop;

    /// <summary>Cancelled by Ctrl-C and SIGTERM.</summary>
    public CancellationToken Stop { get; } = stop;

    public bool IsJson => Parsed.GetValue(Options.Json);

    /// <summary>Runs a command on a loop of its own; what prevents it becomes a sentence and an exit code.</summary>
    public static async Task<int> RunAsync(Terminal terminal, TesterOptions options, ParseResult parsed, TimeProvider time, CancellationToken cancelled, Func<TesterSession, Task<int>> work)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        void Stop(PosixSignalContext signal)
        {
            // A second signal means now.
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var loop = DatagramLoops.Create("iax", new MeshClock(time), new CryptoChance());
        loop.OnFault = (where, fault) => terminal.Error.WriteLine($"mesh iax: {where}: {fault.Message}");
        loop.Start();
        try { return await work(new TesterSession(terminal, options, parsed, loop, stop.Token)); }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"mesh iax: {e.Message}");
            return ExitCode.Failed;
        }
    }

    /// <summary>Where the target is; null, after saying so, when its name leads nowhere.</summary>
    public async Task<NetAddress?> ResolveAsync()
    {
        var target = Options.TargetOf(Parsed);
        var server = await target.ResolveAsync(Stop);
        if (server is null) Terminal.Error.WriteLine($"mesh iax: '{target.Host}' is no address and no name anybody knows");
        return server;
    }

    public NetAddress LocalTowards(NetAddress server) => Options.LocalOf(Parsed) ?? ServerTarget.LocalTowards(server);

    /// <summary>A bare socket of this run, impaired as asked.</summary>
    public IDatagramSocket Bind(NetAddress server)
    {
        var socket = Loop.Bind(LocalTowards(server), null, DatagramSocketOptions.Signalling);
        return Options.ImpairmentsOf(Parsed) is { } impairments ? new ImpairedSocket(Loop, socket, null, impairments) : socket;
    }

    /// <summary>An endpoint of this run, impaired as asked. On the loop.</summary>
    public IaxEndpoint Endpoint(NetAddress local, IIaxCore core, IDatagramTap? tap = null, IRegistrationSink? registrations = null) =>
        new(Loop, local, core, new IaxEndpointOptions { Impairments = Options.ImpairmentsOf(Parsed), Tap = tap, MaxCalls = 30_000, QuarantineMs = 1_000 }, registrations);

    /// <summary>The server as a peer we call.</summary>
    public PeerOptions Peer(NetAddress server, IReadOnlyList<VoiceFormat> formats, bool trunk = false) => new()
    {
        Name = PeerName, OurUsername = Parsed.GetValue(Options.User) ?? "", Secret = Options.SecretOf(Parsed), Address = server, Formats = formats, MaxCalls = 30_000,
        Trunk = trunk ? new TrunkOptions() : null,
    };

    /// <summary>Completes when the run is to end.</summary>
    public Task Stopped()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Stop.Register(() => stopped.TrySetResult());
        return stopped.Task;
    }
}

/// <summary>Takes no calls.</summary>
internal sealed class CallerOnly(Action<RegistrationClient>? registration = null) : IIaxCore
{
    public void OnCall(IncomingIaxCall call) => call.Hangup(CauseCode.CallRejected);

    public void OnRegistration(RegistrationClient changed) => registration?.Invoke(changed);
}
