using System.Globalization;

namespace Mesh.Media.Sdp;

/// <summary>The words nearly every description is made of, each as one string for ever: reading a usual offer makes few strings of its own.</summary>
internal static class SdpWord
{
    private static readonly string[] Types = [.. Enumerable.Range(0, 128).Select(type => type.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The string of these characters.</summary>
    public static string Of(ReadOnlySpan<char> text) => text switch
    {
        "" => "",
        "-" => "-",
        "IN" => "IN",
        "IP4" => "IP4",
        "IP6" => "IP6",
        "audio" => "audio",
        "RTP/AVP" => "RTP/AVP",
        "rtpmap" => "rtpmap",
        "fmtp" => "fmtp",
        "ptime" => "ptime",
        "maxptime" => "maxptime",
        "rtcp" => "rtcp",
        "sendrecv" => "sendrecv",
        "sendonly" => "sendonly",
        "recvonly" => "recvonly",
        "inactive" => "inactive",
        "20" => "20",
        "9 G722/8000" => "9 G722/8000",
        "18 G729/8000" => "18 G729/8000",
        _ => PayloadType(text) ?? text.ToString(),
    };

    /// <summary>The text of a payload type.</summary>
    public static string Of(byte payloadType) => payloadType < Types.Length ? Types[payloadType] : payloadType.ToString(CultureInfo.InvariantCulture);

    private static string? PayloadType(ReadOnlySpan<char> text) =>
        text.Length <= 3 && byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number) && text.SequenceEqual(Of(number)) ? Of(number) : null;
}
