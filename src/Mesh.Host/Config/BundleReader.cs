using Mesh.Host.Config.Checks;
using Mesh.Host.Config.Model;
using Mesh.Host.Config.Shapes;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Config;

/// <summary>Reads a bundle from its folder: layers, schema, checks across keys, models. Reports every problem at once and starts nothing.</summary>
public sealed class BundleReader
{
    /// <summary>Largest file of a bundle's configuration, in octets.</summary>
    public const long MaxFileSize = 4 * 1024 * 1024;

    private readonly BundleRequest request;
    private readonly ConfigProblems problems = new();

    private BundleReader(BundleRequest request) => this.request = request;

    public static BundleResult Read(BundleRequest request)
    {
        var reader = new BundleReader(request);
        var trees = reader.ReadTrees();
        var models = reader.problems.HasErrors ? [] : reader.Bind(trees);
        return new BundleResult(reader.problems.HasErrors ? [] : models, trees, reader.problems.Sorted());
    }

    private Dictionary<string, ConfigMap> ReadTrees()
    {
        var trees = new Dictionary<string, ConfigMap>(StringComparer.Ordinal);
        string meshFile = Path.Combine(request.Directory, "mesh.yaml");
        if (ReadFile(meshFile, ConfigLayer.Mesh) is not { } mesh) return trees;
        var sites = mesh.Find("sites")?.Value as ConfigMap;
        string[] names = [.. sites?.Entries.Select(e => e.Key) ?? []];
        var siteFiles = ReadSiteFiles(names);
        foreach (var name in names)
        {
            var tree = siteFiles.TryGetValue(name, out var own) ? own.Over(mesh) : mesh;
            trees[name] = name == request.Site ? new OverrideLayers(request, problems).Over(tree) : tree;
        }
        foreach (var tree in names.Length == 0 ? (IEnumerable<ConfigMap>)[mesh] : trees.Values) new SchemaCheck(problems, siteFile: false).Check(MeshSchema.Root, tree, "");
        if (request.Site is { } wanted && names.Length > 0 && !names.Contains(wanted, StringComparer.Ordinal))
            problems.Error(sites!.Source, $"no site is called '{wanted}'", NearestWord.Hint(wanted, names));
        CrossCheck.Check(mesh, trees, Path.GetFullPath(request.Directory), problems);
        return trees;
    }

    private Dictionary<string, ConfigMap> ReadSiteFiles(string[] names)
    {
        var files = new Dictionary<string, ConfigMap>(StringComparer.Ordinal);
        string folder = Path.Combine(request.Directory, "sites");
        if (!Directory.Exists(folder)) return files;
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            if (ReadFile(file, ConfigLayer.Site) is not { } tree) continue;
            string name = Path.GetFileNameWithoutExtension(file);
            if (!names.Contains(name, StringComparer.Ordinal)) problems.Error(tree.Source, $"no site is called '{name}', so nobody reads this file", NearestWord.Hint(name, names));
            new SchemaCheck(problems, siteFile: true).Check(MeshSchema.Root, tree, "");
            files[name] = tree;
        }
        return files;
    }

    private ConfigMap? ReadFile(string path, ConfigLayer layer)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length <= MaxFileSize) return YamlText.Read(new StreamReader(stream), layer, path, problems) is { } tree ? MeshSchema.Root.SpellOut(tree) : null;
            problems.Error(new ConfigSource(layer, path, 1, 1), $"the file is larger than {MaxFileSize} octets");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bool missing = e is FileNotFoundException or DirectoryNotFoundException;
            problems.Error(new ConfigSource(layer, path, 1, 1), missing ? "there is no such file" : $"it cannot be read: {e.Message}", missing ? "--bundle names a folder with a mesh.yaml in it" : "");
        }
        return null;
    }

    private Dictionary<string, SiteModel> Bind(Dictionary<string, ConfigMap> trees)
    {
        var sites = SiteBinder.BindSites(trees);
        var secrets = new SecretReader(Path.GetFullPath(request.Directory), request.Environment, problems);
        return trees.Where(t => request.Site is null || t.Key == request.Site).ToDictionary(
            t => t.Key,
            t => new SiteBinder(t.Value, request.Directory, request.ReadSecrets ? secrets : null).Bind(sites.Single(s => s.Name == t.Key), sites),
            StringComparer.Ordinal);
    }
}
