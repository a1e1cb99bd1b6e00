namespace Mesh.Sip.Messages;

/// <summary>The octets of a message and an index of its header lines. Values are looked at where they are; nothing is copied until somebody asks for a string.</summary>
public abstract class SipHeaders
{
    private protected SipHeaders(byte[] octets, HeaderLine[] lines)
    {
        Octets = octets;
        Index = lines;
    }

    internal byte[] Octets { get; }

    internal HeaderLine[] Index { get; }

    /// <summary>The message as received, folded lines joined, without what came before or after it.</summary>
    public ReadOnlyMemory<byte> Raw => Octets;

    /// <summary>The value of the first line of that header; not present when there is none.</summary>
    public SipText Header(HeaderName name)
    {
        foreach (ref readonly var line in Index.AsSpan())
            if (line.IsNamed(Octets, name)) return new SipText(Octets, line.ValueStart, line.ValueLength);
        return default;
    }

    public bool Has(HeaderName name) => Header(name).IsPresent;

    /// <summary>How many lines of that header there are.</summary>
    public int CountOf(HeaderName name)
    {
        int count = 0;
        foreach (ref readonly var line in Index.AsSpan())
            if (line.IsNamed(Octets, name)) count++;
        return count;
    }

    /// <summary>Every header line in order.</summary>
    public HeaderLineEnumerator Headers => new(this);

    /// <summary>Every value of that header in order: the elements of a list header, however they share lines; else the whole lines.</summary>
    public HeaderValueEnumerator Values(HeaderName name) => new(this, name);

    /// <summary>Whether a list header of tokens (Supported, Require, Allow) names <paramref name="token"/>. Option tags and methods care for case; nobody sends other.</summary>
    public bool Lists(HeaderName name, ReadOnlySpan<byte> token)
    {
        foreach (var value in Values(name))
            if (value.IsIgnoringCase(token)) return true;
        return false;
    }

    /// <summary>The first value of that header as a type. False when it is not there or does not read.</summary>
    public bool TryGet<T>(HeaderName name, out T value) where T : struct, IHeaderValue<T>
    {
        foreach (var text in Values(name)) return T.TryParse(text, out value);
        value = default;
        return false;
    }

    /// <summary>Every value of that header as a type; values that do not read are passed over.</summary>
    public TypedHeaderEnumerator<T> All<T>(HeaderName name) where T : struct, IHeaderValue<T> => new(Values(name));
}
