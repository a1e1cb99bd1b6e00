using System.Globalization;
using Mesh.Sip.Messages;
using Mesh.Sip.Wire;

namespace Mesh.Sip;

/// <summary>Headers to add to a message, in order. Can be written into any number of messages; whoever keeps one to use again adds nothing more to it.</summary>
public sealed class HeaderLines
{
    private readonly List<(HeaderName Name, SipText Value)> lines = [];

    public bool IsEmpty => lines.Count == 0;

    /// <summary>Adds one line. CR, LF and NUL inside <paramref name="value"/> become spaces: a value can never start another header.</summary>
    public HeaderLines Add(HeaderName name, string value) =>
        Add(name, SipText.From(value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0 ? value : value.Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' ')));

    /// <summary>Adds one line of a value received or already known to be clean.</summary>
    public HeaderLines Add(HeaderName name, SipText value)
    {
        lines.Add((name, value));
        return this;
    }

    public HeaderLines Add(HeaderName name, long value) => Add(name, SipText.From(value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Adds whole lines as a <see cref="SipWriter"/> wrote them: <c>Name: value CRLF</c>, any number.</summary>
    public HeaderLines AddWritten(ReadOnlySpan<byte> written)
    {
        while (written.IndexOf("\r\n"u8) is var end && end > 0)
        {
            var line = written[..end];
            int colon = line.IndexOf((byte)':');
            Add(HeaderName.Of(line[..colon]), SipText.Copy(line[(colon + 2)..]));
            written = written[(end + 2)..];
        }
        return this;
    }

    public HeaderLines Add(HeaderLines? others)
    {
        if (others is not null) lines.AddRange(others.lines);
        return this;
    }

    internal void WriteTo(SipWriter writer)
    {
        foreach (var (name, value) in lines) writer.Begin(name).Append(value.Span).EndCopied();
    }
}
