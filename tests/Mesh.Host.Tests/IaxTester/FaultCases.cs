using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.Tests.IaxTester;

internal static partial class Faults
{
    private static readonly byte[] Accepting = [(byte)ElementId.Format, 4, 0, 0, 0, 4];

    private static readonly byte[] Challenging = [(byte)ElementId.AuthMethods, 2, 0, 2, (byte)ElementId.Challenge, 3, (byte)'1', (byte)'2', (byte)'3', (byte)ElementId.Username, 1, (byte)'x'];

    public static readonly IReadOnlyList<FaultCase> All =
    [
        // 6.1
        new("REGAUTH without CHALLENGE", Spoil(p => p.Is(IaxCommand.RegAuth), p => p.Without(ElementId.Challenge)), "regreq"),
        new("REGACK for another name", Spoil(p => p.Is(IaxCommand.RegAck), p => p.Change(ElementId.Username, "other"u8.ToArray())), "regack"),
        new("REGACK without REFRESH", Spoil(p => p.Is(IaxCommand.RegAck), p => p.Without(ElementId.Refresh)), "regack-refresh"),
        new("REGACK without APPARENT_ADDR", Spoil(p => p.Is(IaxCommand.RegAck), p => p.Without(ElementId.ApparentAddress)), "regack-address"),
        new("REGACK in month 0", Spoil(p => p.Is(IaxCommand.RegAck), p => p.Change(ElementId.DateTime, [0, 0, 0, 0])), "regack-datetime"),
        new("registers everybody", Answer(p => p.Is(IaxCommand.RegReq) && (p.Find(ElementId.Md5Result) ?? p.Find(ElementId.Password)) is not null, p => [p.Reply(IaxCommand.RegAck, [(byte)ElementId.Refresh, 2, 0, 60])]),
            "regrej", "regreq-unknown", "regreq-replay", "regreq-plaintext"),
        new("registers the nameless", Answer(p => p.Is(IaxCommand.RegReq) && p.Find(ElementId.Username) is null, p => [p.Reply(IaxCommand.RegAck)]), "regreq-nameless"),
        new("REGREJ without a reason", Spoil(p => p.Is(IaxCommand.RegRej), p => p.Octets[..12]), "regrej-cause"),
        new("refuses unknown names at once", Answer(p => p.Is(IaxCommand.RegReq) && IsNobody(p), p => [p.Reply(IaxCommand.RegRej)]), "regreq-unknown-alike"),
        new("one challenge for all registrations", Spoil(p => p.Is(IaxCommand.RegAuth), p => p.Change(ElementId.Challenge, "12345"u8.ToArray())), "regauth-fresh"),
        new("REGACK once only", () => { int granted = 0; return p => p.FromServer && p.Is(IaxCommand.RegAck) && granted++ > 0 ? Fate.Lost : Fate.Pass(p); }, "regreq-again", "regack-repeated"),
        new("no REGREL", Deaf(p => p.Is(IaxCommand.RegRel)), "regrel"),
        new("REGREL without proof", Answer(p => p.Is(IaxCommand.RegRel), p => [p.Reply(IaxCommand.RegAck)]), "regrel-proof"),

        // 6.2, 6.3
        new("no ACCEPT", Mute(p => p.Is(IaxCommand.Accept)), "new", "authrep"),
        new("any VERSION", () => p => !p.FromServer && p.Is(IaxCommand.New) ? new Fate(p.Change(ElementId.Version, [0, 2])) : Fate.Pass(p), "new-version"),
        new("ANSWER from another number", Spoil(p => p.Is(ControlCommand.Answer), p => p.With(o => o[1] ^= 1)), "new-numbers"),
        new("ACCEPT with two formats", Spoil(p => p.Is(IaxCommand.Accept), p => p.Without(ElementId.Format2)[..12].Concat(new byte[] { 9, 4, 0, 0, 0, 12 }).ToArray()), "accept-format"),
        new("no NEW without CAPABILITY", Deaf(p => p.Is(IaxCommand.New) && p.Find(ElementId.Capability) is null), "new-format-only"),
        new("takes any format", () => p => !p.FromServer && p.Is(IaxCommand.New) ? new Fate(p.WithElements((id, data) => id is ElementId.Format or ElementId.Capability ? [0, 0, 0, 4] : data)) : Fate.Pass(p), "new-no-codec"),
        new("ends without a cause", Spoil(p => p.Is(IaxCommand.Reject) || p.Is(IaxCommand.Hangup), p => p.Octets[..12]), "new-no-codec-cause", "new-unknown-number-cause", "authrep-wrong-cause"),
        new("every number exists", () => p => !p.FromServer && p.Is(IaxCommand.New) ? new Fate(p.Change(ElementId.CalledNumber, "600"u8.ToArray())) : Fate.Pass(p), "new-unknown-number"),
        new("a NEW repeated is another call", () => p => !p.FromServer && p.Is(IaxCommand.New) && p.IsRepeated ? new Fate { Back = [p.Reply(FrameType.Iax, (byte)IaxCommand.AuthReq, Challenging, 0x5151)] } : Fate.Pass(p), "new-repeated"),
        new("rings before ACCEPT", () => p => p.FromServer && p.Is(IaxCommand.Accept)
            ? new Fate(p.With(o => (o[10], o[11]) = ((byte)FrameType.Control, (byte)ControlCommand.Ringing))[..12], p.With(o => o[8]++)) : p.FromServer && p.Is(ControlCommand.Answer) ? new Fate(p.With(o => o[8]++)) : Fate.Pass(p), "accept-first"),
        new("no ANSWER", Mute(p => p.Is(ControlCommand.Answer)), "answer"),
        new("HANGUP ends every call of an address", DropCall(p => p.Is(IaxCommand.Hangup)), "two-calls"),
        new("calls by number alone", () =>
        {
            var last = new Dictionary<ushort, NetAddress>();
            return p =>
            {
                if (!p.FromServer && p.Is(IaxCommand.New)) last[p.Source] = p.Client;
                return !p.FromServer && p.IsFull && last.TryGetValue(p.Source, out var owner) && owner != p.Client ? Fate.Lost : Fate.Pass(p);
            };
        }, "same-number-two-ports"),
        new("ACCEPT again after its ACK", Again(IaxCommand.Accept, on: p => !p.FromServer && p.Is(IaxCommand.Ack)), "accept-acknowledged"),

        // 6.2.6, 6.2.7
        new("AUTHREQ without USERNAME", Spoil(p => p.Is(IaxCommand.AuthReq), p => p.Without(ElementId.Username)), "authreq"),
        new("accepts every answer", Answer(p => p.Is(IaxCommand.AuthRep), p => [p.Reply(FrameType.Iax, (byte)IaxCommand.Accept, Accepting, p.Destination)]), "authrep-wrong", "authrep-empty", "authrep-replay", "new-unknown-user"),
        new("one challenge for all calls", Spoil(p => p.Is(IaxCommand.AuthReq), p => p.Change(ElementId.Challenge, "12345"u8.ToArray())), "authreq-fresh"),
        new("refuses unknown users at once", Answer(p => p.Is(IaxCommand.New) && IsNobody(p), p => [p.Reply(IaxCommand.Reject)]), "new-unknown-user-alike"),
        new("offers plaintext", Spoil(p => p.Is(IaxCommand.AuthReq), p => p.Change(ElementId.AuthMethods, [0, 3])), "authreq-no-plaintext"),
        new("a method of its own", Spoil(p => p.Is(IaxCommand.AuthReq), p => [.. p.Octets, (byte)ElementId.Encryption, 2, 0x80, 0]), "encryption-offered"),
        new("a second AUTHREP ends the call", () =>
        {
            int answers = 0;
            return p => !p.FromServer && p.Is(IaxCommand.AuthRep) && ++answers > 1 || answers > 1 ? Fate.Lost : Fate.Pass(p);
        }, "authrep-unasked"),

        // 6.2.5
        new("no HANGUP", Deaf(p => p.Is(IaxCommand.Hangup)), "hangup", "hangup-bare", "hangup-unproven", "dtmf-burst-hangup", "limit-calls", "limit-reuse", "frame-random-in-call"),
        new("HANGUP acknowledged and forgotten", Answer(p => p.Is(IaxCommand.Hangup), p => [p.Reply(FrameType.Iax, (byte)IaxCommand.Ack, null, p.Destination)]), "hangup-ends", "hangup-early"),
        new("HANGUP repeated is the end of all", Crash(p => p.Is(IaxCommand.Hangup) && p.IsRepeated), "hangup-repeated"),
        new("no REJECT", Answer(p => p.Is(IaxCommand.Reject), p => [p.Reply(FrameType.Iax, (byte)IaxCommand.Ack, null, p.Destination)]), "reject-ends"),
        new("believes any address", BelievesAnyAddress, "hangup-forged", "inval-forged", "sequence-forged", "mini-forged"),
        new("looks at one number only", () =>
        {
            ushort caller = 0;
            return p =>
            {
                if (!p.FromServer && p.Is(IaxCommand.New)) caller = p.Source;
                return !p.FromServer && p.Is(IaxCommand.Hangup) ? new Fate(p.With(o => (o[0], o[1]) = ((byte)(0x80 | caller >> 8), (byte)caller))) : Fate.Pass(p);
            };
        }, "hangup-other-number"),

        // 6.4, 6.5, 6.8
        new("no CONTROL", DropCall(p => p.Type == FrameType.Control), "flash", "hold", "control-unknown", "control-stop"),
        new("QUELCH is nothing", Answer(p => p.Is(IaxCommand.Quelch), p => [p.Reply(FrameType.Iax, (byte)IaxCommand.Ack, null, p.Destination)]), "quelch"),
        new("UNQUELCH is nothing", Answer(p => p.Is(IaxCommand.Unquelch), p => [p.Reply(FrameType.Iax, (byte)IaxCommand.Ack, null, p.Destination)]), "unquelch"),
        new("obeys any TXREQ", () => p => !p.FromServer && p.Is(IaxCommand.TxReq) && ApparentAddress.TryRead(p.Find(ElementId.ApparentAddress), out var to)
            ? new Fate(p.Octets) { Elsewhere = [(to, p.Reply(IaxCommand.TxCnt))] } : Fate.Pass(p), "txreq"),
        new("TXCNT ends the call", DropCall(p => p.Is(IaxCommand.TxCnt)), "txcnt"),
        new("DPREQ ends the call", DropCall(p => p.Is(IaxCommand.DpReq)), "dpreq"),

        new("no number TBD", Deaf(p => p.Is(IaxCommand.New) && p.Find(ElementId.CalledNumber) is [(byte)'T', (byte)'B', (byte)'D']), "tbd"),
        new("DPREP of no number", Spoil(p => p.Is(IaxCommand.DpRep), p => p.Change(ElementId.DpStatus, [0, 4])), "dprep"),
        new("every number can be dialled", Spoil(p => p.Is(IaxCommand.DpRep), p => p.Change(ElementId.DpStatus, [0, 1])), "dprep-unknown"),
        new("no DIAL", Deaf(p => p.Is(IaxCommand.Dial)), "dial"),
        new("dials one number", () => p => !p.FromServer && p.Is(IaxCommand.Dial) ? new Fate(p.Change(ElementId.CalledNumber, "600"u8.ToArray())) : Fate.Pass(p), "dial-unknown"),

        // 6.7
        new("no POKE", Deaf(p => p.Is(IaxCommand.Poke)), "poke"),
        new("PONG with a stamp of its own", Spoil(p => p.Is(IaxCommand.Pong), Stamp), "poke-echo", "ping-echo"),
        new("no POKE with a token", Deaf(p => p.Is(IaxCommand.Poke) && p.Find(ElementId.CallToken) is not null), "poke-token"),
        new("ten POKEs", () => { int pokes = 0; return p => !p.FromServer && p.Is(IaxCommand.Poke) && ++pokes > 10 ? Fate.Lost : Fate.Pass(p); }, "poke-stateless"),
        new("no PING", Deaf(p => p.Is(IaxCommand.Ping)), "ping"),
        new("PONG without report", Spoil(p => p.Is(IaxCommand.Pong), p => p.Octets[..12]), "pong-report"),
        new("no LAGRQ", Deaf(p => p.Is(IaxCommand.LagRq)), "lagrq", "element-lagrq"),
        new("LAGRP with a stamp of its own", Spoil(p => p.Is(IaxCommand.LagRp), Stamp), "lagrp-echo"),
        new("never watches a call", Mute(p => p.Is(IaxCommand.Ping) || p.Is(IaxCommand.LagRq)), "own-ping"),
        new("no PONG", Deaf(p => p.Is(IaxCommand.Pong)), "pong-unasked"),

        // 6.9
        new("ACK with a stamp of its own", Spoil(p => p.Is(IaxCommand.Ack), Stamp), "ack-echo"),
        new("ACK is acknowledged", () => p => !p.FromServer && p.Is(IaxCommand.Ack) ? new Fate(p.Octets) { Back = [p.Reply(IaxCommand.Ack)] } : Fate.Pass(p), "ack-unacknowledged"),
        new("skips a number of the sequence", Spoil(p => p.Is(IaxCommand.Pong), p => p.With(o => o[8]++)), "ack-unnumbered", "sequence-steps"),
        new("no INVAL taken", Deaf(p => p.Is(IaxCommand.Inval)), "inval"),
        new("answers whatever it does not know", () =>
        {
            var callers = new HashSet<NetAddress>();
            return p =>
            {
                if (!p.FromServer && (p.Is(IaxCommand.New) || p.Is(IaxCommand.Poke))) callers.Add(p.Client);
                return p.FromServer || callers.Contains(p.Client) ? Fate.Pass(p) : new Fate { Back = [Convert.FromHexString("80010002000000000000060a")] };
            };
        }, "inval-unanswered", "unknown-call-ack", "unknown-call-vnak", "mini-unknown-call", "trunk-unknown-call", "meta-unknown", "frame-runt", "frame-short", "frame-video-short", "frame-trunk-short"),
        new("never says INVAL", Mute(p => p.Is(IaxCommand.Inval)), "unknown-call"),
        new("UNSUPPORT is unsupported", Answer(p => p.Is(IaxCommand.Unsupport), p => [p.Reply(IaxCommand.Unsupport)]), "unknown-call-unsupport"),
        new("no VNAK taken", Deaf(p => p.Is(IaxCommand.Vnak)), "vnak"),
        new("every VNAK is a repetition", Again(IaxCommand.Pong, on: p => !p.FromServer && p.Is(IaxCommand.Vnak)), "vnak-storm"),
        new("never says UNSUPPORT", Mute(p => p.Is(IaxCommand.Unsupport)), "unsupport"),
        new("UNSUPPORT of something else", Spoil(p => p.Is(IaxCommand.Unsupport), p => p.Change(ElementId.IaxUnknown, [1])), "unsupport-which"),
        new("a subclass nobody knows ends the call", DropCall(p => p.Type == FrameType.Iax && p.Subclass == 60), "unsupport-survives"),
        new("MWI ends the call", DropCall(p => p.Is(IaxCommand.Mwi)), "mwi"),
        .. Media,
    ];

