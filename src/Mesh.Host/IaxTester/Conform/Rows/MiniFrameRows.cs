using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 section 8.1.2: mini frames.</summary>
internal static class MiniFrameRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("mini", "8.1.2", Call | Echo, "Mini frames after a full VOICE frame are heard", async row =>
        {
            var call = await row.Up();
            await using var talk = Talk.Begin(row, call);
            await row.Pause(300);
            talk.Forget();
            Check(await talk.Heard(10), "nothing comes back of what mini frames carried");
        }),
        Row.Must("mini-source", "8.1.2", Call | Echo, "The server's mini frames carry its call number of this call", async row =>
        {
            var call = await row.Up();
            await using var talk = Talk.Begin(row, call);
            Check(await talk.Heard(10), "nothing came back of the tone we sent");
            var foreign = row.Wire.Ladder.FirstOrDefault(f => !f.IsSent && f.Kind == DatagramKind.Mini && f.SourceCall != call.RemoteNumber);
            Check(foreign is null, $"a mini frame came from call number {foreign?.SourceCall}, the call's is {call.RemoteNumber}");
            Check(row.Wire.Ladder.Any(f => !f.IsSent && f.Kind is DatagramKind.Mini or DatagramKind.Trunk), "every voice frame was a full frame");
        }),
        Row.Must("mini-unacknowledged", "8.1.2", Call, "Mini frames are not acknowledged", async row =>
        {
            var call = await row.Up();
            SubclassCoding.TryEncode((long)row.Target.Format, out byte subclass);
            call.Send(FrameType.Voice, subclass, new byte[160]);
            await row.Pause(row.Target.SilenceMs);
            call.Inbox.Forget();
            for (int i = 0; i < 10; i++) call.SendMini(new byte[160]);
            await row.ExpectNone(call.Inbox, f => f.Is(IaxCommand.Ack), "mini frames were sent");
        }),
        Row.Should("mini-before-full", "6.9.3", Call, "A mini frame before the first full VOICE frame is answered with VNAK", async row =>
        {
            var call = await row.Up();
            call.SendMini(new byte[160]);
            await row.Expect(call, IaxCommand.Vnak);
        }),
        Row.Must("mini-before-full-survives", "8.1.2", Call, "Fifty mini frames before the first full VOICE frame harm nothing", async row =>
        {
            var call = await row.Up();
            for (int i = 0; i < 50; i++) call.SendMini(new byte[160]);
            await row.StillUp(call, "mini frames without a format");
        }),
        Row.Should("mini-before-full-bounded", "6.9.3", Call, "Fifty such mini frames are answered with fewer VNAKs than there were frames", async row =>
        {
            var call = await row.Up();
            for (int i = 0; i < 50; i++) call.SendMini(new byte[160]);
            await row.Pause(row.Target.SilenceMs);
            int answers = call.Inbox.Kept.Count(f => f.Is(IaxCommand.Vnak));
            Check(answers < 50, $"{answers} VNAKs came");
        }),
        Row.Must("mini-wrap", "8.1.2", Call | Echo, "Voice goes on when the 16-bit time stamp of mini frames wraps without a full frame", async row =>
        {
            var call = await row.Up(clockAhead: 63_500);
            await using var talk = Talk.Begin(row, call);
            while (talk.Timestamp < 65_536 + 200) await row.Pause(100);
            talk.Forget();
            Check(await talk.Heard(20), "nothing comes back after the wrap");
        }),
        Row.Must("mini-wrap-full", "8.1.2", Call | Echo, "Voice goes on when a full frame is sent at the wrap", async row =>
        {
            var call = await row.Up(clockAhead: 63_500);
            await using var talk = Talk.Begin(row, call);
            while (talk.Timestamp < 65_536) await row.Pause(Talk.FrameMs);
            talk.SendFull((byte)row.Target.Format);
            await row.Pause(200);
            talk.Forget();
            Check(await talk.Heard(20), "nothing comes back after the wrap");
        }),
        Row.Must("mini-late", "8.1.2", Call | Echo, "Mini frames that come late, twice or out of order harm nothing", async row =>
        {
            var call = await row.Up();
            await using var talk = Talk.Begin(row, call);
            Check(await talk.Heard(5), "nothing came back of the tone we sent");
            byte[] tone = Talk.Frame(row);
            foreach (int behind in (ReadOnlySpan<int>)[60, 20, 20, 40, 2_000, 60_000]) call.SendMini(tone, (ushort)(talk.Timestamp - behind));
            talk.Forget();
            Check(await talk.Heard(10), "nothing comes back any more");
            await row.StillUp(call, "mini frames out of order");
        }),
        Row.Must("mini-forged", "10", Call | Echo, "Mini frames from another port are not heard", async row =>
        {
            var call = await row.Up();
            SubclassCoding.TryEncode((long)row.Target.Format, out byte subclass);
            call.Send(FrameType.Voice, subclass, Enumerable.Repeat((byte)0xFF, 160).ToArray());
            await row.Pause(100);
            var forger = row.AnotherWire().Open(call.LocalNumber);
            byte[] tone = Talk.Frame(row);
            for (int i = 0; i < 20; i++)
            {
                forger.SendMini(tone, (ushort)call.ElapsedMs);
                await row.Pause(Talk.FrameMs);
            }
            Check(await call.Inbox.Next(Talk.IsTone, row.Target.SilenceMs) is null, "the forger's voice came back");
        }),
        Row.Must("mini-unknown-call", "8.1.2", Nothing, "Mini frames of a call that is not there are not answered", async row =>
        {
            var nobody = row.Open();
            for (int i = 0; i < 10; i++) nobody.SendMini(new byte[160]);
            await row.Pause(row.Target.SilenceMs);
            Check(!row.Wire.Ladder.Any(f => !f.IsSent), $"{row.Wire.Ladder.LastOrDefault(f => !f.IsSent)} came");
        }),
    ];
}
