using Mesh.Host.IaxTester.Raw;

namespace Mesh.Host.IaxTester.Scenario;

/// <summary>The header of a frame as a step writes it.</summary>
internal static class HeaderMatch
{
    /// <summary>What to send otherwise than is due; null, or what is wrong.</summary>
    public static string? ToSend(HeaderSteps header, Func<string, string?> fill, out Deviation deviation)
    {
        string? fault = null;
        deviation = new Deviation
        {
            Source = (ushort?)Number(header.Source, 0x7FFF), Destination = (ushort?)Number(header.Destination, 0x7FFF), Timestamp = (uint?)Number(header.Timestamp, uint.MaxValue),
            OutSequence = (byte?)Number(header.OutSequence, 255), InSequence = (byte?)Number(header.InSequence, 255), IsRetransmission = header.IsRetransmission,
        };
        return fault;

        ulong? Number(string? text, ulong most)
        {
            if (text is null) return null;
            if (fill(text) is { } filled && ElementValue.TryNumber(filled, out ulong number) && number <= most) return number;
            fault ??= $"'{text}' is no number up to {most}";
            return null;
        }
    }

    /// <summary>The fields of a header to be looked at, with the texts of a step for them.</summary>
    public static IEnumerable<(string Field, string? Text, ulong Value)> Fields(HeaderSteps header, SeenFrame frame) =>
    [
        ("source", header.Source, frame.SourceCall), ("destination", header.Destination, frame.DestinationCall), ("ts", header.Timestamp, frame.Timestamp),
        ("oseqno", header.OutSequence, frame.OutSequence), ("iseqno", header.InSequence, frame.InSequence),
    ];
}