    private static bool IsNobody(Passing p) => p.Find(ElementId.Username) is { } name && name.AsSpan().SequenceEqual("nobody-5456"u8);

    /// <summary>The last frame of a kind from the server goes out again, with the R bit, at each frame that fits.</summary>
    private static Func<Func<Passing, Fate>> Again(IaxCommand what, Func<Passing, bool> on) => () =>
    {
        byte[]? last = null;
        return p =>
        {
            if (p.FromServer && p.Is(what)) last = p.With(o => o[2] |= 0x80);
            return last is not null && on(p) ? new Fate(p.Octets) { Back = p.FromServer ? [] : [last] } : Fate.Pass(p);
        };
    };

    /// <summary>A frame that names the numbers of somebody else's call is taken for that call.</summary>
    private static Func<Passing, Fate> BelievesAnyAddress()
    {
        var callers = new Dictionary<ushort, NetAddress>();
        return p =>
        {
            if (!p.FromServer && p.Is(IaxCommand.New)) callers.TryAdd(p.Source, p.Client);
            bool isForged = !p.FromServer && (p.IsFull || p.IsMini) && callers.TryGetValue(p.Source, out var caller) && caller != p.Client;
            return isForged ? new Fate { Forwarded = [(callers[p.Source], p.Octets)] } : Fate.Pass(p);
        };
    }
}
