using Mesh.Host.Config.Model;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Config;

/// <summary>What reading a bundle gave: the sites asked for, or errors.</summary>
/// <param name="Sites">Resolved models by name; empty when there are errors.</param>
/// <param name="Trees">The merged tree of every site, for explaining; may be there in spite of errors.</param>
public sealed record BundleResult(IReadOnlyDictionary<string, SiteModel> Sites, IReadOnlyDictionary<string, ConfigMap> Trees, IReadOnlyList<ConfigProblem> Problems)
{
    public bool HasErrors => Problems.Any(p => !p.IsWarning);
}
