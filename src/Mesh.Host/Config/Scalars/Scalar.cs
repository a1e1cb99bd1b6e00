namespace Mesh.Host.Config.Scalars;

/// <summary>A kind of text a bundle may hold: how it reads, and what to say when it does not.</summary>
public abstract class Scalar(string name, string example, string pattern)
{
    /// <summary>With its article, to follow "is not": <c>a duration</c>.</summary>
    public string Name { get; } = name;

    public string Example { get; } = example;

    /// <summary>A regular expression of ECMA 262 for editors; empty when any text will do. Looser than the real reader, never stricter.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>The words allowed, when it is one of a few.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Null when <paramref name="text"/> reads, else why it does not.</summary>
    public abstract string? Fault(string text);
}

/// <summary>Reads <paramref name="text"/>, or returns false with a reason in <paramref name="why"/> (empty: the general one does) and any <paramref name="value"/>.</summary>
public delegate bool ReadScalar<T>(string text, out T value, out string why);

public sealed class Scalar<T>(string name, string example, string pattern, ReadScalar<T> read) : Scalar(name, example, pattern)
{
    public bool TryRead(string text, out T value) => read(text, out value, out _);

    /// <summary>Reads what the schema has checked already.</summary>
    public T Read(string text) => read(text, out var value, out string why) ? value : throw new FormatException($"'{text}' is not {Name} {why}");

    public override string? Fault(string text)
    {
        if (read(text, out _, out string why)) return null;
        return $"'{text}' is not {Name}{(why.Length == 0 ? "" : ": " + why)}";
    }
}
