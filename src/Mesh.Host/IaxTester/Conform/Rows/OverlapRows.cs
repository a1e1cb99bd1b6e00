using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2;
using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 section 6.8: numbers dialled digit by digit, after a NEW for the number "TBD".</summary>
internal static class OverlapRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Should("tbd", "6.8", Call, "A NEW for the number TBD is accepted, and nobody answers it before DIAL", async row =>
        {
            var call = row.Open();
            await row.UntilAccept(call, NewCallOptions.ToBeDialled);
            await row.ExpectNone(call.Inbox, f => f.Is(ControlCommand.Answer) || f.Is(IaxCommand.Hangup) || f.Is(IaxCommand.Reject), "nothing was dialled yet");
        }),
        Row.Should("dprep", "6.8.2", Call, "DPREQ for a number that exists is answered with DPREP: the number, and DPSTATUS with bit 1", async row =>
        {
            var answer = await Query(row, row.Target.Extension);
            Check(answer.Elements.CalledNumber == row.Target.Extension, $"CALLED_NUMBER is '{answer.Elements.CalledNumber}'");
            Check(Status(answer).HasFlag(DialplanStatus.Exists), $"DPSTATUS is {Status(answer)}");
        }),
        Row.Should("dprep-unknown", "6.8.2", Call, "DPREQ for a number nobody has is answered with DPREP: DPSTATUS without bit 1", async row =>
        {
            var answer = await Query(row, row.Target.UnknownExtension);
            Check(!Status(answer).HasFlag(DialplanStatus.Exists), $"DPSTATUS is {Status(answer)}");
        }),
        Row.Should("dial", "6.8.3", Call, "DIAL with a number that exists calls it", async row =>
        {
            var call = row.Open();
            await row.UntilAccept(call, NewCallOptions.ToBeDialled);
            call.Send(IaxCommand.Dial, Number(row.Target.Extension));
            await row.Expect(call, ControlCommand.Answer, 10_000);
        }),
        Row.Should("dial-unknown", "6.8.3", Call, "DIAL with a number nobody has ends the call", async row =>
        {
            var call = row.Open();
            await row.UntilAccept(call, NewCallOptions.ToBeDialled);
            call.Send(IaxCommand.Dial, Number(row.Target.UnknownExtension));
            var end = await row.Expect(call, f => f.Is(IaxCommand.Reject) || f.Is(IaxCommand.Hangup) || f.Is(ControlCommand.Answer), "REJECT or HANGUP", 6_000);
            Check(end.Type == FrameType.Iax, "ANSWER came");
        }),
    ];

    private static async Task<SeenFrame> Query(RowContext row, string number)
    {
        var call = row.Open();
        await row.UntilAccept(call, NewCallOptions.ToBeDialled);
        call.Send(IaxCommand.DpReq, Number(number));
        return await row.Expect(call, IaxCommand.DpRep);
    }

    private static byte[] Number(string number) => ConformElements.Write((ref ElementWriter w) => w.AddText(ElementId.CalledNumber, number));

    private static DialplanStatus Status(SeenFrame answer) =>
        answer.Find(ElementId.DpStatus) is [var high, var low] ? (DialplanStatus)(high << 8 | low) : throw new RequirementNotMet("DPSTATUS is missing");
}
