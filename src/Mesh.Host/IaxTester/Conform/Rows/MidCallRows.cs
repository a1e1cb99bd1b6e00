using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 sections 6.4 and 6.5: hold, quelch, flash, transfer of the call's path.</summary>
internal static class MidCallRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("flash", "6.4.1", Call, "FLASH in a call is acknowledged and harms nothing", row => Harmless(row, ControlCommand.Flash)),
        Row.Must("hold", "6.4.2", Call, "HOLD and UNHOLD are acknowledged and harm nothing", row => Harmless(row, ControlCommand.Hold, ControlCommand.Unhold)),
        Row.Must("control-unknown", "8.3", Call, "A CONTROL subclass nobody knows is acknowledged and harms nothing", row => Harmless(row, (ControlCommand)99)),
        Row.Must("control-stop", "8.3", Call, "CONTROL -1 (octet 0xFF, stop the tone) is acknowledged and harms nothing", row => Harmless(row, ControlCommand.StopSounds)),
        Row.Must("quelch", "6.4.4", Call | Echo, "After QUELCH the server sends no voice", async row =>
        {
            var call = await row.Up();
            await using var talk = Talk.Begin(row, call);
            Check(await talk.Heard(5), "no echo came before QUELCH");
            call.Send(IaxCommand.Quelch);
            await row.Acknowledged(call);
            await row.Pause(row.Target.SilenceMs);
            talk.Forget();
            Check(!await talk.Heard(5), "voice still comes");
        }),
        Row.Must("unquelch", "6.4.5", Call | Echo, "After UNQUELCH voice comes again", async row =>
        {
            var call = await row.Up();
            await using var talk = Talk.Begin(row, call);
            Check(await talk.Heard(5), "no echo came before QUELCH");
            call.Send(IaxCommand.Quelch);
            await row.Acknowledged(call);
            await row.Pause(row.Target.SilenceMs);
            call.Send(IaxCommand.Unquelch);
            talk.Forget();
            Check(await talk.Heard(5), "no voice came after UNQUELCH");
        }),
        Row.Should("txreq", "6.5.2", Call, "A stranger's TXREQ moves the call nowhere: nothing is sent to the address it names", async row =>
        {
            var call = await row.Up();
            var elsewhere = row.AnotherWire();
            call.Send(IaxCommand.TxReq, ConformElements.Write((ref ElementWriter w) =>
            {
                Span<byte> image = stackalloc byte[ApparentAddress.IPv6Length];
                w.Add(ElementId.ApparentAddress, image[..ApparentAddress.Write(image, elsewhere.Local)]);
                w.AddUInt16(ElementId.CallNumber, 0x55);
                w.AddUInt32(ElementId.TransferId, 0xDEADBEEF);
            }));
            await row.Pause(2 * row.Target.SilenceMs);
            Check(elsewhere.Ladder.Count == 0, $"{(elsewhere.Ladder.Count == 0 ? "" : FrameNames.Of(elsewhere.Ladder[0]))} was sent to the address it named");
            await row.StillUp(call, "a TXREQ");
        }),
        Row.Must("txcnt", "6.5.3", Call, "TXCNT, TXREADY and TXREL outside a transfer harm nothing", async row =>
        {
            var call = await row.Up();
            byte[] id = ConformElements.Write((ref ElementWriter w) => w.AddUInt32(ElementId.TransferId, 7));
            call.Send(IaxCommand.TxCnt, id);
            call.Send(IaxCommand.TxReady, id);
            call.Send(IaxCommand.TxRel, id);
            await row.StillUp(call, "TXCNT, TXREADY and TXREL");
        }),
        Row.Must("dpreq", "6.8.1", Call, "DPREQ in a call that is up is acknowledged and harms nothing", async row =>
        {
            var call = await row.Up();
            call.Send(IaxCommand.DpReq, ConformElements.Write((ref ElementWriter w) => w.AddText(ElementId.CalledNumber, row.Target.Extension)));
            await row.Acknowledged(call);
            await row.StillUp(call, "a DPREQ");
        }),
    ];

    private static async Task Harmless(RowContext row, params ControlCommand[] controls)
    {
        var call = await row.Up();
        foreach (var control in controls) call.Send(control);
        await row.Acknowledged(call);
        await row.StillUp(call, FrameNames.Of(FrameType.Control, (byte)controls[0]));
    }
}
