using System.Buffers;
using System.Text;
using Mesh.Sip.Messages;
using Mesh.Sip.Wire;
using Xunit;

namespace Mesh.Sip.Tests.Wire;

public class SipFramerTests
{
    private static List<string> ReadAll(byte[] octets, int step, bool weOpened = false, SipParserOptions? options = null)
    {
        var framer = new SipFramer(weOpened, options);
        var seen = new List<string>();
        int consumed = 0;
        for (int end = Math.Min(step, octets.Length); ; end = Math.Min(end + step, octets.Length))
        {
            var input = Segmented(octets.AsMemory(consumed, end - consumed), step);
            while (true)
            {
                var frame = framer.Read(ref input);
                if (frame.Kind == SipFrameKind.Incomplete) break;
                seen.Add(frame.Kind switch
                {
                    SipFrameKind.Message => frame.Message is SipRequest request ? request.Method.ToString() : "response",
                    SipFrameKind.Refused or SipFrameKind.Broken => $"{frame.Kind} {frame.Error.Fault}",
                    var kind => kind.ToString(),
                });
                if (frame.Kind == SipFrameKind.Broken) return seen;
            }
            consumed = end - (int)input.Length;
            if (end == octets.Length) return seen;
        }
    }

    private static ReadOnlySequence<byte> Segmented(ReadOnlyMemory<byte> octets, int step)
    {
        var first = new Segment(octets[..Math.Min(step, octets.Length)], 0);
        var last = first;
        for (int at = step; at < octets.Length; at += step) last = last.Then(octets.Slice(at, Math.Min(step, octets.Length - at)));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Segment Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }

    public static TheoryData<int> Steps => [1, 2, 3, 7, 64, 1000, 100_000];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Messages_are_cut_wherever_the_segments_are(int step)
    {
        // The last five octets of dblreq are more than its second message counts.
        byte[] octets = [.. Rfc4475Valid.Dblreq[..^5], .. Rfc4475Valid.Wsinv, .. "\r\n\r\n"u8, .. SampleMessages.Invite, .. Rfc4475Valid.Unreason];
        Assert.Equal(["REGISTER", "INVITE", "INVITE", "Ping", "INVITE", "response"], ReadAll(octets, step));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_bad_message_of_known_length_does_not_end_the_stream(int step)
    {
        byte[] octets = [.. Rfc4475Invalid.Quotbal, .. Rfc4475Invalid.Badvers, .. SampleMessages.Invite];
        Assert.Equal(["Refused BadTo", "Refused VersionNotSupported", "INVITE"], ReadAll(octets, step));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Without_a_length_nothing_more_can_be_read(int step)
    {
        Assert.Equal(["Broken BadContentLength"], ReadAll([.. Rfc4475Invalid.Ncl, .. SampleMessages.Invite], step));
        Assert.Equal(["Broken RepeatedHeader"], ReadAll([.. Rfc4475Application.Mcl01, .. SampleMessages.Invite], step));
        Assert.Equal(["Broken MissingContentLength"], ReadAll([.. Rfc4475Application.Inv2543, .. SampleMessages.Invite], step));
        Assert.Empty(ReadAll(Rfc4475Invalid.Clerr, step));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Limits_break_the_stream(int step)
    {
        var options = new SipParserOptions { MaxHeaderBytes = 600, MaxBodyBytes = 100 };
        Assert.Equal(["Broken HeadersTooLarge"], ReadAll(Rfc4475Valid.Longreq, step, options: options));
        Assert.Equal(["Broken BodyTooLarge"], ReadAll(Rfc4475Valid.Esc01, step, options: options));
        Assert.Equal(["Broken HeadersTooLarge"], ReadAll(Encoding.ASCII.GetBytes(new string('x', 2000)), step, options: options));
    }

    [Fact]
    public void A_broken_request_can_be_answered()
    {
        var input = new ReadOnlySequence<byte>(Rfc4475Valid.Esc01);
        var frame = new SipFramer(false, new SipParserOptions { MaxBodyBytes = 100 }).Read(ref input);
        Assert.Equal((413, true), (frame.Error.Status.Code, frame.Error.Request is not null));
    }

    [Fact]
    public void The_torture_messages_do_to_a_stream_what_the_table_says()
    {
        foreach (var row in Rfc4475Messages.All)
        {
            byte[] octets = [.. row.Octets, .. SampleMessages.Invite];
            var seen = ReadAll(octets, 100_000);
            var outcome = seen.LastOrDefault() == "INVITE" && seen.Count > 1 ? Rfc4475Stream.StaysOpen
                : seen.LastOrDefault()?.StartsWith("Broken", StringComparison.Ordinal) == true ? Rfc4475Stream.Closes : Rfc4475Stream.Waits;
            // baddn's missing empty line is found in the next message: nothing can be framed then.
            if (row.Name == "baddn") Assert.Equal(["Broken BadHeaderLine"], seen);
            else Assert.True(outcome == row.Stream, $"{row}: {string.Join(", ", seen)}");
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Keep_alives(int step)
    {
        Assert.Equal(["Ping", "Ping", "INVITE"], ReadAll([.. "\r\n\r\n\r\n\r\n\r\n"u8, .. SampleMessages.Invite], step));
        Assert.Equal(["INVITE"], ReadAll([.. SampleMessages.Invite, .. "\r\n"u8], step));
        Assert.Equal("INVITE", ReadAll([.. "\r\n"u8, .. SampleMessages.Invite], step, weOpened: true)[^1]);
        Assert.Equal(["Pong"], ReadAll("\r\n"u8.ToArray(), step, weOpened: true));
    }
}
