using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 sections 6.10.2 and 6.10.3: voice and video in full frames.</summary>
internal static class MediaRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("voice-acknowledged", "6.10.2", Call, "A full VOICE frame is acknowledged", async row =>
        {
            var call = await row.Up();
            Voice(call, row.Target.Format, 160);
            await row.Acknowledged(call);
        }),
        Row.Must("voice-first-full", "6.10.2", Call | Echo, "The first voice of the server is a full frame in the format it chose", async row =>
        {
            var call = await row.Up();
            await using var talk = Talk.Begin(row, call);
            Check(await talk.Heard(3), "nothing came back of the tone we sent");
            var first = row.Wire.Ladder.First(f => !f.IsSent && (f.Is(FrameType.Voice) || f.Kind == DatagramKind.Mini));
            Check(first.IsFull, "a mini frame came first");
            Check((VoiceFormat)(ulong)first.Subclass == row.Target.Format, $"it is {FrameNames.Of(first)}, ACCEPT said {Codecs.NameOf(row.Target.Format)}");
        }),
        Row.Must("voice-echo", "6.10.2", Call | Echo, "Voice is heard: what we say comes back from an extension that echoes", async row =>
        {
            var call = await row.Up();
            await using var talk = Talk.Begin(row, call);
            Check(await talk.Heard(25), "fewer than 25 frames of our tone came back");
        }),
        Row.Must("voice-compressed-subclass", "8.1.1", Call | Echo, "A format is understood in either spelling, as it is (0x04) and as a power of two (0x82)", async row =>
        {
            var call = await row.Up();
            await using var talk = Talk.Begin(row, call);
            Check(await talk.Heard(3), "nothing came back of the tone we sent");
            byte spelled = (byte)(0x80 | System.Numerics.BitOperations.Log2((ulong)row.Target.Format));
            talk.SendFull(spelled);
            await row.Pause(100);
            talk.Forget();
            Check(await talk.Heard(5), $"nothing comes back after a VOICE frame spelled 0x{spelled:x2}");
        }),
        Row.Must("voice-unknown-format", "6.10.2", Call, "VOICE in a format nobody knows harms nothing", async row =>
        {
            var call = await row.Up();
            call.Send(FrameType.Voice, 0xBF, new byte[20]);
            call.Send(FrameType.Voice, 0x00, new byte[20]);
            await row.StillUp(call, "VOICE in a format nobody knows");
        }),
        Row.Should("voice-unknown-format-ack", "6.9.1", Call, "VOICE in a format nobody knows is acknowledged, so that it is not sent again for ever", async row =>
        {
            var call = await row.Up();
            call.Send(FrameType.Voice, 0xBF, new byte[20]);
            await row.Acknowledged(call);
        }),
        Row.Must("voice-change", "6.10.2", Call, "A VOICE frame in the other law in the middle of a call harms nothing", async row =>
        {
            var call = await row.Up(formats: VoiceFormat.Ulaw | VoiceFormat.Alaw);
            Voice(call, VoiceFormat.Ulaw, 160);
            Voice(call, VoiceFormat.Alaw, 160);
            Voice(call, VoiceFormat.Ulaw, 160);
            await row.Acknowledged(call);
            await row.StillUp(call, "a change of format");
        }),
        Row.Must("voice-odd-sizes", "6.10.2", Call, "Voice of 0, 1, 80, 240 and 1,000 octets harms nothing", async row =>
        {
            var call = await row.Up();
            foreach (int octets in (ReadOnlySpan<int>)[160, 0, 1, 80, 240, 1000])
            {
                Voice(call, row.Target.Format, octets);
                call.SendMini(new byte[octets]);
            }
            await row.Acknowledged(call);
            await row.StillUp(call, "voice of odd sizes");
        }),
        Row.Must("voice-after-hangup", "6.2.5", Call, "Voice after HANGUP is not answered with more than INVAL", async row =>
        {
            var call = await row.Up();
            Voice(call, row.Target.Format, 160);
            call.Send(IaxCommand.Hangup, ConformElements.Cause(16));
            await row.Pause(row.Target.SilenceMs);
            call.Inbox.Forget();
            for (int i = 0; i < 20; i++) call.SendMini(new byte[160]);
            await row.ExpectNone(call.Inbox, f => f.IsFull && !f.Is(IaxCommand.Inval), "the call was hung up");
        }),
        Row.Must("video", "6.10.3", Call, "VIDEO nobody asked for, full and mini, harms nothing", async row =>
        {
            var call = await row.Up();
            call.Send(FrameType.Video, 0x95 | SubclassCoding.VideoMarker, [0x65, 0x88, 0x84, 0x00]);
            call.Send(FrameType.Video, 0, []);
            var mini = new byte[64];
            new MiniVideoFrame { SourceCall = call.LocalNumber, Marker = true, Timestamp = 100, Payload = new byte[20] }.Write(mini);
            row.Wire.Send(mini.AsSpan(0, 26));
            row.Wire.Send(mini.AsSpan(0, 6));
            await row.StillUp(call, "VIDEO");
        }),
    ];

    private static void Voice(RawDialog call, VoiceFormat format, int octets)
    {
        SubclassCoding.TryEncode((long)format, out byte subclass);
        call.Send(FrameType.Voice, subclass, Enumerable.Repeat((byte)0xFF, octets).ToArray());
    }
}
