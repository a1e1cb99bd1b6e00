using Mesh.Iax2.Wire;

namespace Mesh.Host.Tests.IaxTester;

internal static partial class Faults
{
    private static IReadOnlyList<FaultCase> Media =>
    [
        // 6.10
        new("no VOICE", Deaf(p => p.Type == FrameType.Voice), "voice-acknowledged"),
        new("mini frames before the full one", Mute(p => p.Type == FrameType.Voice), "voice-first-full"),
        new("says nothing", Mute(p => p.Type == FrameType.Voice || p.IsMini), "voice-echo"),
        new("one spelling of a format", DropCall(p => p.Type == FrameType.Voice && p.Subclass == 0x82), "voice-compressed-subclass"),
        new("a format nobody knows ends the call", DropCall(p => p.Type == FrameType.Voice && p.Subclass == 0xBF), "voice-unknown-format"),
        new("a format nobody knows is not acknowledged", Deaf(p => p.Type == FrameType.Voice && p.Subclass == 0xBF), "voice-unknown-format-ack"),
        new("another format ends the call", DropCall(p => p.Type == FrameType.Voice && p.Subclass == 8), "voice-change"),
        new("voice of no octets ends the call", DropCall(p => p.Type == FrameType.Voice && p.Octets.Length == 12), "voice-odd-sizes"),
        new("asks for voice of the dead", () =>
        {
            bool isOver = false;
            return p =>
            {
                isOver |= !p.FromServer && p.Is(IaxCommand.Hangup);
                return isOver && !p.FromServer && p.IsMini ? new Fate { Back = [p.Reply(FrameType.Iax, (byte)IaxCommand.Vnak)[..12]] } : Fate.Pass(p);
            };
        }, "voice-after-hangup"),
        new("VIDEO ends the call", DropCall(p => p.Type == FrameType.Video), "video"),
        new("no DTMF", Deaf(p => p.Type == FrameType.DtmfEnd), "dtmf", "dtmf-nonsense"),
        new("no DTMF begin", Deaf(p => p.Type == FrameType.DtmfBegin), "dtmf-begin"),
        new("a hundred digits a call", () => { int digits = 0; return p => !p.FromServer && p.Type == FrameType.DtmfEnd && ++digits > 100 ? Fate.Lost : Fate.Pass(p); }, "dtmf-burst"),
        new("no TEXT", Deaf(p => p.Type == FrameType.Text), "text", "sequence-gap-filled", "sequence-cumulative"),
        new("no empty TEXT", Deaf(p => p.Type == FrameType.Text && p.Octets.Length == 12), "text-bare"),
        new("no HTML", Deaf(p => p.Type == FrameType.Html), "html"),
        new("no IMAGE", Deaf(p => p.Type == FrameType.Image), "image"),
        new("no CNG", Deaf(p => p.Type == FrameType.ComfortNoise), "comfort-noise"),
        new("a type nobody knows ends the call", DropCall(p => (int)p.Type == 0x3F), "type-unknown"),

        // 7
        new("ISeqno that forgets our NEW", Spoil(p => p.Is(IaxCommand.AuthReq), p => p.With(o => o[9] = 0)), "sequence-begins"),
        new("one PING, two PONGs", () => p => p.FromServer && p.Is(IaxCommand.Pong) ? new Fate(p.Octets, p.With(o => o[8]++)) : Fate.Pass(p), "sequence-duplicate"),
        new("repetitions are not acknowledged", Deaf(p => p.Type == FrameType.Text && p.IsRepeated), "sequence-duplicate-ack"),
        new("acknowledges over a gap", Spoil(p => p.Is(IaxCommand.Vnak), p => p.With(o => { o[9] += 2; o[11] = (byte)IaxCommand.Ack; })), "sequence-gap"),
        new("never says VNAK", Mute(p => p.Is(IaxCommand.Vnak)), "sequence-gap-vnak", "mini-before-full"),
        new("the sequence ends at 255", DropCall(p => p.IsFull && p.Octets[8] == 255), "sequence-wrap"),
        new("an ACK of the future ends the call", DropCall(p => p.Is(IaxCommand.Ack) && p.Octets[9] > 50), "sequence-future-ack"),
        new("sends once", Mute(p => p.Is(IaxCommand.AuthReq) && p.IsRepeated), "repeat", "repeat-twice"),
        new("no R bit", Spoil(p => p.IsRepeated, p => p.With(o => o[2] &= 0x7F)), "repeat-bit"),
        new("repetitions with another stamp", Spoil(p => p.IsRepeated, Stamp), "repeat-same"),
        new("no ACK taken", Deaf(p => p.Is(IaxCommand.Ack)), "repeat-ends"),
        new("PONG again whatever was acknowledged", () =>
        {
            byte[]? pong = null;
            return p =>
            {
                if (p.FromServer && p.Is(IaxCommand.Pong)) pong = p.With(o => o[2] |= 0x80);
                return p.FromServer && p.Is(IaxCommand.LagRp) && pong is not null ? new Fate(p.Octets, pong) : Fate.Pass(p);
            };
        }, "repeat-implied"),
        new("repeats without end", () => p => p.FromServer && p.Is(IaxCommand.AuthReq) ? new Fate([.. Enumerable.Repeat(p.Octets, 10)]) : Fate.Pass(p), "repeat-bounded"),

        // 8.1
        new("falls at whatever is no POKE", Crash(p => !p.Is(IaxCommand.Poke)), "frame-random"),
        new("PONG to another number", Spoil(p => p.Is(IaxCommand.Pong), p => p.With(o => o[3] ^= 1)), "frame-reply-numbers"),
        new("takes call number 0", Answer(p => p.Is(IaxCommand.New) && p.Source == 0, p => [p.Reply(IaxCommand.AuthReq, Challenging)]), "frame-source-zero"),
        new("takes frames for other numbers", () => p => !p.FromServer && p.Type == FrameType.Text ? new Fate(p.With(o => o[3] ^= 0x0F)) : Fate.Pass(p), "frame-wrong-destination"),
        new("ACCEPT begins a call", Answer(p => p.Is(IaxCommand.Accept), p => [p.Reply(IaxCommand.AuthReq, Challenging)]), "frame-first-command"),
        new("no mini frames", Deaf(p => p.IsMini), "mini"),
        new("mini frames of another call", Spoil(p => p.IsMini, p => p.With(o => o[1] ^= 1)), "mini-source"),
        new("mini frames are acknowledged", () => p => !p.FromServer && p.IsMini ? new Fate(p.Octets) { Back = [p.Reply(FrameType.Iax, (byte)IaxCommand.Ack)] } : Fate.Pass(p), "mini-unacknowledged"),
        new("a mini frame ends the call", DropCall(p => p.IsMini), "mini-before-full-survives"),
        new("a VNAK for each mini frame", () => p => !p.FromServer && p.IsMini ? new Fate(p.Octets) { Back = [p.Reply(FrameType.Iax, (byte)IaxCommand.Vnak)] } : Fate.Pass(p), "mini-before-full-bounded"),
        new("deaf after the wrap", () =>
        {
            bool isNear = false, isOver = false;
            return p =>
            {
                if (!p.FromServer && p.IsMini) { isOver |= isNear && p.Octets[2] < 0x20; isNear |= p.Octets[2] >= 0xF8; }
                return isOver && !p.FromServer && p.IsMini ? Fate.Lost : Fate.Pass(p);
            };
        }, "mini-wrap", "mini-wrap-full"),
        new("a late mini frame ends the call", () =>
        {
            int last = -1;
            bool isOver = false;
            return p =>
            {
                if (!p.FromServer && p.IsMini) { int stamp = p.Octets[2] << 8 | p.Octets[3]; isOver |= stamp < last; last = stamp; }
                return isOver ? Fate.Lost : Fate.Pass(p);
            };
        }, "mini-late"),
        new("no trunk frames without time stamps", Deaf(p => p.IsTrunk && p.Octets[3] == 0), "trunk"),
        new("no trunk frames with time stamps", Deaf(p => p.IsTrunk && p.Octets[3] == 1), "trunk-timestamps"),
        new("a stranger's entry spoils the rest", Deaf(p => p.IsTrunk && p.Octets.Length > 9 && (p.Octets[8] << 8 | p.Octets[9]) == 0x6789), "trunk-stranger"),
        new("a trunk frame ends the call", DropCall(p => p.IsTrunk), "trunk-cut", "trunk-before-full"),

        // 8.6
        new("no element nobody knows", Deaf(p => p.Find((ElementId)200) is not null), "element-unknown"),
        new("no empty element", Deaf(p => p.Find(ElementId.Language) is { Length: 0 }), "element-empty"),
        new("no number of another length", Deaf(p => p.Find(ElementId.AdsiCpe) is { Length: 5 }), "element-length"),
        new("no octets that are no text", Deaf(p => p.Find(ElementId.CallingName) is { } name && name.Contains((byte)0xFF)), "element-nul"),
        new("five hundred octets of elements", Deaf(p => p.Is(IaxCommand.New) && p.Octets.Length > 500), "element-many"),
        new("no element twice", Deaf(p => p.Find(ElementId.CallingName) is [(byte)'b']), "element-repeated"),
        new("falls at a broken element", Crash(p => p.Type == FrameType.Iax && !ElementReader.IsWellFormed(p.Octets.AsSpan(12))), "element-cut", "element-cut-header", "element-cut-in-call"),

        // Call tokens
        new("no CALLTOKEN", Mute(p => p.Is(IaxCommand.CallToken)), "token"),
        new("CALLTOKEN with a stamp of its own", Spoil(p => p.Is(IaxCommand.CallToken), Stamp), "token-header"),
        new("no CALLTOKEN for registrations", Deaf(p => p.Is(IaxCommand.RegReq) && p.Find(ElementId.CallToken) is { Length: 0 }), "token-regreq"),
        new("no NEW with a token", Deaf(p => p.Is(IaxCommand.New) && p.Find(ElementId.CallToken) is { Length: > 0 }), "token-taken"),
        new("takes any token, or none", Answer(p => p.Is(IaxCommand.New) && p.Find(ElementId.CallToken) is not { Length: 0 }, p => [p.Reply(IaxCommand.AuthReq, Challenging)]),
            "token-wrong", "token-changed", "token-other-port", "token-missing"),
        new("a large CALLTOKEN", Spoil(p => p.Is(IaxCommand.CallToken), p => [.. p.Octets, (byte)ElementId.Provisioning, 200, .. new byte[200]]), "token-small", "limit-amplification"),
        new("CALLTOKEN for everybody", Answer(p => p.Is(IaxCommand.New) && p.Find(ElementId.CallToken) is null, p => [p.Reply(IaxCommand.CallToken, [(byte)ElementId.CallToken, 1, (byte)'x'])]), "token-unasked"),

        // 10
        new("falls after two hundred NEWs", () => { int news = 0; return p => !p.FromServer && p.Is(IaxCommand.New) && ++news > 200 || news > 200 ? Fate.Lost : Fate.Pass(p); }, "limit-new"),
        new("a large PONG", Spoil(p => p.Is(IaxCommand.Pong), p => [.. p.Octets, (byte)ElementId.Provisioning, 100, .. new byte[100]]), "limit-poke"),
        new("ten challenges", () => { int challenges = 0; return p => (challenges += p.FromServer && p.Is(IaxCommand.AuthReq) ? 1 : 0) > 10 && p.Is(IaxCommand.AuthReq) ? Fate.Lost : Fate.Pass(p); }, "limit-half-open"),
        new("gives firmware away", Answer(p => p.Is(IaxCommand.FwDownl), p => [p.Reply(IaxCommand.FwData, [(byte)ElementId.FirmwareBlockData, 250, .. new byte[250]])]), "limit-firmware"),
    ];
}
