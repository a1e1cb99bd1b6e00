using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 section 10: what strangers can do to a server, and make it do to others.</summary>
internal static class LimitRows
{
    private const int Strangers = 500, HalfOpen = 20;

    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("limit-new", "10", Call, "After five hundred NEWs that prove nothing a call is taken as before", async row =>
        {
            var wire = row.AnotherWire();
            await Flood(row, wire, i => ConformElements.New($"5{i}", "nobody-5456", row.Target.Format));
            await row.Up();
        }),
        Row.Should("limit-amplification", "10", Nothing, "Requests that prove nothing bring no more octets back than they had", async row =>
        {
            var wire = row.AnotherWire();
            await Flood(row, wire, i => ConformElements.WithToken(ConformElements.New($"5{i}", "nobody-5456", row.Target.Format), []));
            Check(wire.OctetsReceived <= wire.OctetsSent, $"{wire.OctetsReceived} octets came for {wire.OctetsSent}");
        }),
        Row.Should("limit-poke", "10", Nothing, "PONG is not larger than the POKE it answers", async row =>
        {
            var poke = row.Open();
            var sent = poke.Send(IaxCommand.Poke);
            var pong = await row.Expect(poke, IaxCommand.Pong);
            Check(pong.Length <= sent.Length, $"{pong.Length} octets came for {sent.Length}");
        }),
        Row.Should("limit-half-open", "10", Call, "Twenty challenged calls that never answer do not keep the twenty-first out", async row =>
        {
            for (int i = 0; i < HalfOpen; i++) await row.UntilChallenge(row.Open());
            await row.Up();
        }),
        Row.Must("limit-firmware", "10", Nothing, "FWDOWNL brings no firmware: no more octets back than it had", async row =>
        {
            var dialog = row.Open();
            dialog.Repeats = false;
            dialog.Send(IaxCommand.FwDownl, ConformElements.Write((ref ElementWriter w) =>
            {
                w.AddText(ElementId.DeviceType, "iaxy");
                w.AddUInt32(ElementId.FirmwareBlockDescription, 0);
            }));
            await row.Pause(row.Target.AnswerMs);
            Check(row.Wire.OctetsReceived <= 4 * row.Wire.OctetsSent && !row.Wire.Ladder.Any(f => f.Is(IaxCommand.FwData)), $"{row.Wire.OctetsReceived} octets came for {row.Wire.OctetsSent}");
        }),
        Row.Must("limit-calls", "10", Call, "Ten calls at once, and each can be ended", async row =>
        {
            var calls = new List<Raw.RawDialog>();
            for (int i = 0; i < 10; i++) calls.Add(await row.Up());
            foreach (var call in calls)
            {
                var hangup = call.Send(IaxCommand.Hangup, ConformElements.Cause(16));
                await row.Expect(call, f => f.Is(IaxCommand.Ack) && (byte)(f.InSequence - hangup.OutSequence) == 1, "ACK of HANGUP");
            }
        }),
        Row.Must("limit-reuse", "6.2.1", Call, "A call number of ours can be used again right after its call has ended", async row =>
        {
            for (int i = 0; i < 3; i++)
            {
                var wire = row.AnotherWire();
                var call = wire.Open(0x2A2A);
                await row.UntilAccept(call);
                var hangup = call.Send(IaxCommand.Hangup, ConformElements.Cause(16));
                await row.Expect(call, f => f.Is(IaxCommand.Ack) && (byte)(f.InSequence - hangup.OutSequence) == 1, "ACK of HANGUP");
            }
        }),
    ];

    private static async Task Flood(RowContext row, Raw.RawWire wire, Func<int, byte[]> elements)
    {
        for (int i = 0; i < Strangers; i++)
        {
            var stranger = wire.Open();
            stranger.Repeats = false;
            stranger.Send(IaxCommand.New, elements(i));
            if (i % 25 == 24) await row.Pause(10);
        }
        await row.Pause(row.Target.SilenceMs);
    }
}
