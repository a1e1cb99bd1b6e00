using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 section 8.1.3: meta frames; only trunk frames mean something.</summary>
internal static class TrunkRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("trunk", "8.1.3.2", Call | Echo, "Voice in trunk frames without time stamps is heard", row => Heard(row, VoiceForm.Trunk)),
        Row.Must("trunk-timestamps", "8.1.3.2", Call | Echo, "Voice in trunk frames with time stamps is heard", row => Heard(row, VoiceForm.TrunkWithTimestamps)),
        Row.Should("trunk-stranger", "8.1.3.2", Call | Echo, "An entry for a call that is not there does not spoil the entry after it", row => Heard(row, VoiceForm.Trunk, stranger: 0x6789)),
        Row.Must("trunk-cut", "8.1.3.2", Call, "A trunk frame whose entry runs past its end harms nothing", async row =>
        {
            var call = await row.Up();
            byte[] cut = [0, 0, 1, 0, 0, 0, 0, 40, (byte)(call.LocalNumber >> 8), (byte)call.LocalNumber, 0, 0xFF, 0];
            row.Wire.Send(cut);
            row.Wire.Send(cut.AsSpan(0, 10));
            row.Wire.Send(cut.AsSpan(0, 8));
            await row.StillUp(call, "a trunk frame cut short");
        }),
        Row.Must("trunk-before-full", "8.1.3.2", Call, "Trunk frames before the first full VOICE frame harm nothing", async row =>
        {
            var call = await row.Up();
            for (uint i = 0; i < 20; i++)
            {
                var writer = new TrunkWriter(new byte[400], i % 2 == 1, 20 * i);
                writer.TryAdd(call.LocalNumber, (ushort)(20 * i), new byte[160]);
                row.Wire.Send(writer.Written);
            }
            await row.StillUp(call, "trunk frames without a format");
        }),
        Row.Must("trunk-unknown-call", "8.1.3.2", Nothing, "Trunk frames for calls that are not there are not answered", async row =>
        {
            var wire = row.AnotherWire();
            var writer = new TrunkWriter(new byte[1240], false, 40);
            for (ushort number = 0x5000; writer.TryAdd(number, 0, new byte[20]); number++) { }
            wire.Send(writer.Written);
            await row.Pause(row.Target.SilenceMs);
            Check(!wire.Ladder.Any(f => !f.IsSent), $"{wire.Ladder.LastOrDefault(f => !f.IsSent)} came");
        }),
        Row.Must("meta-unknown", "8.1.3", Nothing, "A meta frame of a command nobody knows is not answered, and the server lives", async row =>
        {
            var wire = row.AnotherWire();
            wire.Send([0, 0, 2, 0, 0, 0, 0, 0]);
            wire.Send([0, 0, 0x7F, 0xFF, 1, 2, 3, 4, 5, 6]);
            await row.Pause(row.Target.SilenceMs);
            Check(!wire.Ladder.Any(f => !f.IsSent), $"{wire.Ladder.LastOrDefault(f => !f.IsSent)} came");
            await row.StillAlive("meta frames nobody knows");
        }),
    ];

    private static async Task Heard(RowContext row, VoiceForm form, ushort stranger = 0)
    {
        var call = await row.Up();
        await using var talk = Talk.Begin(row, call, form, stranger);
        await row.Pause(300);
        talk.Forget();
        Check(await talk.Heard(10), "nothing comes back of what trunk frames carried");
    }
}
