using System.Reflection;
using System.Runtime.Loader;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading.Compiling;

/// <summary>
/// Where one compiled plan lives. Nothing unloads it by force: it goes, code and all, when the model, its handlers and the tasks running them are no longer
/// referenced, so that a call can never find its plan gone from under it.
/// </summary>
internal sealed class PlanContext(string name) : AssemblyLoadContext(name, isCollectible: true)
{
    /// <summary>The language must be the one this program was started with, whatever context the program itself runs in.</summary>
    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name == Own.GetName().Name ? Own : null;

    private static readonly Assembly Own = typeof(Call).Assembly;
}
