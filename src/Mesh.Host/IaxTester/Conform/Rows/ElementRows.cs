using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 sections 8.1.1.1 and 8.6: information elements.</summary>
internal static class ElementRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("element-unknown", "8.6", Call, "Elements nobody knows are passed over", row => TakenUp(row, [200, 3, 1, 2, 3, 255, 0, 99, 1, 0])),
        Row.Must("element-empty", "8.6", Call, "Elements without data are passed over", row => TakenUp(row, [(byte)ElementId.Language, 0, (byte)ElementId.CallingAni, 0, (byte)ElementId.Dnid, 0])),
        Row.Must("element-length", "8.6", Call, "A number of another length than its kind has is passed over", row => TakenUp(row, [(byte)ElementId.AdsiCpe, 5, 1, 2, 3, 4, 5, (byte)ElementId.CallingPresentation, 0])),
        Row.Must("element-nul", "8.6", Call, "NUL and octets that are no UTF-8 inside text harm nothing", row => TakenUp(row, [(byte)ElementId.CallingName, 6, (byte)'a', 0, 0xFF, 0xFE, (byte)'b', 0])),
        Row.Must("element-many", "8.6", Call, "Thirty elements more, 600 octets of them, are taken or passed over", row =>
            TakenUp(row, [.. Enumerable.Range(0, 30).SelectMany(i => (byte[])[(byte)ElementId.Variable, 18, .. System.Text.Encoding.ASCII.GetBytes($"CONFORM{i:00}=abcdefgh")])])),
        Row.Must("element-repeated", "8.6", Call, "An element that comes twice harms nothing", row => TakenUp(row, [(byte)ElementId.CallingName, 1, (byte)'a', (byte)ElementId.CallingName, 1, (byte)'b'])),
        Row.Must("element-cut", "8.1.1.1", Nothing, "A NEW whose last element runs past its end makes no call, and the server lives", row => Refused(row, [(byte)ElementId.Version, 5, 0, 2])),
        Row.Must("element-cut-header", "8.1.1.1", Nothing, "A NEW that ends inside an element's header makes no call, and the server lives", row => Refused(row, [(byte)ElementId.Version])),
        Row.Must("element-cut-in-call", "8.1.1.1", Call, "An element that runs past the end of a frame of a call harms nothing", async row =>
        {
            var call = await row.Up();
            call.Send(IaxCommand.Hangup, [(byte)ElementId.Cause, 200, 1, 2], new Raw.Deviation { KeepsSequence = true });
            call.Send(IaxCommand.Ping, [(byte)ElementId.Cause, 200, 1, 2], new Raw.Deviation { KeepsSequence = true });
            await row.Pause(row.Target.SilenceMs);
            await row.StillAlive("an element that runs past its frame");
        }),
        Row.Must("element-lagrq", "8.1.1.1", Call, "LAGRQ with elements, which it has not, is answered all the same", async row =>
        {
            var call = await row.Up();
            call.Send(IaxCommand.LagRq, [(byte)ElementId.Cause, 2, 65, 66, 200, 1, 9]);
            await row.Expect(call, IaxCommand.LagRp);
        }),
    ];

    /// <summary>A NEW with further elements between its own is taken up like one without.</summary>
    private static async Task TakenUp(RowContext row, byte[] further)
    {
        var dialog = row.Open();
        await row.Request(dialog, IaxCommand.New, [.. ConformElements.New(row.Target.Extension, row.Target.User, row.Target.Format), .. further]);
        var first = await row.Expect(dialog, f => f.Is(IaxCommand.AuthReq) || f.Is(IaxCommand.Accept), "AUTHREQ");
        if (first.Is(IaxCommand.Accept)) return;
        row.Prove(dialog, first);
        await row.Expect(dialog, IaxCommand.Accept);
    }

    private static async Task Refused(RowContext row, byte[] broken)
    {
        var dialog = row.Open();
        dialog.Repeats = false;
        dialog.Send(IaxCommand.New, [.. ConformElements.New(row.Target.Extension, row.Target.User, row.Target.Format), .. broken]);
        await row.Pause(row.Target.SilenceMs);
        var taken = row.Wire.Ladder.FirstOrDefault(f => !f.IsSent && (f.Is(IaxCommand.AuthReq) || f.Is(IaxCommand.Accept) || f.Is(IaxCommand.CallToken)));
        Check(taken is null, $"{taken} came");
        await row.StillAlive("a NEW with a broken element");
    }
}
