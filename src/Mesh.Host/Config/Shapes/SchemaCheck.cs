using Mesh.Host.Config.Text;

namespace Mesh.Host.Config.Shapes;

/// <summary>Holds a tree against the schema: unknown and missing keys, wrong kinds, text that does not read. Reports all there is.</summary>
public sealed class SchemaCheck(ConfigProblems problems, bool siteFile)
{
    /// <summary>A site's file may leave out whatever the mesh says, and must leave out what all sites share.</summary>
    public void Check(Shape shape, ConfigNode node, string path)
    {
        switch (shape, node)
        {
            case (SectionShape section, ConfigMap map): CheckSection(section, map, path); break;
            case (MapShape entries, ConfigMap map): CheckEntries(entries, map, path); break;
            case (ListShape list, ConfigList items): foreach (var item in items.Items) Check(list.Item, item, path); break;
            case (ListShape, ConfigScalar { IsNothing: true }): break;
            case (ListShape list, _): Check(list.Item, node, path); break;
            case (SecretShape secret, ConfigMap map): CheckElsewhere(secret, map, path); break;
            case (SecretShape, ConfigScalar { Text.Length: > 0 }): break;
            case (ScalarShape scalar, ConfigScalar text): CheckText(scalar, text, path); break;
            case (SectionShape section, ConfigScalar { IsNothing: true }): CheckSection(section, new ConfigMap(node.Source, []), path); break;
            case (MapShape, ConfigScalar { IsNothing: true }): break;
            default: problems.Error(node.Source, $"{path} must be {Wanted(shape)}, not {Found(node)}"); break;
        }
    }

    private void CheckSection(SectionShape section, ConfigMap map, string path)
    {
        foreach (var entry in map.Entries)
        {
            if (section.Find(entry.Key) is not { } field)
            {
                problems.Error(entry.KeySource, $"unknown key '{entry.Key}' in {(path.Length == 0 ? "the bundle" : path)}", NearestWord.Hint(entry.Key, section.Names));
                continue;
            }
            string inner = Join(path, field.Name);
            if (siteFile && field.MeshOnly) problems.Error(entry.KeySource, $"'{field.Name}' is shared by all sites", "it belongs in mesh.yaml");
            if (field.NotServed) problems.Warn(entry.KeySource, $"{inner} is not served by this version");
            Check(field.Shape, entry.Value, inner);
        }
        if (siteFile) return;
        foreach (var field in section.Fields)
            if (field.Required && map.Find(field.Name) is null)
                problems.Error(map.Source, $"{(path.Length == 0 ? "the bundle" : path)} has no '{field.Name}'", field.Doc);
    }

    private void CheckEntries(MapShape entries, ConfigMap map, string path)
    {
        foreach (var entry in map.Entries)
        {
            if (entries.Key.Fault(entry.Key) is { } fault) problems.Error(entry.KeySource, $"{path}: {fault}", $"for example {entries.Key.Example}");
            Check(entries.Value, entry.Value, Join(path, entry.Key));
        }
    }

    private void CheckElsewhere(SecretShape secret, ConfigMap map, string path)
    {
        CheckSection(secret.Elsewhere, map, path);
        if (map.Entries.Count(e => secret.Elsewhere.Find(e.Key) is not null) != 1)
            problems.Error(map.Source, $"{path} needs one of 'file' and 'env'", "for example { file: secrets/mesh.key }");
    }

    private void CheckText(ScalarShape scalar, ConfigScalar text, string path)
    {
        if (text.IsNothing) problems.Error(text.Source, $"{path} has no value", $"for example {scalar.Kind.Example}");
        else if (scalar.Kind.Fault(text.Text) is { } fault)
            problems.Error(text.Source, $"{path}: {fault}", scalar.Kind.Choices.Count > 0 ? NearestWord.Hint(text.Text, scalar.Kind.Choices) : $"for example {scalar.Kind.Example}");
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Wanted(Shape shape) => shape switch
    {
        ScalarShape s => s.Kind.Name,
        ListShape => "a list",
        SecretShape => "a secret: text, { file: PATH } or { env: NAME }",
        MapShape m => $"a mapping with a key for each {m.Entry}",
        _ => "a mapping of keys and values",
    };

    private static string Found(ConfigNode node) => node switch
    {
        ConfigScalar { Text.Length: 0 } => "nothing",
        ConfigScalar => "text",
        ConfigList => "a list",
        _ => "a mapping",
    };
}
