using System.Globalization;
using System.Text;
using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;

namespace Mesh.Host.Ladders.Reading;

/// <summary>Reads an IAX2 full frame of a ladder. Passwords and what proves that somebody knows one are not shown.</summary>
public static class IaxReading
{
    public static MessageReading Of(byte[] octets)
    {
        var frame = new SeenFrame(true, 0, default, octets);
        if (!frame.IsFull) return new MessageReading("unreadable", [FrameText.Hex(octets)], false, null, null);
        string name = FrameNames.Of(frame);
        List<string> text =
        [
            name,
            string.Create(CultureInfo.InvariantCulture, $"source call {frame.SourceCall}, destination call {frame.DestinationCall}{(frame.IsRetransmission ? ", sent again" : "")}"),
            string.Create(CultureInfo.InvariantCulture, $"timestamp {frame.Timestamp} ms, OSeqno {frame.OutSequence}, ISeqno {frame.InSequence}"),
        ];
        if (frame.Type == FrameType.Iax) Elements(frame, text);
        else if (frame.Type == FrameType.Text) text.Add(PlainText.Of(Encoding.UTF8.GetString(frame.Payload).TrimEnd('\0')));
        else if (frame.Payload.Length > 0) text.Add(string.Create(CultureInfo.InvariantCulture, $"{frame.Payload.Length} octets"));
        return new MessageReading(PlainText.Cut(PlainText.Of(Title(frame, name)), MessageReading.MaxTitle), text, frame.IsRetransmission, null,
            new IaxFacts((int)frame.Type, frame.Subclass, frame.SourceCall, frame.DestinationCall, frame.OutSequence, frame.InSequence, frame.Timestamp, frame.IsRetransmission));
    }

    private static string Title(SeenFrame frame, string name)
    {
        string more = frame.Command switch
        {
            _ when frame.Type != FrameType.Iax => "",
            IaxCommand.New => $" {frame.Elements.CalledNumber}",
            IaxCommand.Hangup or IaxCommand.Reject when frame.Elements.CauseCode is { } cause => $" cause {cause}",
            _ => "",
        };
        return $"{name}{more}{(frame.IsRetransmission ? " (again)" : "")}";
    }

    private static void Elements(SeenFrame frame, List<string> text)
    {
        if (!frame.IsWellFormed) { text.Add($"malformed: {FrameText.Hex(frame.Payload)}"); return; }
        var reader = new ElementReader(frame.Payload);
        while (reader.MoveNext()) text.Add(PlainText.Of(reader.Id is ElementId.Md5Result or ElementId.RsaResult or ElementId.Password ? $"{ElementText.NameOf(reader.Id)}=(hidden)" : ElementText.Show(reader.Id, reader.Data)));
    }
}
