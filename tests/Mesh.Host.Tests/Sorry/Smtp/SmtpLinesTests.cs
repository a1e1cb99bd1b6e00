using System.Buffers;
using System.Text;
using Mesh.Host.Sorry.Smtp;

namespace Mesh.Host.Tests.Sorry.Smtp;

public class SmtpLinesTests
{
    [Theory]
    [InlineData("NOOP\r\n", "[NOOP]")]
    [InlineData("A\r\nB\r\n\r\n", "[A][B][]")]
    [InlineData("A\r\nB", "[A]")]
    [InlineData("A\r\nB\r", "[A]")]
    [InlineData("A\nB\r\n", "BareLineEnd")]
    [InlineData("A\rB\r\n", "BareLineEnd")]
    [InlineData("A\r\r\n", "BareLineEnd")]
    [InlineData("A\0B\r\n", "BareLineEnd")]
    [InlineData("A\r\n\n.\n", "[A]BareLineEnd")]
    [InlineData("12345678\r\n", "[12345678]")]
    [InlineData("123456789\r\n", "LongLine")]
    [InlineData("123456789", "")]
    [InlineData("1234567890", "LongLine")]
    public void Lines_end_with_both_and_hold_neither(string octets, string expected)
    {
        Assert.Equal(expected, Take(new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(octets))));
        // The same in segments of one octet each.
        Segment? first = null, last = null;
        foreach (byte octet in Encoding.Latin1.GetBytes(octets))
        {
            last = last is null ? first = new Segment([octet]) : last.Then([octet]);
        }
        Assert.Equal(expected, Take(new ReadOnlySequence<byte>(first!, 0, last!, 1)));
    }

    private static string Take(ReadOnlySequence<byte> buffer)
    {
        var said = new StringBuilder();
        while (SmtpLines.TryTake(ref buffer, 10, out string line, out var refusal))
        {
            if (refusal is not null) return said.Append(refusal).ToString();
            said.Append('[').Append(line).Append(']');
        }
        return said.ToString();
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] octets) => Memory = octets;

        public Segment Then(byte[] octets)
        {
            var next = new Segment(octets) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
