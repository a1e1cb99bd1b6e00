using System.Diagnostics;

namespace Mesh.Iax2.Tests.Interop;

/// <summary>Two endpoints on real sockets, in the roles of the captures: user "one" calls.</summary>
internal sealed class LivePair(int number) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public RealSite Caller { get; } = new(Situations.Host(number, 1), port: 4569);

    public RealSite Called { get; } = new(Situations.Host(number, 2), port: 4569);

    /// <summary>They know each other, with the secret of the captures.</summary>
    public void Introduce(Func<PeerOptions, PeerOptions>? toCalled = null, Func<PeerOptions, PeerOptions>? toCaller = null)
    {
        var both = new PeerOptions { Name = "", Secret = "meshsecret", Formats = [VoiceFormat.Ulaw, VoiceFormat.Alaw] };
        Caller.Do(() => Caller.Endpoint.AddPeer((toCalled ?? (same => same))(both with { Name = "two", OurUsername = "one", Address = Called.Endpoint.Local })));
        Called.Do(() => Called.Endpoint.AddPeer((toCaller ?? (same => same))(both with { Name = "one", Address = Caller.Endpoint.Local })));
    }

    public OutgoingIaxCall Call() => Caller.Place("two", new NewCallOptions
    {
        CalledNumber = "301", CallingPresentation = 0x43, CallingAni2 = 0, Language = "en", Variables = [new("MESH_TRACE", "7f3a-london/london,manchester/12")],
    })!;

    /// <summary>A call that is answered, and its other end.</summary>
    public (OutgoingIaxCall Near, IncomingIaxCall Far) Answered()
    {
        int before = Called.Received.Count;
        var near = Call();
        Until(() => near.IsUp && Called.Received.Count > before);
        return (near, Called.Received.Last());
    }

    /// <summary>Some frames of voice, one from each of the calls in turn.</summary>
    public void Speak(RealSite site, params IaxCall[] calls)
    {
        var buffer = new byte[Datagram.Headroom + 160];
        for (uint i = 0; i < 10; i++)
        {
            site.Do(() =>
            {
                foreach (var call in calls) call.SendVoice(VoiceFormat.Ulaw, i * 20, buffer, Datagram.Headroom, 160);
            });
            Thread.Sleep(5);
        }
    }

    public void Hangup(RealSite site, IaxCall call, CauseCode cause = CauseCode.NormalClearing) => site.Do(() => call.Hangup(cause));

    /// <summary>Everything is acknowledged and over on both sides.</summary>
    public void UntilOver() => Until(() => Caller.Endpoint.CallCount == 0 && Called.Endpoint.CallCount == 0);

    public void Until(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"situation {Situations.All[number].Capture}: caller {string.Join(", ", Caller.Events)}; called {string.Join(", ", Called.Events)}");
            Thread.Sleep(5);
        }
    }

    public void AssertSound() => Assert.Equal((0L, 0L), (Caller.Faults, Called.Faults));

    public void Dispose()
    {
        Caller.Dispose();
        Called.Dispose();
    }
}
