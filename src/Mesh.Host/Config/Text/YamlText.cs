using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mesh.Host.Config.Text;

/// <summary>Reads one YAML document into <see cref="ConfigNode"/>s. Anchors, aliases and tags are refused: a bundle is text that reads the same for everybody.</summary>
public sealed class YamlText
{
    /// <summary>Deepest nesting; mesh.yaml needs six.</summary>
    public const int MaxDepth = 32;

    private readonly Parser parser;
    private readonly ConfigLayer layer;
    private readonly string name;
    private readonly ConfigProblems problems;

    private YamlText(TextReader text, ConfigLayer layer, string name, ConfigProblems problems)
    {
        parser = new Parser(new Scanner(text, skipComments: true));
        this.layer = layer;
        this.name = name;
        this.problems = problems;
    }

    /// <summary>The root mapping of <paramref name="text"/>, or null after an error was added. An empty document is an empty mapping.</summary>
    public static ConfigMap? Read(TextReader text, ConfigLayer layer, string name, ConfigProblems problems)
    {
        var reader = new YamlText(text, layer, name, problems);
        try { return reader.Document(); }
        catch (YamlException e)
        {
            problems.Error(reader.At(e.Start), "this is not YAML: " + Plain(e), "blanks indent, never tabs; a text with ': ' or ' #' in it needs quotes");
            return null;
        }
    }

    private ConfigMap? Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _)) return new ConfigMap(new ConfigSource(layer, name, 1, 1), []);
        parser.Consume<DocumentStart>();
        var root = Node(0);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second)) problems.Error(At(second.Start), "a second document", "one file is one document: take the '---' out");
        if (root is ConfigMap map) return map;
        if (root is ConfigScalar { IsNothing: true }) return new ConfigMap(root.Source, []);
        problems.Error(root.Source, "keys and values are expected here", "for example 'name: my-mesh'");
        return null;
    }

    private ConfigNode Node(int depth)
    {
        if (depth > MaxDepth) throw new YamlException(parser.Current!.Start, parser.Current.End, $"nested deeper than {MaxDepth}");
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            RefuseDecoration(scalar);
            return new ConfigScalar(At(scalar.Start), scalar.Value, scalar.Style != ScalarStyle.Plain);
        }
        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            RefuseDecoration(sequence);
            var items = new List<ConfigNode>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(depth + 1));
            return new ConfigList(At(sequence.Start), items);
        }
        if (parser.TryConsume<MappingStart>(out var mapping)) return Mapping(mapping, depth);
        throw new YamlException(parser.Current!.Start, parser.Current.End, "aliases (*name) are not used in a bundle");
    }

    private ConfigMap Mapping(MappingStart start, int depth)
    {
        RefuseDecoration(start);
        var entries = new List<ConfigEntry>();
        var seen = new Dictionary<string, ConfigSource>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var keyNode = Node(depth + 1);
            var value = Node(depth + 1);
            if (keyNode is not ConfigScalar key) problems.Error(keyNode.Source, "a key must be plain text");
            else if (!seen.TryAdd(key.Text, key.Source)) problems.Error(key.Source, $"the key '{key.Text}' is here twice", $"first at line {seen[key.Text].Line}");
            else entries.Add(new ConfigEntry(key.Text, key.Source, value));
        }
        return new ConfigMap(At(start.Start), entries);
    }

    private void RefuseDecoration(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty) problems.Error(At(node.Start), $"the anchor '&{node.Anchor.Value}'", "anchors are not used in a bundle: write the value where it belongs");
        if (!node.Tag.IsEmpty) problems.Error(At(node.Start), $"the tag '{node.Tag.Value}'", "tags are not used in a bundle: every value is text, the program knows its type");
    }

    private ConfigSource At(Mark mark) => new(layer, name, (int)mark.Line, (int)mark.Column);

    private static string Plain(YamlException e) => (e.InnerException?.Message ?? e.Message).TrimEnd('.').ReplaceLineEndings(" ");
}
