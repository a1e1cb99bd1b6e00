using Mesh.Sip.Messages;

namespace Mesh.Sip.Wire;

/// <summary>Reads the headers every message must have, and counts those that may be there once. The first fault is kept; reading goes on, for the answer's sake.</summary>
internal struct BaseHeaderReader
{
    private ulong seenLow, seenHigh;

    public BaseHeaders Headers;
    public int? ContentLength;
    public SipFault Fault;
    public int FaultAt;

    public void Read(byte[] octets, ReadOnlySpan<HeaderLine> lines, bool isRequest)
    {
        foreach (ref readonly var line in lines)
        {
            var value = new SipText(octets, line.ValueStart, line.ValueLength);
            var fault = line.Id switch
            {
                HeaderId.Via => Via(octets, line),
                HeaderId.From => Once(line.Id) ?? (NameAddress.TryParse(value, out Headers.From) ? null : SipFault.BadFrom),
                HeaderId.To => Once(line.Id) ?? (NameAddress.TryParse(value, out Headers.To) ? null : SipFault.BadTo),
                HeaderId.CallId => Once(line.Id) ?? CallId(value),
                HeaderId.CSeq => Once(line.Id) ?? (CSeq.TryParse(value, out Headers.CSeq) ? null : SipFault.BadCSeq),
                HeaderId.MaxForwards => Once(line.Id) ?? MaxForwards(value),
                HeaderId.ContentLength => Once(line.Id) ?? Length(value),
                HeaderId.Contact => isRequest ? Contacts(octets, line) : null,
                _ => null,
            };
            if (fault is { } what) Fail(what, line.NameStart);
        }
        RequireAll();
    }

    private void Fail(SipFault fault, int at)
    {
        if (Fault == SipFault.None) (Fault, FaultAt) = (fault, at);
    }

    private SipFault? Once(HeaderId id)
    {
        ref ulong seen = ref seenLow;
        if ((int)id >= 64) seen = ref seenHigh;
        ulong bit = 1UL << ((int)id & 63);
        bool again = (seen & bit) != 0;
        seen |= bit;
        return again ? SipFault.RepeatedHeader : null;
    }

    private readonly bool Saw(HeaderId id) => (((int)id >= 64 ? seenHigh : seenLow) >> ((int)id & 63) & 1) != 0;

    private SipFault? Via(byte[] octets, in HeaderLine line)
    {
        if (Once(HeaderId.Via) is not null) return null;
        int end = ListElement.End(octets.AsSpan(0, line.ValueStart + line.ValueLength), line.ValueStart);
        var top = new SipText(octets, line.ValueStart, end - line.ValueStart);
        if (Messages.Via.TryParse(top, out Headers.TopVia)) return null;
        Messages.Via.TryParseSentBy(top, out Headers.TopVia);
        return SipFault.BadVia;
    }

    private SipFault? CallId(SipText value)
    {
        foreach (byte octet in value.Span)
            if (octet is <= 0x20 or >= 0x7F) return SipFault.BadCallId;
        Headers.CallId = value;
        return value.IsEmpty ? SipFault.BadCallId : null;
    }

    private SipFault? MaxForwards(SipText value)
    {
        if (!Grammar.TryNumber(value.Span, 255, out uint hops)) return SipFault.BadMaxForwards;
        Headers.MaxForwards = (int)hops;
        return null;
    }

    private SipFault? Length(SipText value)
    {
        if (!Grammar.TryNumber(value.Span, int.MaxValue, out uint length)) return SipFault.BadContentLength;
        ContentLength = (int)length;
        return null;
    }

    private static SipFault? Contacts(byte[] octets, in HeaderLine line)
    {
        int lineEnd = line.ValueStart + line.ValueLength;
        for (int at = line.ValueStart; at <= lineEnd;)
        {
            int end = ListElement.End(octets.AsSpan(0, lineEnd), at);
            var value = new SipText(octets, at, end - at);
            if (!value.Is("*"u8) && !NameAddress.TryParse(value, out _)) return SipFault.BadContact;
            at = end + 1;
        }
        return null;
    }

    private void RequireAll()
    {
        if (!Saw(HeaderId.Via)) Fail(SipFault.MissingVia, 0);
        else if (!Saw(HeaderId.From)) Fail(SipFault.MissingFrom, 0);
        else if (!Saw(HeaderId.To)) Fail(SipFault.MissingTo, 0);
        else if (!Saw(HeaderId.CallId)) Fail(SipFault.MissingCallId, 0);
        else if (!Saw(HeaderId.CSeq)) Fail(SipFault.MissingCSeq, 0);
    }
}
