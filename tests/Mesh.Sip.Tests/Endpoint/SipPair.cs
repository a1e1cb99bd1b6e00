using Mesh.Io.Simulation;

namespace Mesh.Sip.Tests.Endpoint;

/// <summary>Two endpoints on a simulated wire in virtual time: <see cref="A"/> calls, <see cref="B"/> is called.</summary>
internal sealed class SipPair : IDisposable
{
    /// <summary>Longer than anything lingers: 64 T1 for a call, 64 T1 for its BYE, and some.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(150);

    public SipPair(ulong seed = 1, Impairment? impairment = null, SipEndpointOptions? options = null)
    {
        World = new SimulatedWorld(seed);
        if (impairment is not null) World.Wire.Default = impairment;
        World.Wire.OnDatagram += d => Sent.Add(Word(d.Payload.Span));
        A = new SipNode(World, "10.0.0.1:5060", options);
        B = new SipNode(World, "10.0.0.2:5060", options);
    }

    public SimulatedWorld World { get; }
    public SipNode A { get; }
    public SipNode B { get; }

    /// <summary>Every message sent so far: its method or status code.</summary>
    public List<string> Sent { get; } = [];

    public int Count(string word) => Sent.Count(w => w == word);

    public void Run(double seconds) => World.RunFor(TimeSpan.FromSeconds(seconds));

    public void Until(Func<bool> condition, double seconds = 64) =>
        Assert.True(World.RunUntil(condition, TimeSpan.FromSeconds(seconds)), $"not within {seconds} s; A: {string.Join(", ", A.Events)}; B: {string.Join(", ", B.Events)}");

    /// <summary>A call established, ACK and all.</summary>
    public void Establish()
    {
        A.Call(B);
        Until(() => B.Events.Contains("acked"));
        Assert.NotNull(A.Session);
        Assert.NotNull(B.Session);
    }

    /// <summary>After everything has lingered out, nothing is left and nothing threw.</summary>
    public void AssertNothingLeft()
    {
        World.RunFor(Settle);
        Assert.Empty(World.Faults);
        Assert.True(A.Left == 0, $"A has {A.Endpoint.Transactions.Clients} client, {A.Endpoint.Transactions.Servers} server transactions, {A.Endpoint.Dialogs.Count} dialogs, {A.Loop.Deadlines.Armed} deadlines; {string.Join(", ", A.Events)}");
        Assert.True(B.Left == 0, $"B has {B.Endpoint.Transactions.Clients} client, {B.Endpoint.Transactions.Servers} server transactions, {B.Endpoint.Dialogs.Count} dialogs, {B.Loop.Deadlines.Armed} deadlines; {string.Join(", ", B.Events)}");
    }

    private static string Word(ReadOnlySpan<byte> payload)
    {
        string[] words = System.Text.Encoding.UTF8.GetString(payload).Split(' ', 3);
        return words[0] == "SIP/2.0" ? words[1] : words[0];
    }

    public void Dispose() => World.Dispose();
}
