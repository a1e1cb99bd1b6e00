namespace Mesh.Sip.Messages;

/// <summary>Walks the header lines of a message in order.</summary>
public struct HeaderLineEnumerator
{
    private readonly SipHeaders message;
    private int next;

    internal HeaderLineEnumerator(SipHeaders message) => this.message = message;

    public readonly SipHeader Current
    {
        get
        {
            ref readonly var line = ref message.Index[next - 1];
            return new SipHeader(line.Id, new SipText(message.Octets, line.NameStart, line.NameLength), new SipText(message.Octets, line.ValueStart, line.ValueLength));
        }
    }

    public readonly HeaderLineEnumerator GetEnumerator() => this;

    public bool MoveNext() => next < message.Index.Length && ++next > 0;
}
