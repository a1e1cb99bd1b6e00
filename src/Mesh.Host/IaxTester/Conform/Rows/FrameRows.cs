using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using Mesh.Io;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 section 8.1: the form of frames, and what has none.</summary>
internal static class FrameRows
{
    private const int RandomDatagrams = 300;

    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("frame-runt", "8.1", Nothing, "Datagrams of no, one, two and three octets are not answered, and the server lives", row => Survives(row, "runts", "", "81", "8123", "812300")),
        Row.Must("frame-short", "8.1.1", Nothing, "A full frame shorter than its header is not answered, and the server lives",
            row => Survives(row, "a full frame cut short", "812300000000000f0000", "812300000000000f000006")),
        Row.Must("frame-video-short", "8.1.3.1", Nothing, "A mini video frame shorter than its header is not answered, and the server lives", row => Survives(row, "a mini video frame cut short", "0000812300", "00008123")),
        Row.Must("frame-trunk-short", "8.1.3.2", Nothing, "A trunk frame shorter than its header is not answered, and the server lives", row => Survives(row, "a trunk frame cut short", "00000100", "00000100000000")),
        Row.Must("frame-random", "8.1", Nothing, "Three hundred random datagrams, and the server lives", async row =>
        {
            var wire = row.AnotherWire();
            var chance = new SeededChance(5456);
            for (int i = 0; i < RandomDatagrams; i++)
            {
                var octets = new byte[1 + chance.NextInt32(200)];
                chance.Fill(octets);
                if (i % 2 == 0) octets[0] |= 0x80;
                wire.Send(octets);
                if (i % 30 == 29) await row.Pause(10);
            }
            await row.StillAlive("random datagrams");
        }),
        Row.Must("frame-random-in-call", "8.1", Call, "Random octets behind good headers of a call, and the call can still be ended", async row =>
        {
            var call = await row.Up();
            var chance = new SeededChance(4569);
            for (int i = 0; i < 100; i++)
            {
                var octets = new byte[chance.NextInt32(60)];
                chance.Fill(octets);
                // Of a number that is not due: the call's own sequence stays whole.
                call.Send((FrameType)(1 + i % 12), (byte)chance.NextInt32(256), octets, new Deviation { OutSequence = (byte)(call.NextOut + 100) });
            }
            var hangup = call.Send(IaxCommand.Hangup, ConformElements.Cause(16));
            await row.Expect(call, f => f.Is(IaxCommand.Inval) || (f.Is(IaxCommand.Ack) && (byte)(f.InSequence - hangup.OutSequence) == 1), "ACK of HANGUP");
        }),
        Row.Must("frame-reply-numbers", "8.1.1", Nothing, "A reply is addressed to the call number it answers", async row =>
        {
            var poke = row.Wire.Open(0x7ABC);
            poke.Send(IaxCommand.Poke);
            await row.Expect(poke, IaxCommand.Pong);
            Check(row.Wire.Ladder.Where(f => !f.IsSent).All(f => f.DestinationCall == 0x7ABC), "a frame came for another number");
        }),
        Row.Must("frame-source-zero", "8.1.1", Nothing, "A NEW from call number 0, which means none, makes no call", async row =>
        {
            var dialog = row.Open();
            dialog.Repeats = false;
            dialog.Send(IaxCommand.New, ConformElements.WithToken(ConformElements.New(row.Target.Extension, row.Target.User, row.Target.Format), []), new Deviation { Source = 0 });
            await row.Pause(row.Target.SilenceMs);
            Check(!row.Wire.Ladder.Any(f => !f.IsSent && (f.Is(IaxCommand.Accept) || f.Is(IaxCommand.AuthReq))), "the call was taken up");
            await row.StillAlive("a NEW from call number 0");
        }),
        Row.Must("frame-wrong-destination", "8.1.1", Call, "A frame for another call number is not taken for this call", async row =>
        {
            var call = await row.Up();
            ushort other = (ushort)(call.RemoteNumber ^ 0x0F);
            call.Send(FrameType.Text, 0, "astray\0"u8, new Deviation { Destination = other, KeepsSequence = true });
            await row.Pause(row.Target.SilenceMs);
            await row.StillUp(call, "a frame for another call number");
        }),
        Row.Must("frame-first-command", "6.2.2", Nothing, "A first frame that is neither NEW, REGREQ, REGREL, POKE nor anything that begins a dialog makes no call", async row =>
        {
            var dialog = row.Open();
            dialog.Repeats = false;
            dialog.Send(IaxCommand.Accept, ConformElements.Write((ref ElementWriter w) => w.AddUInt32(ElementId.Format, 4)));
            dialog.Send(ControlCommand.Answer);
            dialog.Send(FrameType.Voice, 4, new byte[160]);
            await row.Pause(row.Target.SilenceMs);
            Check(!row.Wire.Ladder.Any(f => !f.IsSent && f.IsSequenced && f.IsFull), $"{row.Wire.Ladder.LastOrDefault(f => !f.IsSent)} came");
        }),
    ];

    private static async Task Survives(RowContext row, string what, params string[] datagrams)
    {
        var wire = row.AnotherWire();
        foreach (string hex in datagrams) wire.Send(Convert.FromHexString(hex));
        await row.Pause(row.Target.SilenceMs);
        Check(!wire.Ladder.Any(f => !f.IsSent), $"{wire.Ladder.LastOrDefault(f => !f.IsSent)} came");
        await row.StillAlive(what);
    }
}
