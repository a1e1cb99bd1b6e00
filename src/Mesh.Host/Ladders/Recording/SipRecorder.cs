using Mesh.Io;
using Mesh.Sip;
using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Host.Ladders.Recording;

/// <summary>Keeps the SIP messages of calls by their Call-ID, from the first INVITE on. Signalling loop only.</summary>
public sealed class SipRecorder(LadderBook book, Loop loop) : ISipTap
{
    private readonly Dictionary<ulong, LadderLeg> byCallId = [];
    private readonly List<ISipTransport> ways = [];

    /// <summary>The transports messages went by, in the order of <see cref="RecordedMessage.Way"/>.</summary>
    public IReadOnlyList<ISipTransport> Ways => ways;

    public LadderLeg? Find(SipText callId) => byCallId.GetValueOrDefault(callId.Hash64());

    public void Forget(LadderLeg leg)
    {
        if (byCallId.TryGetValue(leg.CallIdKey, out var known) && known == leg) byCallId.Remove(leg.CallIdKey);
    }

    public void OnReceived(SipMessage message, ReadOnlySpan<byte> octets, in SipFlow flow)
    {
        ulong key = message.CallId.Hash64();
        if (!byCallId.TryGetValue(key, out var leg))
        {
            if (message is not SipRequest || message.CSeq.Method != SipMethod.Invite) return;
            leg = Open(key);
        }
        book.Keep(leg, loop.Clock.NowMicros, isSent: false, WayOf(flow.Transport), flow.Remote, octets);
    }

    public void OnSent(ReadOnlySpan<byte> octets, in SipFlow flow, long atMicros)
    {
        ulong key = OctetHash.Of(CallIdOf(octets));
        if (!byCallId.TryGetValue(key, out var leg))
        {
            if (!octets.StartsWith("INVITE "u8)) return;
            leg = Open(key);
        }
        book.Keep(leg, atMicros, isSent: true, WayOf(flow.Transport), flow.Remote, octets);
    }

    /// <summary>As <see cref="SipWriter"/> writes it: what we send is not parsed again.</summary>
    private static ReadOnlySpan<byte> CallIdOf(ReadOnlySpan<byte> octets)
    {
        ReadOnlySpan<byte> name = "\r\nCall-ID: "u8;
        int at = octets.IndexOf(name);
        if (at < 0) return [];
        var value = octets[(at + name.Length)..];
        int end = value.IndexOf((byte)'\r');
        return end < 0 ? value : value[..end];
    }

    private LadderLeg Open(ulong key)
    {
        var leg = book.Open(LegProtocol.Sip, key);
        byCallId[key] = leg;
        return leg;
    }

    private byte WayOf(ISipTransport transport)
    {
        int way = ways.IndexOf(transport);
        if (way >= 0) return (byte)way;
        ways.Add(transport);
        return (byte)(ways.Count - 1);
    }
}
