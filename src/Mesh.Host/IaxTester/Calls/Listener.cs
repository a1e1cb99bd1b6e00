using System.Globalization;
using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Calls;

/// <summary>The far end of test calls: rings, answers, echoes, refuses, as told. Registrations are granted and kept in memory. The endpoint's loop only.</summary>
public sealed class Listener(Loop loop, ListenOptions options, Action<ListenEvent> tell) : IIaxCore, IRegistrationSink
{
    private readonly HashSet<ListenedCall> calls = [];

    public ListenOptions Options { get; } = options;

    public Loop Loop { get; } = loop;

    public int Open => calls.Count;

    public long Total { get; private set; }

    public void OnCall(IncomingIaxCall call)
    {
        Total++;
        if (Refusal(call) is { } cause)
        {
            Tell("refused", call, $"cause {(int)cause}");
            call.Hangup(cause);
            return;
        }
        var listened = new ListenedCall(this, call, Total);
        calls.Add(listened);
        Tell("call", call, call.Peer?.Name ?? "");
        listened.Begin();
    }

    public DialplanStatus OnDialplanQuery(IncomingIaxCall call, string digits) =>
        Options.Extensions.Count == 0 || Options.Extensions.Contains(digits) ? DialplanStatus.Exists
        : Options.Extensions.Any(e => e.StartsWith(digits, StringComparison.Ordinal)) ? DialplanStatus.CanExist | DialplanStatus.MatchMore
        : DialplanStatus.NonExistent;

    public void Store(RegistrationBinding binding, Action<bool> completion)
    {
        tell(new ListenEvent("registered", binding.Address.ToString(), "", "", string.Create(CultureInfo.InvariantCulture, $"{binding.PeerName} for {binding.RefreshSeconds} s")));
        completion(true);
    }

    public void Remove(string peerName, Action<bool> completion)
    {
        tell(new ListenEvent("unregistered", "", "", "", peerName));
        completion(true);
    }

    internal void Tell(string what, IncomingIaxCall call, string detail) =>
        tell(new ListenEvent(what, call.RemoteAddress.ToString(), call.CallingNumber ?? "", call.CalledNumber, detail));

    internal void Ended(ListenedCall call) => calls.Remove(call);

    /// <summary>Ends every call.</summary>
    public void EndAll()
    {
        foreach (var call in calls.ToArray()) call.End(CauseCode.NormalClearing);
    }

    private CauseCode? Refusal(IncomingIaxCall call) =>
        calls.Count >= Options.MaxCalls ? CauseCode.SwitchCongestion
        : Options.Extensions.Count > 0 && !Options.Extensions.Contains(call.CalledNumber) ? CauseCode.UnallocatedNumber
        : Options.Reject;
}

/// <summary>Something that happened at a listener.</summary>
/// <param name="What">call, ringing, answered, digit, text, ended, refused, registered, unregistered.</param>
public sealed record ListenEvent(string What, string From, string Caller, string Called, string Detail);
