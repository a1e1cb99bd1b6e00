namespace Mesh.Sip.Messages;

/// <summary>Walks the values of one header that read as <typeparamref name="T"/>.</summary>
public struct TypedHeaderEnumerator<T> where T : struct, IHeaderValue<T>
{
    private HeaderValueEnumerator values;
    private T current;

    internal TypedHeaderEnumerator(HeaderValueEnumerator values)
    {
        this.values = values;
        current = default;
    }

    public readonly T Current => current;

    public readonly TypedHeaderEnumerator<T> GetEnumerator() => this;

    public bool MoveNext()
    {
        while (values.MoveNext())
            if (T.TryParse(values.Current, out current)) return true;
        return false;
    }
}
