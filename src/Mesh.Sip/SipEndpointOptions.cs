using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Wire;

namespace Mesh.Sip;

/// <summary>How a <see cref="SipEndpoint"/> behaves and what it refuses. Times are milliseconds unless the name says otherwise.</summary>
public sealed record SipEndpointOptions
{
    /// <summary>For Server and User-Agent; empty writes neither.</summary>
    public string ServerName { get; init; } = "Mesh";

    public TimerSettings Timers { get; init; } = TimerSettings.Default;

    public SipParserOptions Parser { get; init; } = SipParserOptions.Default;

    /// <summary>Transactions alive at once; a new request outside a dialog gets 503 beyond (counted), unless it is an emergency call.</summary>
    public int MaxTransactions { get; init; } = 200_000;

    /// <summary>For Retry-After in a 503.</summary>
    public int RetryAfterSeconds { get; init; } = 5;

    /// <summary>Methods served; another known one gets 405 with Allow, an unknown one 501.</summary>
    public IReadOnlyList<SipMethodId> Allow { get; init; } =
        [SipMethodId.Invite, SipMethodId.Ack, SipMethodId.Cancel, SipMethodId.Bye, SipMethodId.Options, SipMethodId.Prack, SipMethodId.Update, SipMethodId.Info, SipMethodId.Refer, SipMethodId.Notify, SipMethodId.Register];

    /// <summary>Option tags understood; a request that requires another gets 420 with Unsupported.</summary>
    public IReadOnlyList<string> Supported { get; init; } = ["100rel", "timer", "path", "outbound"];

    /// <summary>Media types an INVITE may carry; another gets 415 with Accept.</summary>
    public IReadOnlyList<string> AcceptedBodies { get; init; } = [SipBody.SdpType];

    /// <summary>Shortest session interval accepted, seconds (RFC 4028 section 5: at least 90).</summary>
    public int MinSessionSeconds { get; init; } = 90;

    /// <summary>How long an incoming INVITE may stay unanswered by the user before it gets 408: nothing waits for ever.</summary>
    public int MaxSetupMs { get; init; } = 600_000;

    /// <summary>How long an INVITE may be without any response before it gets 100 Trying (17.2.1: at most 200). Most ring or are refused sooner and need none.</summary>
    public int TryingAfterMs { get; init; } = 100;

    /// <summary>How often a ringing call repeats its provisional response (13.3.1.1).</summary>
    public int ProvisionalRefreshMs { get; init; } = 60_000;

    /// <summary>Largest request sent as a datagram when a stream to the same place may be had (18.1.1: 200 below an MTU of 1,500).</summary>
    public int MaxDatagramBytes { get; init; } = 1_300;

    /// <summary>Early dialogs one outgoing INVITE may have; provisional responses of further ones are not told.</summary>
    public int MaxForks { get; init; } = 20;

    /// <summary>Somebody who looks on at every message: the ladders.</summary>
    public ISipTap? Tap { get; init; }
}
