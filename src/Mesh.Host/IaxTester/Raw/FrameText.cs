using System.Globalization;
using System.Text;
using Mesh.Iax2.Wire;

namespace Mesh.Host.IaxTester.Raw;

/// <summary>A frame as a line of a ladder. Secrets never travel in clear but in PASSWORD, which is not shown.</summary>
public static class FrameText
{
    private const int ShownOctets = 24;

    /// <summary><c>> NEW  17/0 ts 15 o0 i0  VERSION=2 CALLED_NUMBER="600"</c></summary>
    public static string Line(SeenFrame frame)
    {
        var line = new StringBuilder(frame.IsSent ? "> " : "< ").Append(FrameNames.Of(frame));
        if (frame.IsFull)
        {
            line.Append(CultureInfo.InvariantCulture, $"  {frame.SourceCall}/{frame.DestinationCall} ts {frame.Timestamp} o{frame.OutSequence} i{frame.InSequence}");
            if (frame.IsRetransmission) line.Append(" R");
            if (frame.Type == FrameType.Iax) AppendElements(line, frame);
            else if (frame.Type == FrameType.Text) line.Append(CultureInfo.InvariantCulture, $"  \"{Printable(frame.Payload)}\"");
            else if (frame.Payload.Length > 0) line.Append(CultureInfo.InvariantCulture, $"  {frame.Payload.Length} octets");
        }
        else if (frame.Kind == DatagramKind.Mini) line.Append(CultureInfo.InvariantCulture, $"  {frame.SourceCall} ts {frame.Timestamp}  {frame.Payload.Length} octets");
        else line.Append("  ").Append(Hex(frame.Datagram));
        return line.ToString();
    }

    /// <summary>With the time before it, in milliseconds since <paramref name="originMicros"/>.</summary>
    public static string TimedLine(SeenFrame frame, long originMicros) =>
        string.Create(CultureInfo.InvariantCulture, $"{(frame.AtMicros - originMicros) / 1000.0,10:0.0}  {Line(frame)}");

    public static string Hex(ReadOnlySpan<byte> octets) =>
        octets.Length <= ShownOctets ? Convert.ToHexStringLower(octets) : $"{Convert.ToHexStringLower(octets[..ShownOctets])}... ({octets.Length} octets)";

    private static void AppendElements(StringBuilder line, SeenFrame frame)
    {
        if (!frame.IsWellFormed) { line.Append("  malformed: ").Append(Hex(frame.Payload)); return; }
        if (frame.Payload.Length > 0) line.Append(' ');
        var reader = new ElementReader(frame.Payload);
        while (reader.MoveNext()) line.Append(' ').Append(ElementText.Show(reader.Id, reader.Data));
    }

    private static string Printable(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text).TrimEnd('\0').Replace("\n", "\\n", StringComparison.Ordinal);
}
