namespace Mesh.Iax2.Wire;

/// <summary>One variable carried by a call (element 52): names are case-sensitive, the value may contain '='.</summary>
public readonly record struct IaxVariable(string Name, string Value)
{
    /// <summary>Names one frame may bring; further ones are passed over.</summary>
    public const int MaxNames = 64;

    /// <summary>Takes one element's text: the value of a name seen before in the same frame goes on, a new name is added. No '=' means an empty value.</summary>
    public static IReadOnlyList<IaxVariable> Join(IReadOnlyList<IaxVariable> before, string text)
    {
        int equals = text.IndexOf('=');
        var (name, value) = equals < 0 ? (text, "") : (text[..equals], text[(equals + 1)..]);
        var joined = before as List<IaxVariable> ?? [];
        int known = joined.FindIndex(variable => variable.Name == name);
        if (known < 0 && joined.Count < MaxNames) joined.Add(new IaxVariable(name, value));
        else if (known >= 0) joined[known] = new IaxVariable(name, joined[known].Value + value);
        return joined;
    }
}
