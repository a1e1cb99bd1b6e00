using Mesh.Host.Config.Model;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Commands;

/// <summary>Compiles a site's dialplan without putting it in force.</summary>
public interface IDialplanCheck
{
    IReadOnlyList<ConfigProblem> Check(SiteModel site);
}
