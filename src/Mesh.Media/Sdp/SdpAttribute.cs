namespace Mesh.Media.Sdp;

/// <summary>An a= line (RFC 8866 section 5.13): a property, or a value when <see cref="Value"/> is not null. What it means for audio is read once, when it is made; the usual ones are made once for ever.</summary>
public sealed record SdpAttribute
{
    internal static readonly SdpAttribute Pcmu = new("rtpmap", "0 PCMU/8000"), Pcma = new("rtpmap", "8 PCMA/8000"), Events = new("rtpmap", "101 telephone-event/8000"),
        SixteenEvents = new("fmtp", "101 0-15"), SeventeenEvents = new("fmtp", "101 0-16"), Ptime20 = new("ptime", "20"),
        SendReceive = new(AudioDirection.SendReceive.AttributeName()), SendOnly = new(AudioDirection.SendOnly.AttributeName()),
        ReceiveOnly = new(AudioDirection.ReceiveOnly.AttributeName()), Inactive = new(AudioDirection.Inactive.AttributeName());

    public SdpAttribute(string name, string? value = null)
    {
        (Name, Value) = (name, value);
        Direction = AudioDirections.Named(name);
        Mapping = RtpMapping.Read(name, value);
    }

    public string Name { get; }

    public string? Value { get; }

    /// <summary>The direction it names; null for any other attribute.</summary>
    internal AudioDirection? Direction { get; }

    /// <summary>What an rtpmap says; null for any other attribute.</summary>
    internal RtpMapping? Mapping { get; }

    internal static SdpAttribute Parse(ReadOnlySpan<char> line) => line switch
    {
        "rtpmap:0 PCMU/8000" => Pcmu,
        "rtpmap:8 PCMA/8000" => Pcma,
        "rtpmap:101 telephone-event/8000" => Events,
        "fmtp:101 0-15" => SixteenEvents,
        "fmtp:101 0-16" => SeventeenEvents,
        "ptime:20" => Ptime20,
        "sendrecv" => SendReceive,
        _ => Unusual(line),
    };

    internal static SdpAttribute Of(AudioDirection direction) => direction switch
    {
        AudioDirection.SendReceive => SendReceive,
        AudioDirection.SendOnly => SendOnly,
        AudioDirection.ReceiveOnly => ReceiveOnly,
        _ => Inactive,
    };

    internal static SdpAttribute RtpMap(AudioCodec codec, byte type) => (codec, type) switch
    {
        (AudioCodec.Pcmu, 0) => Pcmu,
        (AudioCodec.Pcma, 8) => Pcma,
        _ => new SdpAttribute("rtpmap", $"{type} {codec.EncodingName()}/{AudioCodecs.ClockRate}"),
    };

    public override string ToString() => Value is null ? Name : $"{Name}:{Value}";

    private static SdpAttribute Unusual(ReadOnlySpan<char> line)
    {
        int colon = line.IndexOf(':');
        return colon < 0 ? new SdpAttribute(SdpWord.Of(line.Trim())) : new SdpAttribute(SdpWord.Of(line[..colon].Trim()), SdpWord.Of(line[(colon + 1)..].Trim()));
    }
}
