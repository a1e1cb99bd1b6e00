using Mesh.Dialplan.Loading;
using Mesh.Host.Commands;
using Mesh.Host.Config.Model;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Plans;

/// <summary>Compiles a site's plan and forgets it. Sites whose plan and names are the same are compiled once.</summary>
public sealed class DialplanCheck : IDialplanCheck
{
    private readonly DialplanCompiler compiler = new(new DialplanOptions());
    private readonly Dictionary<string, IReadOnlyList<ConfigProblem>> done = new(StringComparer.Ordinal);

    public IReadOnlyList<ConfigProblem> Check(SiteModel site)
    {
        var (sources, unreadable) = DialplanFolder.Read(site.DialplanDirectory, compiler.Options);
        if (unreadable is not null) return [Problem(site, unreadable, isWarning: false)];
        var names = PlanNames.Of(site);
        string key = string.Join('|', [DialplanCompiler.Hash(sources), .. names.Peers!.Order(StringComparer.Ordinal), "|", .. names.Trunks!.Order(StringComparer.Ordinal), "|", .. names.Sounds!.Order(StringComparer.Ordinal)]);
        if (done.TryGetValue(key, out var known)) return known;
        var outcome = compiler.Compile(sources, names);
        return done[key] = [.. outcome.Errors.Select(e => Problem(site, e, isWarning: false)), .. outcome.Warnings.Select(w => Problem(site, w, isWarning: true))];
    }

    private static ConfigProblem Problem(SiteModel site, DialplanError e, bool isWarning) =>
        new(new ConfigSource(ConfigLayer.Mesh, Path.Combine(site.Directory, e.File), Math.Max(1, e.Line), Math.Max(1, e.Column)), e.Message.TrimEnd('.'), e.Hint, isWarning);
}
