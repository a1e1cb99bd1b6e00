using System.Globalization;
using Mesh.Io;

namespace Mesh.Media.Sdp;

/// <summary>
/// Offer and answer (RFC 3264) of one dialog, in either role and any number of times: keeps the media lines in their order, gives a changed description
/// the next version, and tells what was agreed about the one audio stream. Lines we cannot use (video, T.38, SRTP, a second audio) are refused in their place.
/// </summary>
public sealed class SdpSession(ulong sessionId)
{
    private const string Username = "mesh";

    private readonly string id = sessionId.ToString(CultureInfo.InvariantCulture);
    private IReadOnlyList<SdpMedia> lines = [];
    private int audioLine = -1;
    private LocalAudio? offered;
    private byte[] lastWritten = [];
    private ulong version;

    /// <summary>A session with an id of chance; 63 bits, as some phones read it signed.</summary>
    public static SdpSession New(IChance chance) => new(chance.NextUInt64() >> 1);

    /// <summary>Makes an offer: the first, or a new one in the session's order of lines.</summary>
    public byte[] Offer(LocalAudio local)
    {
        offered = local;
        if (audioLine < 0) audioLine = lines.Count;
        Span<(AudioCodec, byte)> types = stackalloc (AudioCodec, byte)[local.Codecs.Count];
        for (int i = 0; i < types.Length; i++) types[i] = (local.Codecs[i], local.Codecs[i].StaticPayloadType());
        return Write(local, OthersRefused(lines, Math.Max(lines.Count, audioLine + 1), AudioLine(local, "RTP/AVP", types, local.Events, local.Direction)));
    }

    /// <summary>Answers an offer. Our order of <see cref="LocalAudio.Codecs"/> decides among those offered; the answer names one, so that nothing changes in mid-call.</summary>
    public SdpOutcome Answer(ReadOnlySpan<byte> body, LocalAudio local) =>
        SessionDescription.TryParse(body, out var offer, out var error) ? Answer(offer, local) : SdpOutcome.Refused(SdpRefusal.Unreadable, error.ToString());

    public SdpOutcome Answer(SessionDescription offer, LocalAudio local)
    {
        var refusal = SdpRefusal.NoAudio;
        for (int i = 0; i < offer.Media.Count; i++)
        {
            if (!RemoteAudio.IsUsable(offer.Media[i])) continue;
            var remote = new RemoteAudio(offer, offer.Media[i]);
            var codec = First(local.Codecs, remote.Map.Codecs);
            if (codec == AudioCodec.None) { refusal = SdpRefusal.NoCommonCodec; continue; }
            if (!remote.TryAddress(out var address)) { refusal = SdpRefusal.NoAddress; continue; }
            return Agree(offer, i, remote, local, codec, address);
        }
        return SdpOutcome.Refused(refusal, $"{refusal} among {offer.Media.Count} media lines");
    }

    /// <summary>Takes the answer to our last <see cref="Offer"/>.</summary>
    public SdpOutcome Accept(ReadOnlySpan<byte> body) =>
        SessionDescription.TryParse(body, out var answer, out var error) ? Accept(answer) : SdpOutcome.Refused(SdpRefusal.Unreadable, error.ToString());

    public SdpOutcome Accept(SessionDescription answer)
    {
        if (offered is not { } local) throw new InvalidOperationException("there is no offer to be answered");
        if (audioLine >= answer.Media.Count || !RemoteAudio.IsUsable(answer.Media[audioLine])) return SdpOutcome.Refused(SdpRefusal.NoAudio, "the audio was refused");
        var remote = new RemoteAudio(answer, answer.Media[audioLine]);
        var codec = First(remote.Map.Codecs, local.Codecs);
        if (codec == AudioCodec.None) return SdpOutcome.Refused(SdpRefusal.NoCommonCodec, "the answer names no codec of the offer");
        if (!remote.TryAddress(out var address)) return SdpOutcome.Refused(SdpRefusal.NoAddress, "the answer's address is no IP address");
        var agreed = Negotiation(remote, codec, address, local.Direction & remote.Direction.Reversed()) with
        {
            // What comes to us bears the numbers of our offer, what we send those of the answer (RFC 3264 section 5.1).
            ReceivePcmu = AudioCodec.Pcmu.StaticPayloadType(),
            ReceivePcma = AudioCodec.Pcma.StaticPayloadType(),
            SendEvents = local.Events is null ? null : remote.Map.Events,
            ReceiveEvents = local.Events,
        };
        return new SdpOutcome(agreed, null, SdpRefusal.None);
    }

