using System.Text;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>The parameters of a header value or of a URI, read when asked for. Names do not care for case.</summary>
public readonly struct SipParameters
{
    private readonly bool inUri;

    internal SipParameters(SipText text, bool inUri = false)
    {
        Text = text;
        this.inUri = inUri;
    }

    /// <summary>All of them as written, from the first semicolon.</summary>
    public SipText Text { get; }

    public bool IsEmpty => Text.IsEmpty;

    /// <summary>The value of the first parameter of that name; not present when there is none, present and empty for a bare name.</summary>
    public SipText this[ReadOnlySpan<byte> name]
    {
        get
        {
            var octets = Text.Span;
            var reader = new ParameterReader(octets, 0, inUri);
            while (reader.Next())
            {
                if (!Ascii.EqualsIgnoreCase(octets[reader.NameStart..reader.NameEnd], name)) continue;
                return reader.HasValue ? Text.Slice(reader.ValueStart, reader.ValueEnd) : Text.Slice(reader.NameEnd, reader.NameEnd);
            }
            return default;
        }
    }

    public bool Has(ReadOnlySpan<byte> name) => this[name].IsPresent;

    public Enumerator GetEnumerator() => new(Text, inUri);

    public override string ToString() => Text.ToString();

    public ref struct Enumerator
    {
        private readonly SipText text;
        private ParameterReader reader;

        internal Enumerator(SipText text, bool inUri)
        {
            this.text = text;
            reader = new ParameterReader(text.Span, 0, inUri);
        }

        public readonly SipParameter Current => new(text.Slice(reader.NameStart, reader.NameEnd),
            reader.HasValue ? text.Slice(reader.ValueStart, reader.ValueEnd) : default);

        public bool MoveNext() => reader.Next();
    }
}
