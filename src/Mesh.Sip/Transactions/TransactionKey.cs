using Mesh.Sip.Messages;

namespace Mesh.Sip.Transactions;

/// <summary>The numbers by which requests are matched to transactions (RFC 3261 17.2.3) and responses to theirs (17.1.3).</summary>
internal static class TransactionKey
{
    private const ulong Modern = 1, Classic = 2, Merge = 3;

    /// <summary>A branch of ours, without the lowest bit: that one tells a CANCEL from the INVITE it cancels.</summary>
    public const ulong CancelBit = 1;

    /// <summary>The server transaction a request belongs to; an ACK or CANCEL has its INVITE's. With the magic cookie: branch, sent-by and method; without, the fields of RFC 2543.</summary>
    public static ulong Server(SipRequest request, SipMethodId method)
    {
        ref readonly var via = ref request.TopVia;
        if (method == SipMethodId.Ack) method = SipMethodId.Invite;
        if (via.HasMagicCookie)
        {
            ulong modern = OctetHash.Of(via.Branch.Span, Modern);
            modern = Host(via, modern);
            return OctetHash.Add(modern, MethodNumber(request, method));
        }
        ulong key = OctetHash.Of(request.RequestUri.Text.Span, Classic);
        key = OctetHash.Of(request.From.Tag.Span, key);
        key = OctetHash.Of(request.CallId.Span, key);
        key = OctetHash.Of(via.Text.Span, key);
        key = OctetHash.Add(key, request.CSeq.Number);
        return OctetHash.Add(key, MethodNumber(request, method));
    }

    /// <summary>What a request is whatever path it took: From tag, Call-ID, CSeq (8.2.2.2).</summary>
    public static ulong Merged(SipRequest request)
    {
        ulong key = OctetHash.Of(request.From.Tag.Span, Merge);
        key = OctetHash.Of(request.CallId.Span, key);
        key = OctetHash.Add(key, request.CSeq.Number);
        return OctetHash.Add(key, MethodNumber(request, request.Method.Id)) | 1;
    }

    /// <summary>The client transaction a response answers, by the branch we made; 0 when it is none of ours.</summary>
    public static ulong Client(SipResponse response)
    {
        var branch = response.TopVia.Branch.Span;
        if (branch.Length != 23 || !response.TopVia.HasMagicCookie) return 0;
        ulong id = SipNumber.Read(branch[7..]) & ~CancelBit;
        return id == 0 ? 0 : response.CSeq.Method == SipMethod.Cancel ? id | CancelBit : id;
    }

    private static ulong Host(in Via via, ulong key)
    {
        Span<byte> lower = stackalloc byte[256];
        var host = via.Host.Span;
        if (host.Length > lower.Length) return OctetHash.Of(host, key);
        System.Text.Ascii.ToLower(host, lower, out int written);
        key = OctetHash.Of(lower[..written], key);
        return OctetHash.Add(key, (ulong)(via.Port ?? 0));
    }

    private static ulong MethodNumber(SipRequest request, SipMethodId method) =>
        method != SipMethodId.Unknown ? (ulong)method : OctetHash.Of(request.Method.Octets);
}
