using Mesh.Host.Config.Scalars;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Config.Shapes;

/// <summary>What may stand at one place of a bundle. The schema is a tree of these; checking, reading, <c>config explain</c> and the JSON Schema all follow it.</summary>
public abstract record Shape;

/// <summary>Text of one kind.</summary>
public sealed record ScalarShape(Scalar Kind) : Shape;

/// <summary>A list; a single item may stand for a list of one.</summary>
public sealed record ListShape(Shape Item) : Shape;

/// <summary>Named fields.</summary>
public sealed record SectionShape(string Name, IReadOnlyList<Field> Fields) : Shape
{
    public Field? Find(string name) => Fields.FirstOrDefault(f => f.Name == name);

    public IReadOnlyList<string> Names => [.. Fields.Select(f => f.Name)];

    /// <summary>The field that a text in the section's place stands for; null: there must be a mapping.</summary>
    public string? Shorthand { get; init; }

    /// <summary>A tree with its sections' shorthands written out, so that layers merge key by key.</summary>
    public ConfigMap SpellOut(ConfigMap tree) => new(tree.Source, [.. tree.Entries.Select(e =>
        Find(e.Key)?.Shape is SectionShape { Shorthand: { } field } && e.Value is ConfigScalar { IsNothing: false } text
            ? e with { Value = new ConfigMap(text.Source, [new ConfigEntry(field, text.Source, text)]) } : e)]);
}

/// <summary>Entries the operator names.</summary>
/// <param name="Entry">What an entry is, for messages: <c>site</c>, <c>phone</c>.</param>
public sealed record MapShape(string Entry, Scalar Key, Shape Value) : Shape;

/// <summary>Text inline, or a section that says where it is: secrets.</summary>
public sealed record SecretShape(SectionShape Elsewhere) : Shape;

/// <summary>One key of a section.</summary>
public sealed record Field(string Name, Shape Shape, string Doc)
{
    public bool Required { get; init; }

    /// <summary>What holds when nobody says otherwise, as an operator would write it; null for nothing.</summary>
    public string? Default { get; init; }

    /// <summary>Known, but not done by this version: told once by check and run.</summary>
    public bool NotServed { get; init; }

    /// <summary>Shared by all sites, so not to be given in a site's file.</summary>
    public bool MeshOnly { get; init; }
}
