using System.Globalization;
using System.Text;

namespace Mesh.Host.Ladders.Export;

/// <summary>A ladder for a terminal: one line a message, the dialplan's steps between them, the voice of every leg at the end.</summary>
public static class LadderText
{
    public static string Write(Ladder ladder)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"call {ladder.Origin}, {(ladder.IsLive ? "live" : "over")}");
        if (ladder.Began != 0) text.Append(CultureInfo.InvariantCulture, $", began {Time(ladder.Began)} UTC");
        text.Append('\n');
        foreach (string line in LadderWords.About(ladder)) text.Append(line).Append('\n');
        text.Append('\n');
        int width = ladder.Lanes.Select(l => l.ToString().Length).DefaultIfEmpty(0).Max();
        long began = ladder.Began;
        foreach (var row in ladder.Rows())
        {
            text.Append(CultureInfo.InvariantCulture, $"{(row.At - began) / 1e6,12:0.000000}  ");
            if (row is LadderMessage m)
                text.Append(ladder.Lanes[m.From].ToString().PadRight(width)).Append(" -> ").Append(ladder.Lanes[m.To].ToString().PadRight(width)).Append("  ")
                    .Append(m.Protocol == "sip" ? "SIP  " : "IAX2 ").Append(m.Title).Append(LadderWords.Remarks(m)).Append('\n');
            else if (row is LadderStep s) text.Append(s.Site.PadRight(width)).Append("    ").Append(s.Source.Length > 0 ? $"{s.Source} " : "").Append(s.Text).Append('\n');
        }
        if (ladder.Voice.Count > 0) text.Append("\nvoice\n");
        foreach (var voice in ladder.Voice) text.Append("  ").Append(LadderWords.Voice(ladder, voice)).Append('\n');
        return text.ToString();
    }

    private static string Time(long micros) => DateTimeOffset.UnixEpoch.AddMicroseconds(micros).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
