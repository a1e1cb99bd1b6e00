using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 sections 6.10.1 and 6.10.4: digits and text in a call.</summary>
internal static class DigitRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("dtmf", "6.10.1", Call, "Each of the sixteen digits as one DTMF frame is acknowledged", async row =>
        {
            var call = await row.Up();
            foreach (byte digit in "0123456789*#ABCD"u8) call.Send(FrameType.DtmfEnd, digit, []);
            await Acknowledged(row, call, "DTMF");
        }),
        Row.Must("dtmf-begin", "field", Call, "DTMF begin (type 12) and end (type 1) are acknowledged", async row =>
        {
            var call = await row.Up();
            call.Send(FrameType.DtmfBegin, (byte)'5', []);
            await row.Pause(100);
            call.Send(FrameType.DtmfEnd, (byte)'5', []);
            await Acknowledged(row, call, "DTMF begin and end");
        }),
        Row.Must("dtmf-nonsense", "6.10.1", Call, "DTMF of something that is no digit is acknowledged and harms nothing", async row =>
        {
            var call = await row.Up();
            foreach (byte octet in (ReadOnlySpan<byte>)[0, (byte)'z', 0x7F, 0xFF]) call.Send(FrameType.DtmfEnd, octet, []);
            await Acknowledged(row, call, "DTMF of nonsense");
        }),
        Row.Must("dtmf-burst", "7", Call, "Two hundred digits sent at once are all acknowledged", async row =>
        {
            var call = await row.Up();
            await Burst(row, call);
            await row.StillUp(call, "two hundred digits");
        }),
        Row.Must("dtmf-burst-hangup", "7", Call, "A call can be ended right behind a burst of digits", async row =>
        {
            var call = await row.Up();
            for (int i = 0; i < 60; i++) call.Send(FrameType.DtmfEnd, (byte)'1', []);
            var hangup = call.Send(IaxCommand.Hangup, ConformElements.Cause(16));
            await row.Expect(call, f => f.Is(IaxCommand.Ack) && (byte)(f.InSequence - hangup.OutSequence) == 1, "ACK of HANGUP");
        }),
        Row.Must("text", "6.10.4", Call, "TEXT with its trailing NUL is acknowledged", async row =>
        {
            var call = await row.Up();
            call.Send(FrameType.Text, 0, "grüezi\0"u8);
            await Acknowledged(row, call, "TEXT");
        }),
        Row.Must("text-bare", "6.10.4", Call, "TEXT without NUL, empty TEXT and TEXT of a thousand octets are acknowledged and harm nothing", async row =>
        {
            var call = await row.Up();
            call.Send(FrameType.Text, 0, "no end"u8);
            call.Send(FrameType.Text, 0, []);
            call.Send(FrameType.Text, 0, Enumerable.Repeat((byte)'x', 1000).ToArray());
            await Acknowledged(row, call, "TEXT without NUL");
        }),
        Row.Must("html", "6.10.6", Call, "HTML in a call is acknowledged and harms nothing", async row =>
        {
            var call = await row.Up();
            call.Send(FrameType.Html, 1, "http://example.net/\0"u8);
            await Acknowledged(row, call, "HTML");
        }),
        Row.Must("image", "6.10.5", Call, "IMAGE in a call is acknowledged and harms nothing", async row =>
        {
            var call = await row.Up();
            call.Send(FrameType.Image, 0x90, [0xFF, 0xD8, 0xFF, 0xE0]);
            await Acknowledged(row, call, "IMAGE");
        }),
        Row.Must("comfort-noise", "6.10.7", Call, "CNG in a call is acknowledged and harms nothing", async row =>
        {
            var call = await row.Up();
            call.Send(FrameType.ComfortNoise, 50, []);
            await Acknowledged(row, call, "CNG");
        }),
        Row.Must("type-unknown", "8.2", Call, "A frame of a type nobody knows harms nothing", async row =>
        {
            var call = await row.Up();
            call.Send((FrameType)0x3F, 1, [1, 2, 3]);
            await row.StillUp(call, "a frame of type 63");
        }),
    ];

    /// <summary>Two hundred digits, half a window at a time, as a sender must.</summary>
    private static async Task Burst(RowContext row, Raw.RawDialog call)
    {
        for (int sent = 0; sent < 200; sent += 50)
        {
            for (int i = 0; i < 50; i++) call.Send(FrameType.DtmfEnd, (byte)('0' + i % 10), []);
            await row.Acknowledged(call);
        }
    }

    private static async Task Acknowledged(RowContext row, Raw.RawDialog call, string what)
    {
        await row.Acknowledged(call);
        await row.StillUp(call, what);
    }
}
