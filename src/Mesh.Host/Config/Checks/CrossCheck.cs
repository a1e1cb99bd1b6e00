using Mesh.Host.Config.Text;

namespace Mesh.Host.Config.Checks;

/// <summary>What no single key can tell: names that must exist, places and numbers that must differ. Tolerates trees with errors, whose bad parts it passes over.</summary>
public static class CrossCheck
{
    /// <param name="mesh">mesh.yaml alone.</param>
    /// <param name="trees">The merged tree of each site.</param>
    /// <param name="bundle">Absolute.</param>
    public static void Check(ConfigMap mesh, IReadOnlyDictionary<string, ConfigMap> trees, string bundle, ConfigProblems problems)
    {
        PeopleChecks.Check(mesh, problems);
        SiteChecks.Check(trees, problems);
        ListenerChecks.Check(trees, problems);
        foreach (var tree in trees.Values)
        {
            TrunkChecks.Check(tree, problems);
            MailChecks.Check(tree, problems);
            FolderChecks.Check(tree, bundle, problems);
            AcmeChecks.Check(tree, bundle, problems);
            SorryChecks.Check(tree, bundle, problems);
        }
    }
}
