using System.Text.Json;
using System.Text.RegularExpressions;
using Mesh.Host.Config.Shapes;

namespace Mesh.Host.Tests.Config;

public class JsonSchemaTests
{
    /// <summary><c>mesh config schema > docs/mesh.schema.json</c> brings the file up to date.</summary>
    [Fact]
    public void The_file_that_ships_is_the_schema_in_code() =>
        Assert.Equal(JsonSchemaWriter.Write(), File.ReadAllText(Path.Combine(Checkout.Root, "docs/mesh.schema.json")));

    [Fact]
    public void Every_example_value_passes_its_own_pattern_and_reader()
    {
        var kinds = Kinds(MeshSchema.Root).ToList();
        Assert.True(kinds.Count > 40);
        Assert.All(kinds, k =>
        {
            if (k.Kind.Pattern.Length > 0) Assert.Matches(new Regex(k.Kind.Pattern, RegexOptions.ECMAScript), k.Kind.Example.Trim('"'));
            if (!k.Kind.Name.StartsWith("a listener")) Assert.Null(k.Kind.Fault(k.Kind.Example.Trim('"')));
        });
    }

    [Fact]
    public void Every_default_reads()
    {
        foreach (var field in Fields(MeshSchema.Root).Where(f => f.Default is not null))
        {
            var kind = field.Shape is ListShape list ? ((ScalarShape)list.Item).Kind : ((ScalarShape)field.Shape).Kind;
            foreach (var text in field.Default!.Split(", ")) Assert.Null(kind.Fault(text));
        }
    }

    [Fact]
    public void Unknown_keys_are_refused_by_the_schema_too()
    {
        using var schema = JsonDocument.Parse(JsonSchemaWriter.Write());
        Assert.False(schema.RootElement.GetProperty("additionalProperties").GetBoolean());
        Assert.Contains("sites", schema.RootElement.GetProperty("required").EnumerateArray().Select(e => e.GetString()));
    }

    private static IEnumerable<ScalarShape> Kinds(Shape shape) => shape switch
    {
        ScalarShape scalar => [scalar],
        ListShape list => Kinds(list.Item),
        MapShape map => [new ScalarShape(map.Key), .. Kinds(map.Value)],
        SectionShape section => section.Fields.SelectMany(f => Kinds(f.Shape)),
        SecretShape secret => Kinds(secret.Elsewhere),
        _ => [],
    };

    private static IEnumerable<Field> Fields(Shape shape) => shape switch
    {
        MapShape map => Fields(map.Value),
        SectionShape section => section.Fields.Concat(section.Fields.SelectMany(f => Fields(f.Shape))),
        _ => [],
    };
}
