using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>Walks the values of one header: lines in order and, in a list header, the elements between commas that stand outside quotes and angle brackets (RFC 3261 section 7.3.1).</summary>
public struct HeaderValueEnumerator
{
    private readonly SipHeaders message;
    private readonly HeaderName name;
    private int line, at, end;

    internal HeaderValueEnumerator(SipHeaders message, HeaderName name)
    {
        this.message = message;
        this.name = name;
        (line, at, end) = (-1, 0, -1);
    }

    public SipText Current { get; private set; }

    public readonly HeaderValueEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        if (at > end && !NextLine()) return false;
        int stop = name.IsList ? ListElement.End(message.Octets.AsSpan(0, end), at) : end;
        int start = Grammar.SkipWhite(message.Octets.AsSpan(0, stop), at);
        int last = start + Grammar.TrimEnd(message.Octets.AsSpan(start, stop - start), stop - start);
        Current = new SipText(message.Octets, start, last - start);
        at = stop + 1;
        return true;
    }

    private bool NextLine()
    {
        while (++line < message.Index.Length)
        {
            ref readonly var found = ref message.Index[line];
            if (!found.IsNamed(message.Octets, name)) continue;
            at = found.ValueStart;
            end = at + found.ValueLength;
            return true;
        }
        line = message.Index.Length;
        return false;
    }
}
