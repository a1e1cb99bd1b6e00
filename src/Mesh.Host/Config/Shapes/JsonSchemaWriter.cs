using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mesh.Host.Config.Shapes;

/// <summary>The schema in the words of JSON Schema draft 2020-12, for editors. It asks for text everywhere but lets numbers and booleans pass, since YAML editors read <c>10</c> and <c>off</c> as such.</summary>
public static class JsonSchemaWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Write()
    {
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "mesh.yaml",
            ["description"] = "A bundle's mesh.yaml. A site's file takes the same keys, none of them required.",
        };
        foreach (var (key, value) in Section(MeshSchema.Root)) root[key] = value?.DeepClone();
        return root.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Of(Shape shape) => shape switch
    {
        ScalarShape scalar => Text(scalar),
        ListShape list => new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "array", ["items"] = Of(list.Item) }, Of(list.Item)) },
        SectionShape { Shorthand: { } field } section => new JsonObject { ["anyOf"] = new JsonArray(Of(section.Find(field)!.Shape), Section(section)) },
        SectionShape section => Section(section),
        MapShape map => new JsonObject
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = map.Key.Pattern },
            ["additionalProperties"] = Of(map.Value),
        },
        SecretShape secret => new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = Types("string", "number") }, Section(secret.Elsewhere)) },
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, null),
    };

    private static JsonObject Text(ScalarShape scalar)
    {
        var text = new JsonObject { ["type"] = Types("string", "number", "boolean") };
        if (scalar.Kind.Choices is { Count: > 0 } choices)
        {
            var words = new JsonArray([.. choices.Select(c => (JsonNode)c)]);
            if (choices.Contains("on")) { words.Add(true); words.Add(false); }
            text["enum"] = words;
        }
        else if (scalar.Kind.Pattern.Length > 0) text["pattern"] = scalar.Kind.Pattern;
        text["examples"] = new JsonArray(scalar.Kind.Example.Trim('"'));
        return text;
    }

    private static JsonObject Section(SectionShape section)
    {
        var properties = new JsonObject();
        foreach (var field in section.Fields)
        {
            var property = Of(field.Shape);
            property["description"] = field.Doc + (field.NotServed ? " Not served by this version." : "");
            if (field.Default is { } absent) property["default"] = absent;
            properties[field.Name] = property;
        }
        var written = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        var required = section.Fields.Where(f => f.Required).Select(f => (JsonNode)f.Name).ToArray();
        if (required.Length > 0) written["required"] = new JsonArray(required);
        return written;
    }

    private static JsonArray Types(params string[] types) => new([.. types.Select(t => (JsonNode)t)]);
}
