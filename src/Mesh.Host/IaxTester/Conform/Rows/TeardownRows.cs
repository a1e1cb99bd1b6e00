using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 section 6.2.5: how calls end.</summary>
internal static class TeardownRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("hangup", "6.2.5", Call, "HANGUP is acknowledged", async row =>
        {
            var call = await row.Up();
            call.Repeats = false;
            var hangup = call.Send(IaxCommand.Hangup, ConformElements.Cause(16));
            await row.Expect(call, f => f.Is(IaxCommand.Ack) && (byte)(f.InSequence - hangup.OutSequence) == 1, "ACK of HANGUP");
        }),
        Row.Must("hangup-ends", "6.2.5", Call, "After HANGUP the call is gone: a PING on it is not answered with PONG", async row =>
        {
            var call = await row.Up();
            call.Send(IaxCommand.Hangup, ConformElements.Cause(16));
            await row.Gone(call, "the call was hung up");
        }),
        Row.Must("hangup-bare", "6.2.5", Call, "HANGUP without CAUSE and CAUSECODE ends the call as well", async row =>
        {
            var call = await row.Up();
            var hangup = call.Send(IaxCommand.Hangup);
            await row.Expect(call, f => f.Is(IaxCommand.Ack) && (byte)(f.InSequence - hangup.OutSequence) == 1, "ACK of HANGUP");
        }),
        Row.Must("hangup-unproven", "6.2.5", Call | Secret, "HANGUP instead of AUTHREP is acknowledged, and no ACCEPT follows", async row =>
        {
            var dialog = row.Open();
            Check(await row.UntilChallenge(dialog) is not null, "the call was not challenged");
            var hangup = dialog.Send(IaxCommand.Hangup, ConformElements.Cause(16));
            await row.Expect(dialog, f => f.Is(IaxCommand.Ack) && (byte)(f.InSequence - hangup.OutSequence) == 1, "ACK of HANGUP");
            await row.ExpectNone(dialog.Inbox, f => f.Is(IaxCommand.Accept), "the call was hung up");
        }),
        Row.Must("hangup-early", "6.2.5", Call | Secret, "HANGUP with destination 0, from a caller that does not know the server's number yet, ends the call", async row =>
        {
            var dialog = row.Open();
            Check(await row.UntilChallenge(dialog) is not null, "the call was not challenged");
            dialog.Repeats = false;
            dialog.Send(IaxCommand.Hangup, ConformElements.Cause(16), new Deviation { Destination = 0 });
            await row.Gone(dialog, "the call was hung up", IaxCommand.AuthRep);
        }),
        Row.Must("hangup-repeated", "7", Call, "HANGUP sent again after the end harms nothing", async row =>
        {
            var call = await row.Up();
            var hangup = call.Send(IaxCommand.Hangup, ConformElements.Cause(16));
            await row.Pause(row.Target.SilenceMs);
            row.Wire.Send(RegistrationRows.Repetition(hangup));
            row.Wire.Send(RegistrationRows.Repetition(hangup));
            await row.Up();
        }),
        Row.Must("reject-ends", "6.2.4", Call, "REJECT from the caller ends the call", async row =>
        {
            var dialog = row.Open();
            await row.UntilAccept(dialog);
            dialog.Send(IaxCommand.Reject, ConformElements.Cause(58));
            await row.Gone(dialog, "the call was rejected");
        }),
        Row.Must("hangup-forged", "10", Call, "HANGUP from another port ends nobody's call", async row =>
        {
            var call = await row.Up();
            var forger = row.AnotherWire().Open(call.LocalNumber);
            (forger.RemoteNumber, forger.NextOut, forger.Expected, forger.Repeats) = (call.RemoteNumber, call.NextOut, call.Expected, false);
            forger.Send(IaxCommand.Hangup, ConformElements.Cause(16));
            await row.Pause(row.Target.SilenceMs);
            await row.StillUp(call, "a forged HANGUP");
            forger.RemoteNumber = 0;
        }),
        Row.Must("hangup-other-number", "8.1.1", Call, "HANGUP with another source call number ends nobody's call", async row =>
        {
            var call = await row.Up();
            call.Send(IaxCommand.Hangup, ConformElements.Cause(16), new Deviation { Source = (ushort)(call.LocalNumber ^ 0x55), KeepsSequence = true });
            await row.Pause(row.Target.SilenceMs);
            await row.StillUp(call, "a HANGUP for another call");
        }),
    ];
}
