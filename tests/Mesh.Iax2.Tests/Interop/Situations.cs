using Mesh.Iax2.Trunking;

namespace Mesh.Iax2.Tests.Interop;

/// <summary>What happens in a capture, for two of ours to do the same.</summary>
internal sealed record Situation(string Capture, Action<LivePair> Play)
{
    /// <summary>From AUTHREQ on tshark sees noise.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>tshark 4.0 takes the last entry of a trunk frame without time stamps for two octets too long, in the captures too.</summary>
    public bool HasMalformedTrunk { get; init; }
}

internal static class Situations
{
    public static readonly IReadOnlyList<Situation> All =
    [
        new("call-md5-answer", AnsweredByHand),
        new("call-md5-calltoken", AnsweredByHand),
        new("call-md5-aes128", pair =>
        {
            pair.Introduce(peer => peer with { Encryption = EncryptionPolicy.Offer }, peer => peer with { Encryption = EncryptionPolicy.Required });
            RingAnswerTalk(pair);
        }) { IsEncrypted = true },
        new("call-md5-dtmf-text-hangup", pair =>
        {
            pair.Introduce();
            pair.Called.Answering = call => call.Answer();
            var (_, far) = pair.Answered();
            foreach (char digit in "12#")
            {
                pair.Called.Do(() => far.SendDigit(digit, false));
                pair.Called.Do(() => far.SendDigit(digit, true));
            }
            pair.Called.Do(() => far.SendText("hello"));
            pair.Until(() => far.Unacknowledged == 0);
            pair.Hangup(pair.Called, far);
            pair.UntilOver();
        }),
        new("call-md5-early-media-cancel", pair =>
        {
            pair.Introduce();
            pair.Called.Answering = call => call.Progress();
            var near = pair.Call();
            pair.Until(() => !pair.Called.Received.IsEmpty);
            pair.Speak(pair.Called, pair.Called.Received.First());
            pair.Until(() => pair.Caller.Voice.Frames >= 10);
            pair.Hangup(pair.Caller, near);
            pair.UntilOver();
        }),
        new("call-md5-fail-303", pair => Fails(pair, call => call.Busy())),
        new("call-md5-fail-304", pair => Fails(pair, call => call.Congestion())),
        new("call-md5-fail-305", pair => Fails(pair, call => { call.Accept(VoiceFormat.Ulaw); call.Hangup(CauseCode.UnallocatedNumber); })),
        new("call-md5-fail-399", pair => Fails(pair, call => call.Hangup(CauseCode.NoRouteToDestination, "No such context/extension"))),
        new("call-md5-wrong-secret", pair =>
        {
            pair.Introduce(toCaller: peer => peer with { Secret = "another" });
            pair.Call();
            pair.UntilOver();
        }),
        new("call-plaintext", pair =>
        {
            pair.Introduce(peer => peer with { Methods = AuthenticationMethods.Plaintext }, peer => peer with { Methods = AuthenticationMethods.Plaintext });
            RingAnswerTalk(pair);
        }),
        new("register-md5-calltoken-qualify", pair =>
        {
            pair.Called.Do(() => pair.Called.Endpoint.AddPeer(new PeerOptions { Name = "one", Secret = "meshsecret", Qualify = new QualifyOptions() }));
            RegistrationClient? client = null;
            pair.Caller.Do(() =>
            {
                client = pair.Caller.Endpoint.AddRegistration(new RegistrationClientOptions { Server = pair.Called.Endpoint.Local, Username = "one", Secret = "meshsecret" });
                client.Start();
            });
            pair.Until(() => client!.State == RegistrationState.Registered && pair.Called.Events.Contains("one Alive"));
        }),
        new("trunk-plain-3calls", pair => Trunked(pair, withTimestamps: false)) { HasMalformedTrunk = true },
        new("trunk-timestamps-3calls", pair => Trunked(pair, withTimestamps: true)),
    ];

    public static string Host(int number, int side) => $"127.51.{number}.{side}";

    private static void AnsweredByHand(LivePair pair)
    {
        pair.Introduce();
        RingAnswerTalk(pair);
    }

    private static void RingAnswerTalk(LivePair pair)
    {
        pair.Called.Answering = call => call.Ringing();
        var near = pair.Call();
        pair.Until(() => pair.Caller.Events.Contains("ringing") && !pair.Called.Received.IsEmpty);
        var far = pair.Called.Received.First();
        pair.Called.Do(far.Answer);
        pair.Until(() => near.IsUp);
        pair.Speak(pair.Called, far);
        pair.Until(() => pair.Caller.Voice.Frames >= 10);
        pair.Hangup(pair.Caller, near);
        pair.UntilOver();
    }

    private static void Fails(LivePair pair, Action<IncomingIaxCall> answering)
    {
        pair.Introduce();
        pair.Called.Answering = answering;
        pair.Call();
        pair.UntilOver();
    }

    private static void Trunked(LivePair pair, bool withTimestamps)
    {
        var trunk = new TrunkOptions { WithTimestamps = withTimestamps };
        pair.Introduce(peer => peer with { Trunk = trunk }, peer => peer with { Trunk = trunk });
        pair.Called.Answering = call => call.Answer();
        var calls = Enumerable.Range(0, 3).Select(_ => pair.Answered()).ToArray();
        pair.Speak(pair.Caller, [.. calls.Select(call => call.Near)]);
        pair.Speak(pair.Called, [.. calls.Select(call => call.Far)]);
        pair.Until(() => pair.Caller.Voice.Frames >= 30 && pair.Called.Voice.Frames >= 30);
        foreach (var (near, _) in calls) pair.Hangup(pair.Caller, near);
        pair.UntilOver();
    }
}