    private SdpOutcome Agree(SessionDescription offer, int index, RemoteAudio remote, LocalAudio local, AudioCodec codec, NetAddress address)
    {
        var direction = local.Direction & remote.Direction.Reversed();
        byte? events = local.Events is null ? null : remote.Map.Events;
        audioLine = index;
        var audio = AudioLine(local, offer.Media[index].Protocol, [(codec, remote.Map.Of(codec)!.Value)], events, direction);
        var agreed = Negotiation(remote, codec, address, direction) with { SendEvents = events, ReceiveEvents = events };
        return new SdpOutcome(agreed, Write(local, OthersRefused(offer.Media, offer.Media.Count, audio)), SdpRefusal.None);
    }

    private static AudioNegotiation Negotiation(RemoteAudio remote, AudioCodec codec, NetAddress address, AudioDirection direction) => new()
    {
        Remote = address,
        RemoteRtcp = remote.Rtcp(address),
        Codec = codec,
        PayloadType = remote.Map.Of(codec)!.Value,
        ReceivePcmu = remote.Map.Of(AudioCodec.Pcmu) ?? AudioCodec.Pcmu.StaticPayloadType(),
        ReceivePcma = remote.Map.Of(AudioCodec.Pcma) ?? AudioCodec.Pcma.StaticPayloadType(),
        Direction = direction,
        PtimeMs = remote.PtimeMs,
    };

    private static SdpMedia AudioLine(
        LocalAudio local, string protocol, ReadOnlySpan<(AudioCodec Codec, byte Type)> codecs, byte? events, AudioDirection direction)
    {
        var formats = new List<string>(3);
        var attributes = new List<SdpAttribute>(6);
        foreach (var (codec, type) in codecs)
        {
            formats.Add(SdpWord.Of(type));
            attributes.Add(SdpAttribute.RtpMap(codec, type));
        }
        if (events is { } number)
        {
            formats.Add(SdpWord.Of(number));
            attributes.Add(number == 101 ? SdpAttribute.Events : new SdpAttribute("rtpmap", $"{number} telephone-event/{AudioCodecs.ClockRate}"));
            attributes.Add(number == 101 ? SdpAttribute.SixteenEvents : new SdpAttribute("fmtp", $"{number} 0-15"));
        }
        attributes.Add(local.PtimeMs == 20 ? SdpAttribute.Ptime20 : new SdpAttribute("ptime", $"{local.PtimeMs}"));
        attributes.Add(SdpAttribute.Of(direction));
        return new SdpMedia("audio", local.Address.Port, protocol, formats) { Attributes = attributes };
    }

    /// <summary>The audio in its place, every other line of <paramref name="media"/> refused in its own.</summary>
    private SdpMedia[] OthersRefused(IReadOnlyList<SdpMedia> media, int count, SdpMedia audio)
    {
        var body = new SdpMedia[count];
        for (int i = 0; i < count; i++) body[i] = i == audioLine ? audio : media[i].Refused();
        return body;
    }

    /// <summary>The first of <paramref name="ours"/> that is among the others; None when there is none.</summary>
    private static AudioCodec First(IReadOnlyList<AudioCodec> ours, IReadOnlyList<AudioCodec> theirs)
    {
        for (int i = 0; i < ours.Count; i++)
            for (int j = 0; j < theirs.Count; j++)
                if (ours[i] == theirs[j]) return ours[i];
        return AudioCodec.None;
    }

    private byte[] Write(LocalAudio local, IReadOnlyList<SdpMedia> media)
    {
        lines = media;
        var here = SdpConnection.Of(local.Address);
        var description = new SessionDescription(new SdpOrigin(Username, id, version, here)) { Connection = here, Media = media };
        // RFC 3264 section 8: the version moves by one when the description changed, and stays when it is repeated.
        var written = description.ToBytes();
        if (lastWritten.Length > 0 && !written.AsSpan().SequenceEqual(lastWritten))
            written = (description with { Origin = description.Origin with { Version = ++version } }).ToBytes();
        return lastWritten = written;
    }
}
