using Mesh.Host.Config;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Commands;

/// <summary>Everything that can be known about a bundle without starting it: configuration, then, when that is sound, the dialplan of each site.</summary>
public static class BundleCheck
{
    public static BundleResult Run(BundleRequest request, IDialplanCheck? dialplan)
    {
        var read = BundleReader.Read(request);
        if (read.HasErrors || dialplan is null) return read;
        var problems = new ConfigProblems();
        foreach (var problem in read.Problems.Concat(read.Sites.Values.SelectMany(dialplan.Check))) problems.Add(problem);
        return read with { Problems = problems.Sorted(), Sites = problems.HasErrors ? new Dictionary<string, Config.Model.SiteModel>() : read.Sites };
    }
}
